/** What each etcd member counts (its own /metrics, on the loopback of its node), at two looks. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

const Count = Type.Integer({ minimum: 0 });
/** Cumulative counts by upper bound in seconds; `+Inf` is all of them. */
const Buckets = Type.Array(Type.Object({ le: Type.String(), count: Count }));

/** Counters since the member's process started. What is absent was not served. */
export const EtcdLook = Type.Object({
  startedAt: Type.Optional(Instant),
  /** `Snapshot` calls answered without error: each is a whole copy of the database that somebody took. */
  snapshots: Type.Optional(Count),
  /** Compactions that this member carried out, and calls for one that this member answered (API servers make them). */
  compactions: Type.Optional(Count),
  compactCalls: Type.Optional(Count),
  compactRevision: Type.Optional(Type.Integer()),
  currentRevision: Type.Optional(Count),
  /** Grows with every change of users and roles, from 1. */
  authRevision: Type.Optional(Count),
  databaseBytes: Type.Optional(Count),
  databaseBytesInUse: Type.Optional(Count),
  quotaBytes: Type.Optional(Count),
  hasLeader: Type.Optional(Type.Boolean()),
  leaderChanges: Type.Optional(Count),
  /** How long syncs of the log and commits of the database took. */
  logSyncs: Buckets,
  commits: Buckets,
});
export type EtcdLook = Static<typeof EtcdLook>;

export const EtcdMetricsFact = Type.Object({
  members: Type.Array(
    Type.Object({
      node: Type.String(),
      first: EtcdLook,
      /** Absent: it did not answer any more. */
      second: Type.Optional(EtcdLook),
    }),
  ),
  /** Nodes that should have a member, of which none answered on the port for metrics. */
  silent: Type.Array(Type.String()),
  secondsBetween: Type.Integer({ minimum: 0 }),
});
export type EtcdMetricsFact = Static<typeof EtcdMetricsFact>;
