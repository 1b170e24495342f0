/** sign: recomputes first and refuses what does not hold, then puts signatures beside the files of a run. */
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import { notYet } from "../model/not-yet.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { decodeText, readIfThere } from "./read-file.ts";
import { recompute } from "./recompute.ts";
import { reporterContext, signatures } from "./run-files.ts";
import type { RunFile } from "./run-folder.ts";
import { evidenceBeside, readRun, type StoredRun } from "./stored-run.ts";
import { writeWhole } from "./write-file.ts";

/** The monitor believes what stands in its form: it is signed only as the report gives it. */
async function monitorForm({ folder, report, text }: StoredRun): Promise<readonly RunFile[]> {
  const file = path.join(folder, "report.scs.yaml");
  const bytes = await readIfThere(file, maxMonitorBytes);
  if (bytes === undefined) return [];
  const { scsYaml } = await import("../../reporters/scs-yaml.ts");
  const content = scsYaml.refuses?.(report) === undefined ? scsYaml.render(report, reporterContext(text)) : undefined;
  if (content !== undefined && content === decodeText(file, bytes)) return [{ name: "report.scs.yaml", content }];
  throw new UsageError(
    [{ file, message: "is not what the report beside it gives" }],
    "Remove it, or write it anew: scs-conformance render --format scs-yaml.",
  );
}

const maxMonitorBytes = 64 * 1024 * 1024;

export interface SignedRun {
  readonly fingerprint: string;
  readonly files: readonly string[];
}

export async function signRun(target: string, signing: SigningOptions, now: () => Date): Promise<SignedRun> {
  const run = await readRun(target);
  const refuse = (message: string, advice?: string): never => {
    throw new UsageError([{ file: run.file, message }], advice);
  };
  const beside = await evidenceBeside(run.folder);
  if (!beside) return refuse("has no evidence.json beside it, so it cannot be recomputed", "Sign the run's folder.");
  const evidence = beside.opened;
  if (beside.sha256 !== run.report.evidence.sha256) refuse("does not belong to the evidence.json beside it");
  if (!evidence) return refuse(`the evidence.json beside it cannot be read: ${beside.fault}`);
  if (evidence.broken.length > 0)
    refuse(`a digest in the evidence.json beside it does not hold: ${evidence.broken[0]}`);
  if (notYet(run.report.checkedAt, now())) {
    refuse(`says it was checked on ${run.report.checkedAt}; it is ${instantAt(now().getTime())}`);
  }
  const again = recompute(run.text, run.report, evidence);
  if (again.kind === "different") refuse(`is not what its evidence gives (${again.differences[0] ?? "other bytes"})`);
  if (again.kind === "other-version") refuse(`was judged by ${again.by}`, "Sign with that version, or evaluate anew.");
  const files = [{ name: "report.json", content: run.text }, ...(await monitorForm(run))];
  const signer = await openSigner(signing);
  if (!signer) throw new UsageError("No key was named.", "Give --key FILE or --agent FINGERPRINT.");
  const signed = await signatures(files, signer);
  for (const { name, content } of signed) await writeWhole(path.join(run.folder, name), content);
  return { fingerprint: signer.fingerprint, files: signed.map(({ name }) => name) };
}
