/** How far back etcd still knows its history, by asking for old revisions of it (410 Expired: compacted). */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

/** A revision of etcd, and when an object that carries it was written. */
const DatedRevision = Type.Object({ resourceVersion: Type.String({ pattern: "^[1-9]\\d{0,15}$" }), at: Instant });

export const CompactionHorizonFact = Type.Object({
  /** The API server's own time when the first answer came; ages count from here. */
  serverTime: Instant,
  /**
   * `yes`: some resources live in an etcd of their own (a check etcd-override-... of /readyz), and then only what is asked here,
   * Events, is known. `unknown`: /readyz could not be read.
   */
  separateStore: Type.Union([Type.Literal("no"), Type.Literal("yes"), Type.Literal("unknown")]),
  /** How many dated revisions there were to ask for. */
  revisions: Type.Integer({ minimum: 0 }),
  /** The youngest that is known to be compacted: all history up to `at` is gone. Absent: none of them is. */
  compacted: Type.Optional(DatedRevision),
  /** The oldest that is known to be there: history since `at` is kept. Absent: none was. */
  kept: Type.Optional(DatedRevision),
});
export type CompactionHorizonFact = Static<typeof CompactionHorizonFact>;
