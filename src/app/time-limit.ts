/** How long a run may take when its caller sets no limit, and what a shorter one costs. */
import { actingProbes, type Plan } from "../engine/plan.ts";

/** Of looking, which takes seconds on a cluster that answers. */
export const lookingMilliseconds = 600_000;

/** Longest time that all that acts may take, one probe after the other; 0 where nothing acts. */
export function actingSeconds(plan: Plan): number {
  return actingProbes(plan).reduce((sum, { makes }) => sum + makes.seconds, 0);
}

/** Milliseconds: looking has its time, and so has what acts. Removing what was made comes after it. */
export function timeLimitOf(plan: Plan, given: number | undefined): number {
  return given ?? lookingMilliseconds + actingSeconds(plan) * 1000;
}

const mostNamed = 12;

/** What a limit below the time of what acts leaves open; undefined where there is enough of it. */
export function tooShort(plan: Plan, given: number | undefined): string | undefined {
  const seconds = actingSeconds(plan);
  if (given === undefined || given >= seconds * 1000) return undefined;
  const open = [...new Set(actingProbes(plan).flatMap(({ requirements }) => requirements))].sort();
  const more = open.length > mostNamed ? ` and ${open.length - mostNamed} more` : "";
  const named = open.length === 0 ? "" : `: ${open.slice(0, mostNamed).join(", ")}${more}`;
  return `--timeout is ${given / 1000} s, and what acts may take ${seconds} s: what is not done by then stays undetermined${named}.`;
}
