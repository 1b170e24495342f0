/** All nodes, each reduced to what checks and the platform probe need. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, oneOf } from "../vocabulary.ts";

export const AddressFamily = Type.Union([Type.Literal("IPv4"), Type.Literal("IPv6")]);
export type AddressFamily = Static<typeof AddressFamily>;

/**
 * How far an address reaches. `private`: RFC 1918, RFC 6598 and unique local addresses (RFC 4193). `global`: all that is
 * neither private nor loopback nor link-local, which is not to say that it is reachable from everywhere.
 */
export const AddressScope = oneOf(["loopback", "link-local", "private", "global"]);
export type AddressScope = Static<typeof AddressScope>;

export const NodeRecord = Type.Object({
  name: Type.String(),
  createdAt: Instant,
  /** Names after `node-role.kubernetes.io/`, and the value of `kubernetes.io/role`; sorted. */
  roles: Type.Array(Type.String()),
  /** Topology, host-id and instance-type labels only, by their full keys. A label present without a value is "". */
  labels: Type.Record(Type.String(), Type.String()),
  /** Annotation keys that tell the platform (k3s.io/, rke2.io/, cluster.x-k8s.io/, kubeadm...), no values; sorted. */
  annotationKeys: Type.Array(Type.String()),
  /** Domains of label keys that tell the platform (`kubernetes.azure.com`), no values; sorted. */
  labelDomains: Type.Optional(Type.Array(Type.String())),
  /** Scheme of `spec.providerID` (`openstack`, `kind`); absent when the node has none. */
  providerScheme: Type.Optional(Type.String()),
  /** Keyed digest of the whole `spec.providerID`: equal ids stay equal. */
  providerRef: Type.Optional(Type.String()),
  unschedulable: Type.Boolean(),
  ready: Type.Union([Type.Literal("True"), Type.Literal("False"), Type.Literal("Unknown"), Type.Literal("absent")]),
  kubeletVersion: Type.String(),
  osImage: Type.String(),
  kernelVersion: Type.String(),
  containerRuntimeVersion: Type.String(),
  /** Equal on two nodes: one kernel, one machine. Empty when the node reports none. */
  bootId: Type.String(),
  machineId: Type.String(),
  systemUuid: Type.String(),
  /** Families of the node's InternalIP and ExternalIP addresses; the addresses themselves are not kept. */
  internalFamilies: Type.Array(AddressFamily),
  externalFamilies: Type.Array(AddressFamily),
  /** Scopes of its IPv6 addresses of either kind; absent when it has none. */
  ipv6Scopes: Type.Optional(Type.Array(AddressScope)),
  podCidrFamilies: Type.Array(AddressFamily),
  /** `status.capacity`, what the machine has before anything is set aside. What is absent was not reported. */
  capacity: Type.Optional(
    Type.Object({
      /** CPUs, with fraction. */
      cpu: Type.Optional(Type.Number({ minimum: 0 })),
      memoryBytes: Type.Optional(Type.Integer({ minimum: 0 })),
      /** The filesystem that holds pods' scratch data, in most cases the root filesystem. */
      ephemeralStorageBytes: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
  ),
});
export type NodeRecord = Static<typeof NodeRecord>;

export const NodesFact = Type.Object({ nodes: Type.Array(NodeRecord) });
export type NodesFact = Static<typeof NodesFact>;
