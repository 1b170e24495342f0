/** The exit code of a run, decided once, from the report alone. */
import type { Report, Result } from "../model/report.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { worst } from "./verdict.ts";
import { isWaived } from "./waivers.ts";

/**
 * What the exit code looks at: the verdict, the testcases that the monitor knows, the verdict without waived failures, or
 * without what a baseline knows.
 */
export type Gate = "binding" | "testcases" | "new" | "waived";

export interface GateOptions {
  readonly gate: Gate;
  /** Due attestations count as MISS, advisory musts gate like binding ones. */
  readonly strict: boolean;
  /** Requirements that the gate `new` leaves out: no worse than in the baseline, or not by the cluster's doing. */
  readonly known?: ReadonlySet<string>;
}

export type ExitCode = 0 | 1 | 2 | 70;

/**
 * 70 when a check broke, else 1 for FAIL, 2 for MISS and DNF, 0 for PASS of what the gate looks at. Requirements named by
 * `--only` gate as if they were binding, and nothing else does.
 */
export function exitCodeOf(report: Report, { gate, strict, known = new Set() }: GateOptions): ExitCode {
  if (report.results.some((result) => result.defect === true)) return 70;
  const forgives: Forgives = {
    failure: (result) => (gate === "waived" && isWaived(result)) || (gate === "new" && known.has(result.requirement)),
    absence: (requirement) => gate === "new" && known.has(requirement),
  };
  return codeOf(worst(gating(report, gate, strict, forgives)));
}

interface Forgives {
  failure(result: Result): boolean;
  /** Of a requirement that a testcase needs and nobody asked for. */
  absence(requirement: string): boolean;
}

function gating(report: Report, gate: Gate, strict: boolean, forgives: Forgives): readonly Verdict[] {
  const verdictOf = (result: Result): Verdict => (forgives.failure(result) ? "PASS" : result.verdict);
  if (report.selection.only.length > 0) return report.results.map(verdictOf);
  const base = gate === "testcases" ? report.testcaseVerdict : report.verdict;
  const first = gate === "waived" || gate === "new" ? forgivingVerdict(report, forgives) : base;
  return strict ? [first, ...report.results.flatMap((result) => strictVerdict(result, forgives))] : [first];
}

/** The verdict as it would be without what is forgiven. */
function forgivingVerdict(report: Report, forgives: Forgives): Verdict {
  if (!report.results.some((result) => result.binding)) return "MISS";
  const results = new Map(report.results.map((result) => [result.requirement, result]));
  const testcases = report.testcases.flatMap(({ requirements }) => {
    const verdicts = requirements.map((id): Verdict => {
      const own = results.get(id);
      if (!own) return forgives.absence(id) ? "PASS" : "MISS";
      return forgives.failure(own) ? "PASS" : own.verdict;
    });
    return worst(verdicts);
  });
  const disproved = report.results.filter((result) => result.attestation?.state === "disproved");
  return disproved.some((result) => !forgives.failure(result)) ? "FAIL" : worst(testcases);
}

function strictVerdict(result: Result, forgives: Forgives): readonly Verdict[] {
  if (forgives.failure(result)) return ["PASS"];
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
