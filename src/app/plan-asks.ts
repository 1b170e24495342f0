/** What the probes of a run ask an API server that stores nothing of it, in words: all of it may stand in the audit log. */
import { actingProbes, type Plan } from "../engine/plan.ts";
import type { SuiteOptions } from "./suite-options.ts";

/** None when nothing is asked. */
export function asksLines(plan: Plan, suites?: SuiteOptions): readonly string[] {
  const running = plan.probes.filter(({ allowed, given }) => allowed && given);
  const asks = running.flatMap((probe) => probe.asks ?? []);
  // before anything is made the API server is asked whether it could be removed again
  const makes = actingProbes(plan).length > 0 || suites !== undefined;
  const questions = [
    ...(asks.some(({ dryRuns }) => dryRuns === true) ? ["what it would do (dryRun=All)"] : []),
    ...(makes || asks.some(({ reviews }) => reviews === true) ? ["who may do what (access reviews)"] : []),
  ];
  if (questions.length === 0) return [];
  const names = [...new Set(asks.flatMap(({ as }) => as ?? []))].map((as) => `a request in the name of ${as}`);
  const among = names.length === 0 ? "" : `, among it ${names.join(" and ")}`;
  return [
    `Asks the API server ${questions.join(" and ")}: nothing of it is stored,`,
    `all of it may stand in the audit log${among}.`,
  ];
}
