/** One document for each time of observation: a result takes the time of its document, and the newest wins at the monitor. */
import { sha256, uuidFromDigest } from "../../src/model/digest.ts";
import { UsageError } from "../../src/model/faults.ts";
import type { Report } from "../../src/model/report.ts";
import { notForMonitor } from "../elsewhere.ts";
import { protocolResult, type ReportedTestcase } from "../testcase-results.ts";
import { plainReport } from "../text/neutralise.ts";

export interface TimedResults {
  readonly report: Report;
  readonly observedAt: string;
  /** Those that were attempted and came to an end. */
  readonly testcases: readonly ReportedTestcase[];
}

/** The texts of all documents, one after the other. UsageError, naming the file and its format, for a report without a form. */
export function eachTime(
  report: Report,
  { file, format }: { readonly file: string; readonly format: string },
  document: (results: TimedResults) => string,
): string {
  const refused = notForMonitor(report);
  if (refused !== undefined) {
    throw new UsageError(`no ${file} can be made of this report: ${refused}`, `Leave out --format ${format}.`);
  }
  const safe = plainReport(report);
  const decided = safe.testcases.filter((testcase) => protocolResult(testcase) !== undefined);
  const times = [...new Set(decided.map((testcase) => testcase.observedAt))].sort();
  return times
    .map((observedAt) => {
      const testcases = decided.filter((testcase) => testcase.observedAt === observedAt);
      return document({ report: safe, observedAt, testcases });
    })
    .join("");
}

/** The same report, the same ids in either form: sending it twice is answered with "already there". */
export function idOf(report: Report, ...parts: readonly string[]): string {
  return uuidFromDigest(sha256([report.id, ...parts].join("\n")));
}
