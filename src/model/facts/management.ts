/** What the management cluster shows: the one whose objects describe and run the cluster that is looked at. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

/** API groups by which a cluster is managed, with the versions that are served, preferred one first. */
export const ManagementApisFact = Type.Object({
  groups: Type.Array(Type.Object({ group: Type.String(), versions: Type.Array(Type.String()) })),
});
export type ManagementApisFact = Static<typeof ManagementApisFact>;

/**
 * The object that stands for the cluster looked at. It is only here when it is proven to be that cluster; every other fact
 * of the management view rests on it.
 */
export const ManagementClusterFact = Type.Object({
  kind: Type.Union([Type.Literal("Cluster"), Type.Literal("TenantControlPlane"), Type.Literal("Shoot")]),
  apiVersion: Type.String(),
  /** Keyed digest of namespace and name: both may name a customer. */
  ref: Type.String(),
  /** Clusters among which it was found; 1 when the caller named it. */
  candidates: Type.Integer({ minimum: 1 }),
  named: Type.Boolean(),
  proof: Type.Union([
    /** Machines there have the provider ids of nodes here. */
    Type.Object({ by: Type.Literal("machines"), matched: Type.Integer({ minimum: 1 }) }),
    /** Its control-plane endpoint is the server of the kubeconfig, by a public address or a DNS name. */
    Type.Object({ by: Type.Literal("endpoint") }),
    /** Name, project and DNS domain are those of the ConfigMap kube-system/shoot-info. */
    Type.Object({ by: Type.Literal("shoot-info") }),
  ]),
  /** Kinds that the Cluster refers to: `OpenStackCluster`, `KubeadmControlPlane`. */
  infrastructure: Type.Optional(Type.String()),
  controlPlane: Type.Optional(Type.String()),
});
export type ManagementClusterFact = Static<typeof ManagementClusterFact>;

/** How a server group places its servers, where the OpenStack resource controller manages the group. */
export const ServerGroup = Type.Object({
  /** Keyed digest of id or name. */
  ref: Type.String(),
  /** `affinity`, `anti-affinity`, `soft-affinity`, `soft-anti-affinity`; absent: not visible here. */
  policy: Type.Optional(Type.String()),
  maxServersPerHost: Type.Optional(Type.Integer({ minimum: 1 })),
});
export type ServerGroup = Static<typeof ServerGroup>;

/** What an OpenStackMachine asks for; a machine with a root volume has its disk on the network, whatever its flavor's name. */
export const OpenStackMachine = Type.Object({
  /** Absent when it is given by id alone. */
  flavor: Type.Optional(Type.String()),
  rootVolume: Type.Union([
    Type.Null(),
    Type.Object({ sizeGiB: Type.Optional(Type.Integer({ minimum: 0 })), type: Type.Optional(Type.String()) }),
  ]),
  serverGroup: Type.Optional(ServerGroup),
});
export type OpenStackMachine = Static<typeof OpenStackMachine>;

export const MachineRecord = Type.Object({
  /** Keyed digest of the machine's name. */
  ref: Type.String(),
  /** Name of its node. */
  node: Type.Optional(Type.String()),
  controlPlane: Type.Boolean(),
  /** The same digest as the node's `providerRef`. */
  providerRef: Type.Optional(Type.String()),
  failureDomain: Type.Optional(Type.String()),
  /** End of the API server's certificate on that machine, as Cluster API reports it. */
  certificatesExpireAt: Type.Optional(Instant),
  deleting: Type.Boolean(),
  /** Absent: its infrastructure is another one. */
  openStack: Type.Optional(OpenStackMachine),
});
export type MachineRecord = Static<typeof MachineRecord>;

/** Machines of Cluster API. */
export const ManagementMachinesFact = Type.Object({ machines: Type.Array(MachineRecord) });
export type ManagementMachinesFact = Static<typeof ManagementMachinesFact>;
