/** The last accepted report on a subject, and what a new one says otherwise. */
import { causeText, standingText } from "../../../reporters/comparison/words.ts";
import { openEvidence } from "../../evidence/open.ts";
import { sha256 } from "../../model/digest.ts";
import { UsageError } from "../../model/faults.ts";
import type { Report } from "../../model/report.ts";
import type { Run } from "../diff/differences.ts";
import { compare } from "../diff-runs.ts";
import { decodeText } from "../read-file.ts";
import { maxCarriedBytes, subjectFolder } from "../results-layout.ts";
import { parseReport } from "../stored-run.ts";
import type { ReviewSource } from "./source.ts";

export type Last =
  | Run
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
  const found: { readonly report: Report; readonly folder: string }[] = [];
  for (const name of newest) {
    const file = `${folder}/${name}/report.json`;
    const bytes = await source.accepted(file, maxCarriedBytes);
    if (bytes === undefined) continue;
    try {
      const report = parseReport(file, decodeText(file, bytes));
      if (report.subject === subject) found.push({ report, folder: `${folder}/${name}` });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      if (found.length === 0) return { unreadable: file };
    }
    const next = newest[newest.indexOf(name) + 1];
    if (found.length > 0 && next?.slice(0, 10) !== name.slice(0, 10)) break;
  }
  const last = found.sort((a, b) => (a.report.checkedAt < b.report.checkedAt ? 1 : -1))[0];
  return last && { report: last.report, ...(await evidenceOf(source, last.folder, last.report)) };
}

/** The evidence beside an accepted report, as far as this version can read it and it is the report's own. */
async function evidenceOf(source: ReviewSource, folder: string, report: Report): Promise<Pick<Run, "evidence">> {
  const file = `${folder}/evidence.json`;
  const bytes = await source.accepted(file, maxCarriedBytes);
  if (bytes === undefined || sha256(bytes) !== report.evidence.sha256) return {};
  try {
    const { evidence, broken } = openEvidence(file, bytes);
    return broken.length === 0 ? { evidence } : {};
  } catch (error) {
    if (error instanceof UsageError) return {};
    throw error;
  }
}

/** One line for each verdict, testcase and requirement that differs, whose doing it is, and what else differs. */
export function changesSince(
  last: Last | undefined,
  now: Run,
): { readonly since: string | undefined; readonly lines: readonly string[] } {
  if (!last) return { since: undefined, lines: [] };
  if ("unreadable" in last) return { since: undefined, lines: [`${last.unreadable} cannot be read by this version`] };
  const { differences, changes, notJudgedAgain } = compare(last, now);
  const [before, after] = [last.report, now.report];
  const differing = (what: string, a: string | undefined, b: string | undefined) =>
    a === b ? [] : [`${what}: ${a ?? "absent"}, now ${b ?? "absent"}`];
  const testcases = (report: Report) => new Map(report.testcases.map(({ id, verdict }) => [id, verdict]));
  const [old, fresh] = [testcases(before), testcases(after)];
  const older = after.checkedAt < before.checkedAt;
  return {
    since: before.checkedAt,
    lines: [
      ...(older ? [`it is older than the last accepted one, of ${before.checkedAt}`] : []),
      ...differing("verdict", before.verdict, after.verdict),
      ...[...new Set([...old.keys(), ...fresh.keys()])].flatMap((id) =>
        differing(`testcase ${id}`, old.get(id), fresh.get(id)),
      ),
      ...changes.map((change) => {
        const standings = `${standingText(change.before)}, now ${standingText(change.after)}`;
        return `${change.requirement}: ${standings}; by: ${causeText(change)}`;
      }),
      ...differences.map(({ cause, what }) => `${cause}: ${what}`),
      ...(notJudgedAgain === null || changes.length === 0
        ? []
        : [`whose doing it is cannot be told: ${notJudgedAgain}`]),
    ],
  };
}
