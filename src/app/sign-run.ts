/** sign: recomputes first and refuses what does not hold, then puts signatures beside the files of a run. */
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { instantAt, millisecondsOf } from "../model/instant.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { readIfThere } from "./read-file.ts";
import { recompute } from "./recompute.ts";
import { signatures } from "./run-files.ts";
import { writeWhole } from "./run-folder.ts";
import { evidenceBeside, readRun } from "./stored-run.ts";

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
  const evidence = await evidenceBeside(run);
  if (!evidence) return refuse("has no evidence.json beside it, so it cannot be recomputed", "Sign the run's folder.");
  if (evidence.broken.length > 0 || evidence.sha256 !== run.report.evidence.sha256) {
    refuse("does not belong to the evidence.json beside it");
  }
  if (millisecondsOf(run.report.checkedAt) > now().getTime() + 300_000) {
    refuse(`says it was checked on ${run.report.checkedAt}; it is ${instantAt(now().getTime())}`);
  }
  const again = recompute(run.text, run.report, evidence);
  if (again.kind === "different") refuse(`is not what its evidence gives (${again.differences[0] ?? "other bytes"})`);
  if (again.kind === "other-version") refuse(`was judged by ${again.by}`, "Sign with that version, or evaluate anew.");
  const signer = await openSigner(signing);
  if (!signer) return refuse("no key was named", "Give --key FILE or --agent FINGERPRINT.");
  const monitor = await readIfThere(path.join(run.folder, "report.scs.yaml"), maxMonitorBytes);
  const files = [
    { name: "report.json", content: run.text },
    ...(monitor === undefined ? [] : [{ name: "report.scs.yaml", content: monitor }]),
  ];
  const signed = await signatures(files, signer);
  for (const { name, content } of signed) await writeWhole(path.join(run.folder, name), content);
  return { fingerprint: signer.fingerprint, files: signed.map(({ name }) => name) };
}
