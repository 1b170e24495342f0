/** What the cluster shows of its own control plane: instances, static pods, configuration. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";
import { ComponentFlags } from "./component-flags.ts";
import { AddressFamily } from "./nodes.ts";

/**
 * API servers by their identity leases (label apiserver.kubernetes.io/identity=kube-apiserver, renewed every 10 s). A lease
 * counts as live when it was renewed in the 60 s before the server's own time. Two API servers with one hostname share a
 * lease, so `live` is a lower bound.
 */
export const ApiServerInstancesFact = Type.Object({
  serverTime: Instant,
  instances: Type.Array(
    Type.Object({
      lease: Type.String(),
      hostname: Type.Optional(Type.String()),
      renewedAt: Instant,
      live: Type.Boolean(),
    }),
  ),
  /** Addresses behind the Service default/kubernetes; a virtual address collapses them to one. Absent: could not be read. */
  endpoints: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ApiServerInstancesFact = Static<typeof ApiServerInstancesFact>;

/** Components whose static (mirror) pods are looked at. */
export const ControlPlaneComponent = Type.Union([
  Type.Literal("kube-apiserver"),
  Type.Literal("kube-controller-manager"),
  Type.Literal("kube-scheduler"),
  Type.Literal("etcd"),
]);
export type ControlPlaneComponent = Static<typeof ControlPlaneComponent>;

/** Pods in kube-system with the label tier=control-plane. An empty list means: none visible, not: none there. */
export const ControlPlanePodsFact = Type.Object({
  pods: Type.Array(
    Type.Object({
      component: ControlPlaneComponent,
      name: Type.String(),
      node: Type.Optional(Type.String()),
      /** Has the annotation kubernetes.io/config.mirror: the kubelet runs it from a file. */
      mirror: Type.Boolean(),
      startedAt: Type.Optional(Instant),
      running: Type.Boolean(),
      /** From `command` and `args` of the container, in that order. */
      flags: ComponentFlags,
      /** Flags come (also) from a file that the pod only names, or from a shell: their absence here proves nothing. */
      configFile: Type.Boolean(),
      /** Groups of flags for authorities that name one and the same file, in order; absent: each names its own. */
      sharedFiles: Type.Optional(Type.Array(Type.Array(Type.String()))),
    }),
  ),
});
export type ControlPlanePodsFact = Static<typeof ControlPlanePodsFact>;

/**
 * `/flagz` of the one API server that answered: effective values, defaults included; cannot tell "set" from "default".
 * A flag whose value is empty, of whatever kind, is kept as "".
 */
export const FlagzFact = Type.Object({ flags: ComponentFlags });
export type FlagzFact = Static<typeof FlagzFact>;

/** ConfigMap kube-system/kubeadm-config: what was asked for when the cluster was made; may be older than the pods. */
export const KubeadmConfigFact = Type.Object({
  apiVersion: Type.String(),
  kubernetesVersion: Type.Optional(Type.String()),
  apiServer: ComponentFlags,
  etcd: Type.Object({
    placement: Type.Union([Type.Literal("local"), Type.Literal("external"), Type.Literal("unknown")]),
    flags: ComponentFlags,
  }),
  podFamilies: Type.Array(AddressFamily),
  serviceFamilies: Type.Array(AddressFamily),
  certificateValidityPeriod: Type.Optional(Type.String()),
  caCertificateValidityPeriod: Type.Optional(Type.String()),
});
export type KubeadmConfigFact = Static<typeof KubeadmConfigFact>;

/** Annotations node-args and node-env (k3s.io/, rke2.io/) of server nodes: command line, configuration file, environment. An empty list: no node carries one. */
export const NodeArgsFact = Type.Object({
  nodes: Type.Array(
    Type.Object({
      node: Type.String(),
      distribution: Type.Union([Type.Literal("k3s"), Type.Literal("rke2")]),
      /** Options of the distribution itself (`cluster-init`, `etcd-snapshot-schedule-cron`, ...). */
      options: ComponentFlags,
      /** What --kube-apiserver-arg and --etcd-arg hand on. */
      apiServer: ComponentFlags,
      etcd: ComponentFlags,
      /** What --kubelet-arg hands on. */
      kubelet: ComponentFlags,
    }),
  ),
});
export type NodeArgsFact = Static<typeof NodeArgsFact>;

/** Health checks and post-start hooks that `/readyz?verbose` names, in its order. */
export const ReadyzFact = Type.Object({
  checks: Type.Array(Type.Object({ name: Type.String(), ok: Type.Boolean() })),
});
export type ReadyzFact = Static<typeof ReadyzFact>;
