/** The last accepted report on a subject, and what a new one says otherwise. */
import { UsageError } from "../../model/faults.ts";
import type { Report } from "../../model/report.ts";
import { decodeText } from "../read-file.ts";
import { maxCarriedBytes, subjectFolder } from "../results-layout.ts";
import { parseReport } from "../stored-run.ts";
import type { ReviewSource } from "./source.ts";

export type Last =
  | { readonly report: Report }
  /** There is one, and this version cannot read it. */
  | { readonly unreadable: string };

/** More than a handful of one day are told apart by their times only as far as this. */
const mostLooks = 5;

/** The newest by the day in its folder's name, then by its own time; undefined when there is none on this subject. */
export async function lastAccepted(source: ReviewSource, { subject }: Report): Promise<Last | undefined> {
  const folder = subjectFolder(subject);
  const names = [...(await source.acceptedNames(folder))].filter((name) =>
    /^\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/.test(name),
  );
  const newest = names.sort().reverse().slice(0, mostLooks);
  const found: Report[] = [];
  for (const name of newest) {
    const file = `${folder}/${name}/report.json`;
    const bytes = await source.accepted(file, maxCarriedBytes);
    if (bytes === undefined) continue;
    try {
      const report = parseReport(file, decodeText(file, bytes));
      if (report.subject === subject) found.push(report);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      if (found.length === 0) return { unreadable: file };
    }
    const next = newest[newest.indexOf(name) + 1];
    if (found.length > 0 && next?.slice(0, 10) !== name.slice(0, 10)) break;
  }
  const last = found.sort((a, b) => (a.checkedAt < b.checkedAt ? 1 : -1))[0];
  return last && { report: last };
}

/** One line for each verdict, testcase and requirement that differs, and for what else may be the reason. */
export function changesSince(
  last: Last | undefined,
  now: Report,
): { readonly since: string | undefined; readonly lines: readonly string[] } {
  if (!last) return { since: undefined, lines: [] };
  if ("unreadable" in last) return { since: undefined, lines: [`${last.unreadable} cannot be read by this version`] };
  const before = last.report;
  const lines: string[] = [];
  const compare = (what: string, a: string | undefined, b: string | undefined) => {
    if (a !== b) lines.push(`${what}: ${a ?? "absent"}, now ${b ?? "absent"}`);
  };
  const both = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>, what: string) => {
    for (const id of new Set([...a.keys(), ...b.keys()])) compare(`${what}${id}`, a.get(id), b.get(id));
  };
  const testcases = (report: Report) => new Map(report.testcases.map(({ id, verdict }) => [id, verdict]));
  const outcomes = (report: Report) =>
    new Map(report.results.map(({ requirement, outcome }) => [requirement, outcome]));
  compare("verdict", before.verdict, now.verdict);
  both(testcases(before), testcases(now), "testcase ");
  both(outcomes(before), outcomes(now), "");
  compare("cluster", before.cluster.uid ?? undefined, now.cluster.uid ?? undefined);
  compare("Kubernetes", before.cluster.version ?? undefined, now.cluster.version ?? undefined);
  compare("scope", scopeText(before), scopeText(now));
  compare("standards", before.standards.sha256.slice(0, 12), now.standards.sha256.slice(0, 12));
  compare(
    "tool",
    `${before.tool.version} (${before.tool.sha256.slice(0, 12)})`,
    `${now.tool.version} (${now.tool.sha256.slice(0, 12)})`,
  );
  compare("release data", before.data.date, now.data.date);
  if (now.checkedAt < before.checkedAt) lines.unshift(`it is older than the last accepted one, of ${before.checkedAt}`);
  return { since: before.checkedAt, lines };
}

function scopeText({ scope }: Report): string {
  return `${scope.id} ${scope.version}`;
}
