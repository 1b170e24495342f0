/** The exit code of a run, decided once, from the report alone. */
import type { Report, Result } from "../model/report.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { worst } from "./verdict.ts";

/** What the exit code looks at: the verdict, or the testcases that the monitor knows. */
export type Gate = "binding" | "testcases";

export interface GateOptions {
  readonly gate: Gate;
  /** Due attestations count as MISS, advisory musts gate like binding ones. */
  readonly strict: boolean;
}

export type ExitCode = 0 | 1 | 2 | 70;

/**
 * 70 when a check broke, else 1 for FAIL, 2 for MISS and DNF, 0 for PASS of what the gate looks at. Requirements named by
 * `--only` gate as if they were binding, and nothing else does.
 */
export function exitCodeOf(report: Report, { gate, strict }: GateOptions): ExitCode {
  if (report.results.some((result) => result.defect === true)) return 70;
  return codeOf(worst(gating(report, gate, strict)));
}

function gating(report: Report, gate: Gate, strict: boolean): readonly Verdict[] {
  if (report.selection.only.length > 0) return report.results.map((result) => result.verdict);
  const base = gate === "testcases" ? report.testcaseVerdict : report.verdict;
  return strict ? [base, ...report.results.flatMap(strictVerdict)] : [base];
}

function strictVerdict(result: Result): readonly Verdict[] {
  if (result.binding) {
    const due = result.attestation?.state === "due" || result.attestation?.state === "hidden";
    return due ? ["MISS"] : [result.verdict];
  }
  return result.level === "must" ? [result.verdict] : [];
}

function codeOf(verdict: Verdict): ExitCode {
  switch (verdict) {
    case "FAIL":
      return 1;
    case "MISS":
    case "DNF":
      return 2;
    case "PASS":
      return 0;
  }
}
