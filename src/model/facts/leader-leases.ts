/** Who leads the components of which only one at a time is at work: Leases in kube-system. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

/** An empty list: the components elect elsewhere, or do not elect. */
export const LeaderLeasesFact = Type.Object({
  leases: Type.Array(
    Type.Object({
      component: Type.Union([Type.Literal("kube-controller-manager"), Type.Literal("kube-scheduler")]),
      /** Host name in the holder's identity `<host>_<uuid>`. */
      holder: Type.Optional(Type.String()),
      /** How often the leader has changed since the Lease was made. */
      transitions: Type.Integer({ minimum: 0 }),
      renewedAt: Instant,
    }),
  ),
});
export type LeaderLeasesFact = Static<typeof LeaderLeasesFact>;
