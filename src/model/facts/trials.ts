/** What became of volumes, pods and tokens that the run made for itself (tier `active`); all of them are gone again. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { Hindrance } from "./hindrance.ts";
import { VolumeReach, VolumeSource } from "./volumes.ts";

/** What a pod found in the volume. */
const VolumeRead = Type.Object({
  /** It is what was written; absent: the pod did not come to read. */
  kept: Type.Optional(Type.Boolean()),
  node: Type.Optional(Type.String()),
  hindrance: Type.Optional(Hindrance),
});

/** A claim of 1 GiB with ReadWriteOnce that names no class, and what pods could do with its volume. */
export const ClaimedVolumeFact = Type.Object({
  /** The class that the claim got; null: none, so it was not made. */
  storageClass: Type.Union([Type.String(), Type.Null()]),
  /** It was held until a pod wanted it (WaitForFirstConsumer), or bound before. */
  waitsForPod: Type.Optional(Type.Boolean()),
  bound: Type.Boolean(),
  /** Why it is not bound. */
  hindrance: Type.Optional(Hindrance),
  /** Absent: not bound, or volumes may not be read. */
  volume: Type.Optional(
    Type.Object({
      name: Type.String(),
      provisioner: Type.String(),
      source: VolumeSource,
      accessModes: Type.Array(Type.String()),
      reclaimPolicy: Type.String(),
      /** Which nodes its affinity fits, in the words of `VolumeReach`. */
      reach: Type.KeyOf(VolumeReach),
      /** Nodes that it was compared with. */
      nodes: Type.Integer({ minimum: 0 }),
    }),
  ),
  /** A pod wrote to it and read what it wrote; absent: not tried. */
  write: Type.Optional(
    Type.Object({
      done: Type.Boolean(),
      node: Type.Optional(Type.String()),
      hindrance: Type.Optional(Hindrance),
    }),
  ),
  /** By a second pod, kept off the first one's node. */
  elsewhere: Type.Optional(VolumeRead),
  /** By a second pod on any node, where there was no other node for it. */
  again: Type.Optional(VolumeRead),
  /** The claim was asked to grow to 2 GiB; absent: its class does not allow it, or not tried. */
  expansion: Type.Optional(Type.Object({ grown: Type.Boolean(), hindrance: Type.Optional(Hindrance) })),
  /** What is left after the claim was deleted; `unknown`: volumes may not be read. */
  left: oneOf(["nothing", "claim", "volume", "retained-volume", "unknown"]),
});
export type ClaimedVolumeFact = Static<typeof ClaimedVolumeFact>;

/** Pods that the scheduler was to keep apart. */
const Apart = Type.Object({
  /** Nodes, or zones, that are ready and take pods, taints left aside. */
  places: Type.Integer({ minimum: 0 }),
  /** Made one after the other, until one got no node. */
  pods: Type.Integer({ minimum: 0 }),
  scheduled: Type.Integer({ minimum: 0 }),
  /** Different nodes, or zones, that they were put on. */
  used: Type.Integer({ minimum: 0 }),
  /** Why the last of them has no node. */
  hindrance: Type.Optional(Hindrance),
});

/** Where the scheduler puts pods that ask to be kept apart; none of them has to start. */
export const WorkloadSpreadFact = Type.Object({
  /** Required anti-affinity on kubernetes.io/hostname. */
  nodes: Apart,
  /** topologySpreadConstraints on topology.kubernetes.io/zone with maxSkew 1; absent: nodes show fewer than two zones. */
  zones: Type.Optional(Apart),
});
export type WorkloadSpreadFact = Static<typeof WorkloadSpreadFact>;

/** A token for the service account `default` of a namespace of the run (TokenRequest), and who it makes its bearer. */
export const AccountTokenFact = Type.Object({
  /** It names what it is bound to (claim `kubernetes.io`), as tokens of a TokenRequest do. */
  bound: Type.Boolean(),
  /** To the API server its bearer is that account (SelfSubjectReview); null: that review is not served (before 1.28). */
  accepted: Type.Union([Type.Boolean(), Type.Null()]),
});
export type AccountTokenFact = Static<typeof AccountTokenFact>;
