/** What the OpenStack cloud shows of the machines, flavors, volume types and load balancer of a cluster. */
import { type Static, Type } from "@sinclair/typebox";
import { UnavailableReason } from "../vocabulary.ts";
import { AccessList } from "./access-list.ts";
import { AddressFamily } from "./nodes.ts";

/** Extra specs that begin with `scs:`, by their keys. */
const ScsSpecs = Type.Record(Type.String(), Type.String());

export const CloudServerRecord = Type.Object({
  /** Name of the node. */
  node: Type.String(),
  /** Keyed digest of the server's id. */
  ref: Type.String(),
  /** Keyed digest of the project: `host` compares within one project only, as Nova makes it anew for each. */
  project: Type.String(),
  /** Keyed digest of `hostId`; absent: Nova shows none (shelved, not scheduled). */
  host: Type.Optional(Type.String()),
  /** The node's label topology.openstack.org/host-id against `hostId`. */
  hostLabel: Type.Union([Type.Literal("same"), Type.Literal("other"), Type.Literal("absent")]),
  flavor: Type.Object({
    name: Type.String(),
    cpus: Type.Integer({ minimum: 0 }),
    memoryMib: Type.Integer({ minimum: 0 }),
    diskGb: Type.Integer({ minimum: 0 }),
    /** Absent: Nova does not show extra specs to this user. */
    extraSpecs: Type.Optional(ScsSpecs),
  }),
  /** Where the root disk comes from: an image on the disk of the flavor, or a volume. */
  bootedFrom: Type.Union([Type.Literal("image"), Type.Literal("volume")]),
  zone: Type.Optional(Type.String()),
  /** Server groups, with their policy where it could be read. */
  groups: Type.Array(Type.Object({ ref: Type.String(), policy: Type.Optional(Type.String()) })),
  /** `hypervisor_type` of the host, which only administrators of the cloud see. */
  hypervisor: Type.Optional(Type.String()),
  /** The flavor looks like one for bare metal: equal hosts then say nothing. */
  bareMetal: Type.Boolean(),
});
export type CloudServerRecord = Static<typeof CloudServerRecord>;

/** The servers behind nodes, control-plane nodes first. */
export const CloudServersFact = Type.Object({
  servers: Type.Array(CloudServerRecord),
  /** Nodes whose server was not shown, with the reason. */
  unavailable: Type.Array(Type.Object({ node: Type.String(), reason: UnavailableReason, message: Type.String() })),
  /** Nodes that name no OpenStack server. */
  nodesWithoutServer: Type.Integer({ minimum: 0 }),
});
export type CloudServersFact = Static<typeof CloudServersFact>;

/** Flavors that the cloud offers to this project. */
export const CloudFlavorsFact = Type.Object({
  flavors: Type.Array(
    Type.Object({
      name: Type.String(),
      cpus: Type.Integer({ minimum: 0 }),
      memoryMib: Type.Integer({ minimum: 0 }),
      diskGb: Type.Integer({ minimum: 0 }),
      /** Offered to every project. */
      public: Type.Boolean(),
      /** Absent: Nova does not show extra specs to this user. */
      extraSpecs: Type.Optional(ScsSpecs),
    }),
  ),
});
export type CloudFlavorsFact = Static<typeof CloudFlavorsFact>;

/** Volume types that the cloud offers to this project. */
export const CloudVolumeTypesFact = Type.Object({
  types: Type.Array(
    Type.Object({
      /** A storage class may name it by id. */
      id: Type.String(),
      name: Type.String(),
      /** Of the list at the beginning of the description (scs-0114-v1): `encrypted`, `replicated`. */
      aspects: Type.Array(Type.String()),
      /** Extra spec `replication_enabled`. */
      replicationEnabled: Type.Boolean(),
    }),
  ),
  /** Id of the type that a volume gets when none is named; absent: the cloud tells of none. */
  defaultType: Type.Optional(Type.String()),
});
export type CloudVolumeTypesFact = Static<typeof CloudVolumeTypesFact>;

/** The Octavia load balancer that has the API server's address. */
export const CloudApiLoadBalancerFact = Type.Object({
  /** `amphora`, `ovn`; `octavia` is another name of `amphora`. */
  provider: Type.String(),
  vipFamilies: Type.Array(AddressFamily),
  /** Families of the floating IPs in front of it. */
  floatingFamilies: Type.Array(AddressFamily),
  /** Listeners on the API server's port. */
  listeners: Type.Array(
    Type.Object({
      protocol: Type.String(),
      enabled: Type.Boolean(),
      /** `allowed_cidrs`; null: no list, everybody is let in. */
      allowed: Type.Union([Type.Null(), AccessList]),
    }),
  ),
});
export type CloudApiLoadBalancerFact = Static<typeof CloudApiLoadBalancerFact>;
