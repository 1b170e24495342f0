/** How long etcd takes to write, as the one API server that answered has measured it since it started. */
import type { ApiServerMetricsFact } from "../facts/api-server-metrics.ts";
import type { Missing } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import { bandText, histogramOf, type QuantileBand, quantileBand } from "./latency-histogram.ts";

export type EtcdWrites =
  | { readonly known: true; readonly band: QuantileBand; readonly text: string; readonly observed: JsonObject }
  | { readonly known: false; readonly because: string; readonly missing: Missing; readonly observed: JsonObject };

const fact = "kube/api-server-metrics";
const operations = new Set(["create", "update", "delete"]);

/** Where the quantile of writes lies; not known below `least` writes, as the rank of 99 % is then too uncertain. */
export function etcdWrites(metrics: ApiServerMetricsFact, percent: number, least: number): EtcdWrites {
  const { series, startedAt } = metrics;
  const samples = (series.etcd_request_duration_seconds_bucket ?? []).filter(({ labels }) =>
    operations.has(labels.operation ?? ""),
  );
  const histogram = histogramOf(samples);
  const observed = { writes: histogram?.count ?? "not served", countedSince: startedAt ?? "not known" };
  if (!histogram || histogram.count < least) {
    const because = histogram
      ? `${histogram.count} writes are too few to judge ${percent} % of them; ${least} are needed`
      : "The API server serves no histogram of its requests to etcd";
    const resolve = histogram ? "an API server that has run for longer" : "an API server that measures etcd";
    return { known: false, because, missing: { fact, reason: "not-visible", resolve }, observed };
  }
  const band = quantileBand(histogram, percent / 100);
  const text = bandText(band);
  return { known: true, band, text, observed: { ...observed, [`slowestOf${percent}Percent`]: text } };
}
