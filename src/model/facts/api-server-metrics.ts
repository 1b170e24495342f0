/** Chosen series of `/metrics` of the one API server that answered; counters run since that process started. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

export const Sample = Type.Object({
  labels: Type.Record(Type.String(), Type.String()),
  value: Type.Number(),
});
export type Sample = Static<typeof Sample>;

export const ApiServerMetricsFact = Type.Object({
  /** process_start_time_seconds; tells instances apart. */
  startedAt: Type.Optional(Instant),
  /** Samples by metric name. A name that is missing was not served. */
  series: Type.Record(Type.String(), Type.Array(Sample)),
});
export type ApiServerMetricsFact = Static<typeof ApiServerMetricsFact>;
