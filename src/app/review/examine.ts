/** One report of a submission: every layer of `verify`, its place in the repository, and whether it is a result at all. */
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sha256 } from "../../model/digest.ts";
import { UsageError } from "../../model/faults.ts";
import type { Report } from "../../model/report.ts";
import type { Run } from "../diff/differences.ts";
import { comparableRun } from "../diff-runs.ts";
import { entryFolder, maxCarriedBytes, notForResults } from "../results-layout.ts";
import { type VerifyOptions, verifyRun } from "../verify-run.ts";
import { dueOf } from "./due.ts";
import { type Entry, policyFiles } from "./entries.ts";
import { changesSince, lastAccepted } from "./last-accepted.ts";
import { type ReviewedReport, type ReviewLayer, stateOf } from "./review.ts";
import type { ReviewSource } from "./source.ts";

/** Paths of the accepted policy files, as far as there are any. */
export type Policy = Pick<VerifyOptions, "allowedSigners" | "declarationSigners" | "reviewSigners" | "revoked">;

const maxPolicyBytes = 1024 * 1024;

/** Puts the accepted policy files into a folder, where `verify` reads them. */
export async function acceptedPolicy(source: ReviewSource, folder: string): Promise<Policy> {
  const found: { [name: string]: string } = {};
  for (const [name, file] of Object.entries(policyFiles)) {
    const bytes = await source.accepted(file, maxPolicyBytes);
    if (bytes === undefined) continue;
    found[name] = path.join(folder, file);
    await fs.writeFile(path.join(folder, file), bytes);
  }
  return found;
}

/** A folder of its own, gone when the work is done. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await fs.mkdtemp(path.join(tmpdir(), "scs-review-"));
  try {
    return await work(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

export async function examine(
  source: ReviewSource,
  { folder, files }: Entry,
  policy: Policy,
  now: () => Date,
): Promise<ReviewedReport> {
  return inScratch(async (scratch) => {
    const tooLarge: string[] = [];
    for (const file of files) {
      const bytes = await source.proposed(`${folder}/${file}`, maxCarriedBytes);
      if (bytes === undefined) tooLarge.push(file);
      // names are those of a short list: nothing of the submission becomes a path
      else await fs.writeFile(path.join(scratch, file), bytes);
    }
    const sizes = tooLarge.map((file): ReviewLayer => {
      return { name: "files", state: "unchecked", detail: `${file} is larger than ${maxCarriedBytes} bytes` };
    });
    const text = await fs.readFile(path.join(scratch, "report.json"), "utf8").catch(() => undefined);
    if (text === undefined) {
      const missing: ReviewLayer = { name: "bytes", state: "bad", detail: "there is no report.json that can be read" };
      return { folder, ...nothing, state: "fails", layers: [missing, ...sizes] };
    }
    const { report, layers: checked } = await verifyRun({ target: scratch, ...policy, now });
    if (!report) return { folder, ...nothing, state: "fails", layers: [...checked, ...sizes] };
    const layers = [...checked, place(report, text, folder), result(report), ...sizes];
    const last = await lastAccepted(source, report);
    return {
      folder,
      state: stateOf(layers),
      report,
      reportSha256: sha256(text),
      layers,
      changes: changesSince(last, await comparable(scratch, report)),
      due: dueOf(report),
    };
  });
}

/** With its evidence, unless that does not give it: then `recomputation` says so, and only the reports are compared. */
async function comparable(folder: string, report: Report): Promise<Run> {
  try {
    return await comparableRun(folder);
  } catch (error) {
    if (error instanceof UsageError) return { report };
    throw error;
  }
}

const nothing = { report: undefined, reportSha256: undefined, changes: { since: undefined, lines: [] }, due: [] };

function place(report: Report, text: string, folder: string): ReviewLayer {
  const name = "place";
  const right = entryFolder(report, text);
  if (folder === right) return { name, state: "ok", detail: "the folder is named by subject, day and digest" };
  return { name, state: "bad", detail: `it stands in ${folder} and belongs into ${right}` };
}

function result(report: Report): ReviewLayer {
  const name = "result";
  const fault = notForResults(report);
  if (fault !== undefined) return { name, state: "bad", detail: fault };
  return { name, state: "ok", detail: report.partial ? "a partial one: not all was selected" : "a whole one" };
}
