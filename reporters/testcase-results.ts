/** What may be handed in: results of testcases that were attempted and came to an end. */
import type { Report } from "../src/model/report.ts";
import type { Verdict } from "../src/model/vocabulary.ts";

export type ReportedTestcase = Report["testcases"][number];

/** The words of the official runner's scripts, and the numbers of the compliance monitor. */
const protocol = {
  PASS: { word: "PASS", number: 1 },
  DNF: { word: "ABORT", number: 0 },
  FAIL: { word: "FAIL", number: -1 },
} as const;

export type ProtocolResult = (typeof protocol)[keyof typeof protocol];

/**
 * Result of a testcase as upstream takes it; undefined for one that was not attempted or that is MISS: a result left out keeps
 * an earlier one alive at the monitor, where an abort would displace it.
 */
export function protocolResult(testcase: ReportedTestcase): ProtocolResult | undefined {
  const verdict: Verdict = testcase.verdict;
  return !testcase.attempted || verdict === "MISS" ? undefined : protocol[verdict];
}
