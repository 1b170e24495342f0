/** Whose doing a change is: the smallest sets of parts that, taken over from one run, give what the other run says. */
import type { Cause, Change } from "../../model/comparison.ts";
import type { Result } from "../../model/report.ts";
import type { Part } from "./mixed-evidence.ts";
import { answerOf, detailOf, type Results } from "./standings.ts";

export interface JudgedAgain {
  /** Parts that differ between the two runs. */
  readonly parts: readonly Part[];
  /** `tool`, `rule` (standards) or both: that one of the runs was judged by another version. Empty: both by this one. */
  readonly versions: readonly Cause[];
  /** What this version says with the named parts out of the later run; undefined when they do not go together. */
  judged(taken: ReadonlySet<Part>): Results | undefined;
}

export type Told = Pick<Change, "causes" | "told">;

export function causesByJudging(
  id: string,
  before: Result | undefined,
  after: Result | undefined,
  again: JudgedAgain,
): Told {
  const key = answerOf(before) === answerOf(after) ? detailOf : answerOf;
  const keyOf = (taken: ReadonlySet<Part>) => {
    const results = again.judged(taken);
    return results && key(results.get(id));
  };
  const last = keyOf(new Set(again.parts));
  const first = keyOf(new Set());
  const versions = first === key(before) && last === key(after) ? [] : again.versions;
  const sets = smallestSets(again.parts, (taken) => keyOf(taken) === last);
  const causes = [...new Set<Cause>([...versions, ...sets.flat()])];
  if (causes.length === 1) return { causes, told: "alone" };
  const either = versions.length === 0 && sets.every((set) => set.length === 1);
  return { causes, told: either ? "either" : "together" };
}

/** All sets of the smallest size that suffice; one empty set when nothing is needed. */
function smallestSets(all: readonly Part[], suffices: (taken: ReadonlySet<Part>) => boolean): readonly Part[][] {
  for (let size = 0; size <= all.length; size += 1) {
    const found = subsets(all, size).filter((set) => suffices(new Set(set)));
    if (found.length > 0) return found;
  }
  return [[...all]];
}

function subsets(all: readonly Part[], size: number): Part[][] {
  if (size === 0) return [[]];
  return all.flatMap((part, index) => subsets(all.slice(index + 1), size - 1).map((rest) => [part, ...rest]));
}
