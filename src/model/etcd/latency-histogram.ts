/** Quantiles of Prometheus histograms, judged without guessing where in a bucket the requests lie. */
import type { Sample } from "../facts/api-server-metrics.ts";

/** Requests by upper bound in seconds, cumulative; what took longer than every bound is in `count` alone. */
export interface Histogram {
  readonly bounds: readonly { readonly seconds: number; readonly within: number }[];
  readonly count: number;
}

/** Adds up `_bucket` samples of all label sets. Undefined without a bucket for everything (`+Inf`), or if counts fall. */
export function histogramOf(buckets: readonly Sample[]): Histogram | undefined {
  const sums = new Map<string, number>();
  for (const { labels, value } of buckets) sums.set(labels.le ?? "", (sums.get(labels.le ?? "") ?? 0) + value);
  const count = sums.get("+Inf");
  if (count === undefined) return undefined;
  const bounds = [...sums]
    .filter(([bound]) => bound !== "+Inf")
    .map(([bound, within]) => ({ seconds: Number(bound), within }))
    .sort((a, b) => a.seconds - b.seconds);
  const rising = bounds.every(({ seconds, within }, index) => {
    const before = bounds[index - 1]?.within ?? 0;
    return Number.isFinite(seconds) && before <= within && within <= count;
  });
  return rising ? { bounds, count } : undefined;
}

/** Between which bounds, in seconds, the quantile lies: more than `above`, at most `atMost` (absent: beyond all bounds). */
export interface QuantileBand {
  readonly above: number;
  readonly atMost?: number;
}

export function quantileBand({ bounds, count }: Histogram, share: number): QuantileBand {
  const index = bounds.findIndex(({ within }) => within >= share * count);
  const reached = bounds[index];
  const above = (reached === undefined ? bounds.at(-1) : bounds[index - 1])?.seconds ?? 0;
  return reached === undefined ? { above } : { above, atMost: reached.seconds };
}

/** `within`: at most the limit. `beyond`: above it. `between`: the limit lies inside the bucket. */
export function againstLimit({ above, atMost }: QuantileBand, limit: number): "within" | "beyond" | "between" {
  if (atMost !== undefined && atMost <= limit) return "within";
  return above >= limit ? "beyond" : "between";
}

/** `5-25 ms`, `above 60000 ms`. */
export function bandText({ above, atMost }: QuantileBand): string {
  const [low, high] = [above, atMost].map((seconds) =>
    seconds === undefined ? "" : String(Math.round(seconds * 1000)),
  );
  return atMost === undefined ? `above ${low} ms` : `${low}-${high} ms`;
}
