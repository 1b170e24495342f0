/** How many requests an API server runs at once, reckoned from the seats of its priority levels (KEP-1040). */

import type { Fact } from "../fact.ts";
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { PriorityLevelsFact } from "../facts/flow-control.ts";

/** Bounds of the sum of max-requests-inflight and max-mutating-requests-inflight. */
export interface ConcurrencyLimit {
  readonly least: number;
  readonly most: number;
}

/**
 * Each level's seats are `ceil(limit * shares / all shares)`, so every level narrows the limit to an interval; without the
 * shares the sum of seats bounds it to less than the number of levels. Undefined when no seats were served.
 */
export function concurrencyLimit(
  metrics: Fact<ApiServerMetricsFact>,
  levels: Fact<PriorityLevelsFact>,
): ConcurrencyLimit | undefined {
  if (metrics.status === "unavailable") return undefined;
  const samples = metrics.value.series.apiserver_flowcontrol_nominal_limit_seats ?? [];
  const seats = new Map(samples.map(({ labels, value }) => [labels.priority_level ?? "", value]));
  if (seats.size === 0) return undefined;
  const sum = [...seats.values()].reduce((total, value) => total + value, 0);
  const coarse = { least: Math.max(0, sum - seats.size + 1), most: sum };
  if (levels.status === "unavailable") return coarse;
  const all = levels.value.levels.reduce((total, level) => total + level.shares, 0);
  const narrowed = levels.value.levels.reduce((bounds, { name, shares }) => {
    const own = seats.get(name);
    if (own === undefined || shares === 0) return bounds;
    const least = Math.floor(((own - 1) * all) / shares) + 1;
    return { least: Math.max(bounds.least, least), most: Math.min(bounds.most, Math.floor((own * all) / shares)) };
  }, coarse);
  // levels changed between the two reads: the coarse bounds still hold
  return narrowed.least <= narrowed.most ? narrowed : coarse;
}

/** `598-600`, or one number where the bounds meet. */
export function limitText({ least, most }: ConcurrencyLimit): string {
  return least === most ? String(most) : `${least}-${most}`;
}
