/** A stored run that holds: its evidence stands beside it and gives it, byte for byte. What is signed or handed in must. */
import type { Reporter } from "../../reporters/index.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import { notYet } from "../model/not-yet.ts";
import { derivedFile } from "./derived-file.ts";
import { recompute } from "./recompute.ts";
import { evidenceBeside, readRun, type StoredRun } from "./stored-run.ts";

/** UsageError, naming what does not hold; `deed` is what the caller is about to do, as a command. */
export async function soundRun(target: string, deed: string, now: Date): Promise<StoredRun> {
  const run = await readRun(target);
  const refuse = (message: string, advice?: string): never => {
    throw new UsageError([{ file: run.file, message }], advice);
  };
  const beside = await evidenceBeside(run.folder);
  if (!beside) return refuse("has no evidence.json beside it, so it cannot be recomputed", `${deed} the run's folder.`);
  const evidence = beside.opened;
  if (beside.sha256 !== run.report.evidence.sha256) refuse("does not belong to the evidence.json beside it");
  if (!evidence) return refuse(`the evidence.json beside it cannot be read: ${beside.fault}`);
  if (evidence.broken.length > 0)
    refuse(`a digest in the evidence.json beside it does not hold: ${evidence.broken[0]}`);
  if (notYet(run.report.checkedAt, now)) {
    refuse(`says it was checked on ${run.report.checkedAt}; it is ${instantAt(now.getTime())}`);
  }
  const again = recompute(run.text, run.report, evidence);
  if (again.kind === "different") refuse(`is not what its evidence gives (${again.differences[0] ?? "other bytes"})`);
  if (again.kind === "other-version")
    refuse(`was judged by ${again.by}`, `${deed} with that version, or evaluate anew.`);
  return run;
}

export interface FormFile {
  readonly name: string;
  readonly content: string;
}

/**
 * The file of a form beside a report, which must be what the report gives; undefined when there is none. Other programs believe
 * what stands in it.
 */
export async function formBeside(run: StoredRun, reporter: Reporter, format: string): Promise<FormFile | undefined> {
  const found = await derivedFile(run, reporter);
  if (found === undefined) return undefined;
  if (found.holds) return { name: reporter.file, content: found.content.toString("utf8") };
  throw new UsageError(
    [{ file: found.file, message: "is not what the report beside it gives" }],
    `Remove it, or write it anew: scs-conformance render --format ${format}.`,
  );
}
