/** The exit code of a run, decided once, from the report alone. */
import type { Report, Result } from "../model/report.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { worst } from "./verdict.ts";
import { isWaived } from "./waivers.ts";

/** What the exit code looks at: the verdict, the testcases that the monitor knows, or the verdict without waived failures. */
export type Gate = "binding" | "testcases" | "waived";

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
  const verdictOf = (result: Result): Verdict => (gate === "waived" && isWaived(result) ? "PASS" : result.verdict);
  if (report.selection.only.length > 0) return report.results.map(verdictOf);
  const base = gate === "testcases" ? report.testcaseVerdict : report.verdict;
  const first = gate === "waived" ? waivedVerdict(report, verdictOf) : base;
  return strict ? [first, ...report.results.flatMap((result) => strictVerdict(result, verdictOf))] : [first];
}

/** The verdict as it would be without the failures under a valid waiver. */
function waivedVerdict(report: Report, verdictOf: (result: Result) => Verdict): Verdict {
  if (!report.results.some((result) => result.binding)) return "MISS";
  const testcases = report.testcases.flatMap(({ requirements }) => {
    const own = report.results.filter((result) => requirements.includes(result.requirement));
    return [...own.map(verdictOf), ...(own.length < requirements.length ? (["MISS"] as const) : [])];
  });
  const disproved = report.results.filter((result) => result.attestation?.state === "disproved");
  return disproved.some((result) => !isWaived(result)) ? "FAIL" : worst(testcases);
}

function strictVerdict(result: Result, verdictOf: (result: Result) => Verdict): readonly Verdict[] {
  if (result.binding) {
    const due = result.attestation?.state === "due" || result.attestation?.state === "hidden";
    return due ? ["MISS"] : [verdictOf(result)];
  }
  return result.level === "must" ? [verdictOf(result)] : [];
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
