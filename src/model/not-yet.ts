/** Times that cannot have been seen. */
import { millisecondsOf } from "./instant.ts";
import type { Instant } from "./vocabulary.ts";

/** Clocks of two machines differ by less than this. */
const clockTolerance = 5 * 60_000;

/** Later than now by more than clocks differ: what it dates has not happened. */
export function notYet(instant: Instant, now: Date): boolean {
  return millisecondsOf(instant) > now.getTime() + clockTolerance;
}
