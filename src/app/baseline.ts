/** --baseline: which failures a run has in common with an earlier one, and which are new and the cluster's doing. */
import type { Change } from "../model/comparison.ts";
import type { Report } from "../model/report.ts";
import type { Run } from "./diff/differences.ts";
import { rankOf } from "./diff/standings.ts";
import { comparableRun, compare } from "./diff-runs.ts";

export interface SinceBaseline {
  /** Requirements that the gate `new` does not look at: no worse than in the baseline, or not by the cluster's doing. */
  readonly known: ReadonlySet<string>;
  /** What is new since the baseline, one line each; the last says what is not new. */
  readonly lines: readonly string[];
}

/** An earlier run. */
export type Baseline = Run;

/** Read before a run begins: a baseline that is none is a wrong call. */
export const openBaseline: (target: string) => Promise<Baseline> = comparableRun;

export function sinceBaseline(baseline: Baseline, run: Run): SinceBaseline {
  const { changes, notJudgedAgain } = compare(baseline, run);
  const changeOf = new Map(changes.map((change) => [change.requirement, change]));
  const { report } = run;
  const before = new Map(baseline.report.results.map((result) => [result.requirement, result]));
  const judged = report.results.map(({ requirement }) => requirement);
  const unasked = report.testcases
    .flatMap(({ requirements }) => requirements)
    .filter((id) => !judged.includes(id) && !before.has(id));
  const fresh = report.results.filter(({ requirement, verdict }) => {
    const change = changeOf.get(requirement);
    return (
      change !== undefined && rankOf(verdict) > rankOf(before.get(requirement)?.verdict ?? "PASS") && counts(change)
    );
  });
  const news = new Set(fresh.map(({ requirement }) => requirement));
  const known = new Set([...judged, ...unasked].filter((id) => !news.has(id)));
  return {
    known,
    lines: [
      ...fresh.map(({ requirement }) => newLine(requirement, changeOf.get(requirement))),
      knownLine(baseline.report, report, known),
      ...(notJudgedAgain === null || changes.length === 0
        ? []
        : [`Whose doing it is cannot be told: ${notJudgedAgain}.`]),
    ],
  };
}

/**
 * A failure counts when the cluster may be behind it. What the baseline had an answer for and this run has none is never
 * forgiven; a requirement that the baseline did not know and that nobody could answer is the doing of whoever asked.
 */
function counts({ before, after, causes }: Change): boolean {
  if (after?.verdict !== "FAIL" && before !== null) return true;
  return causes.includes("cluster");
}

function newLine(requirement: string, change: Change | undefined): string {
  const was = change?.before ? `was ${change.before.outcome}` : "was not judged";
  const doing = change?.told === "possible" ? "possibly" : "because of";
  return `New: ${requirement} ${change?.after?.outcome ?? ""}, ${was}; ${doing} ${change?.causes.join(", ") ?? ""}`;
}

function knownLine(baseline: Report, { results }: Report, known: ReadonlySet<string>): string {
  const count = results.filter(({ requirement, outcome }) => outcome === "fail" && known.has(requirement)).length;
  return `Baseline of ${baseline.checkedAt}: ${count} ${count === 1 ? "failure is" : "failures are"} known or not the cluster's doing.`;
}
