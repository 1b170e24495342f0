/** Finds the days on which an answer turns, by judging few of them. */
import { addDays, daysBetween } from "../../model/instant.ts";
import type { Instant } from "../../model/vocabulary.ts";

/** Days between two judgements that nothing is suspected between: what turns and turns back within them is not found. */
const stride = 7;

/** Two neighbouring midnights with different answers. */
export interface TurningDay<T> {
  readonly before: T;
  readonly after: T;
  /** The first midnight of the new answer. */
  readonly midnight: Instant;
}

/**
 * `from` may be any instant, all others are midnights. `keyOf` tells answers apart. Judges about once a week, and around each turn as often as halving takes.
 */
export function turningDays<T>(
  midnights: readonly Instant[],
  judge: (asOf: Instant) => T,
  keyOf: (answer: T) => string,
): readonly TurningDay<T>[] {
  const judged = new Map<number, { readonly answer: T; readonly key: string }>();
  const at = (index: number) => {
    const known = judged.get(index);
    if (known) return known;
    const answer = judge(midnights[index] ?? "");
    const fresh = { answer, key: keyOf(answer) };
    judged.set(index, fresh);
    return fresh;
  };
  const between = (low: number, high: number): readonly TurningDay<T>[] => {
    if (at(low).key === at(high).key) return [];
    if (high - low === 1) return [{ before: at(low).answer, after: at(high).answer, midnight: midnights[high] ?? "" }];
    const middle = Math.floor((low + high) / 2);
    return [...between(low, middle), ...between(middle, high)];
  };
  const last = midnights.length - 1;
  const turns: TurningDay<T>[] = [];
  for (let low = 0; low < last; low += stride) turns.push(...between(low, Math.min(low + stride, last)));
  return turns;
}

/** `from` itself, and every midnight UTC after it up to and including `until`. */
export function midnightsBetween(from: Instant, until: Instant): readonly Instant[] {
  const first = addDays(`${from.slice(0, 10)}T00:00:00Z`, 1);
  const count = Math.floor(daysBetween(first, until)) + 1;
  return [from, ...Array.from({ length: Math.max(0, count) }, (_, index) => addDays(first, index))];
}
