/** A recorded cluster: what a real API server answered, request by request. */
import { type Static, Type } from "@sinclair/typebox";
import { DeclarationsFile } from "../../model/declaration.ts";
import { StoredInput } from "../../model/evidence.ts";
import { Instant } from "../../model/vocabulary.ts";
import { keptMetrics } from "../../probes/kept-metrics.ts";

export const Recording = Type.Object({
  /** What was recorded and how, one sentence. */
  about: Type.String(),
  recordedAt: Instant,
  answers: Type.Array(
    Type.Object({
      /** Path and query. */
      path: Type.String(),
      /** Accept header; the same path may have several forms. */
      accept: Type.String(),
      /** Whether credentials were sent. */
      anonymous: Type.Boolean(),
      status: Type.Integer(),
      /** Content-Type and the flow-control headers; Date is made of `recordedAt`. */
      headers: Type.Record(Type.String(), Type.String()),
      body: Type.String(),
    }),
  ),
  /** Conformance results in reduced form, as an import leaves them. */
  conformanceResults: StoredInput,
  /** Unsigned; the demo signs for them with its throw-away key. */
  declarations: DeclarationsFile,
});
export type Recording = Static<typeof Recording>;
export type RecordedAnswer = Recording["answers"][number];

/** A line of `/metrics` that some probe keeps. Of etcd's thousands of buckets those of one resource stand for all. */
export function isKeptSeries(line: string): boolean {
  const name = /^[a-z_:]+/i.exec(line)?.[0] ?? "";
  if (!keptMetrics.has(name)) return false;
  return !name.startsWith("etcd_request_duration_seconds") || line.includes('resource="leases"');
}
