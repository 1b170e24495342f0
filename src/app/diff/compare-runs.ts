/** Two runs held against each other, requirement by requirement. */
import type { Change, ComparedReport, Comparison } from "../../model/comparison.ts";
import type { Report, Result } from "../../model/report.ts";
import { causesByJudging, type JudgedAgain, type Told } from "./causes.ts";
import { differencesOf, differingDigests, possibleCauses, type Run } from "./differences.ts";
import { detailOf, findingChanges, resultsOf, standingOf, trendOf } from "./standings.ts";

/** `again` is how both can be judged anew, or one sentence that says why they cannot. */
export function compareRuns(before: Run, after: Run, again: JudgedAgain | string): Comparison {
  const [old, fresh] = [resultsOf(before.report), resultsOf(after.report)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  const changed = ids.filter((id) => detailOf(old.get(id)) !== detailOf(fresh.get(id)));
  const differing = new Set(differingDigests(before.report, after.report));
  return {
    schemaVersion: 1,
    before: compared(before.report),
    after: compared(after.report),
    differences: differencesOf(before, after),
    changes: changed.map((id) => {
      const [a, b] = [old.get(id), fresh.get(id)];
      return { ...changeOf(id, a, b), ...toldOf(id, a, b), facts: looked(a, b).filter((fact) => differing.has(fact)) };
    }),
    unchanged: ids.length - changed.length,
    notJudgedAgain: typeof again === "string" ? again : null,
  };

  function toldOf(id: string, a: Result | undefined, b: Result | undefined): Told {
    if (typeof again !== "string") return causesByJudging(id, a, b, again);
    const known = [a, b].filter((result) => result !== undefined);
    return { causes: possibleCauses(before, after, known), told: "possible" };
  }
}

function compared({ id, subject, verdict, testcaseVerdict, checkedAt, asOf }: Report): ComparedReport {
  return { id, subject, verdict, testcaseVerdict, checkedAt, asOf };
}

function changeOf(
  requirement: string,
  before: Result | undefined,
  after: Result | undefined,
): Omit<Change, keyof Told | "facts"> {
  return {
    requirement,
    trend: trendOf(before, after),
    before: standingOf(before),
    after: standingOf(after),
    findings: findingChanges(before, after),
  };
}

const looked = (a: Result | undefined, b: Result | undefined): readonly string[] => [
  ...new Set([...(a?.facts ?? []), ...(b?.facts ?? [])]),
];
