/** What a report says of each requirement, in a form that two reports can be compared in. */
import type { Change, Standing } from "../../model/comparison.ts";
import type { Report, Result } from "../../model/report.ts";
import type { Verdict } from "../../model/vocabulary.ts";

export type Results = ReadonlyMap<string, Result>;

export function resultsOf(report: Report): Results {
  return new Map(report.results.map((result) => [result.requirement, result]));
}

export function standingOf(result: Result | undefined): Standing | null {
  if (!result) return null;
  const { outcome, verdict, binding, basis, because, waiver } = result;
  return { outcome, verdict, binding, basis, because, ...(waiver ? { waiver: waiver.id } : {}) };
}

/** What a change of is a change of the answer. */
export function answerOf(result: Result | undefined): string {
  return result ? [result.outcome, result.basis, result.binding].join(" ") : "absent";
}

/** The answer and all that it rests on: findings by code and subject, a waiver. Wording and observed values do not count. */
export function detailOf(result: Result | undefined): string {
  return JSON.stringify([answerOf(result), result?.waiver?.id ?? "", findingsOf(result)]);
}

export function findingsOf(result: Result | undefined): readonly string[] {
  const all = (result?.findings ?? []).map(({ code, subject: { kind, namespace, name } }) =>
    `${code} ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`.trimEnd(),
  );
  return [...new Set(all)].sort();
}

export function findingChanges(before: Result | undefined, after: Result | undefined): Change["findings"] {
  const [old, fresh] = [findingsOf(before), findingsOf(after)];
  const [had, has] = [new Set(old), new Set(fresh)];
  return { added: fresh.filter((one) => !had.has(one)), gone: old.filter((one) => !has.has(one)) };
}

const ranks: { readonly [V in Verdict]: number } = { PASS: 0, DNF: 1, MISS: 1, FAIL: 2 };

/** A failure is worse than no answer, and no answer worse than a pass; why there is none makes no difference. */
export function rankOf(verdict: Verdict): number {
  return ranks[verdict];
}

/** A requirement that nobody asked about before ranks as passed: what is worse is then new. */
export function trendOf(before: Result | undefined, after: Result | undefined): Change["trend"] {
  const change = rankOf(after?.verdict ?? "PASS") - rankOf(before?.verdict ?? "PASS");
  if (change !== 0) return change > 0 ? "worse" : "better";
  const { added, gone } = findingChanges(before, after);
  if (before?.outcome !== "fail" || after?.outcome !== "fail" || added.length + gone.length === 0) return "other";
  return added.length > 0 ? "worse" : "better";
}
