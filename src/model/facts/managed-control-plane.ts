/** How the management cluster is told to run the control plane: what is written there, and whether it is in effect. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";
import { ComponentFlags } from "./component-flags.ts";

const count = Type.Integer({ minimum: 0 });

/** One limit of the admission plugin EventRateLimit (eventratelimit.admission.k8s.io/v1alpha1). */
export const EventLimit = Type.Object({
  type: Type.Union(["Server", "Namespace", "User", "SourceAndObject"].map((type) => Type.Literal(type))),
  qps: Type.Optional(count),
  burst: Type.Optional(count),
});

export const ManagementControlPlaneFact = Type.Object({
  kind: Type.Union([Type.Literal("KubeadmControlPlane"), Type.Literal("TenantControlPlane"), Type.Literal("Shoot")]),
  apiVersion: Type.String(),
  replicas: Type.Optional(count),
  /** Every replica runs what is written: the object's own status says so. */
  rolledOut: Type.Boolean(),
  /** Flags written for every API server. */
  apiServer: ComponentFlags,
  /** Commands, patches or the platform may write further flags: absence here proves nothing. */
  hidesFlags: Type.Boolean(),
  /** Absent: etcd is not configured by this object. */
  etcd: Type.Optional(
    Type.Object({
      placement: Type.Union([Type.Literal("local"), Type.Literal("external"), Type.Literal("unknown")]),
      flags: ComponentFlags,
    }),
  ),
  /** Limits written for EventRateLimit; absent: none is written in a place that is looked at. */
  eventLimits: Type.Optional(Type.Array(EventLimit)),
  /** Machines are replaced so many days before their certificates end. */
  certificateRolloutDays: Type.Optional(count),
  /** `node` or `zone`: what the control plane of a Shoot has to survive. */
  failureTolerance: Type.Optional(Type.Union([Type.Literal("node"), Type.Literal("zone")])),
  /** When Gardener last completed a rotation of the cluster's CAs. */
  caRotatedAt: Type.Optional(Instant),
});
export type ManagementControlPlaneFact = Static<typeof ManagementControlPlaneFact>;
