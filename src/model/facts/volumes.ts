/** Persistent volumes and the drivers that nodes can attach them with, summed up: a cluster may have 50,000 of them. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";

const Count = Type.Integer({ minimum: 0 });

/** What a volume is: `csi` a driver's, `local` and `host-path` a folder or disk of one node, `other` in-tree or network ones. */
export const VolumeSource = oneOf(["csi", "local", "host-path", "other"]);
export type VolumeSource = Static<typeof VolumeSource>;

/**
 * How many of the cluster's nodes `spec.nodeAffinity.required` of a volume fits, by volumes. `anywhere`: it has none. `one`:
 * one of several nodes, and not for its zone, region, kind of machine or operating system. `place`: one of several, for such a
 * label. `none`: no node any more. `unknown`: not read, or more different ones than are compared.
 */
export const VolumeReach = Type.Object({
  anywhere: Count,
  all: Count,
  several: Count,
  one: Count,
  place: Count,
  none: Count,
  unknown: Count,
});
export type VolumeReach = Static<typeof VolumeReach>;

/** Volumes that have class, provisioner and source in common. */
export const VolumeGroup = Type.Object({
  /** `spec.storageClassName`, "" when there is none. */
  storageClass: Type.String(),
  /** `spec.csi.driver`, else the annotation pv.kubernetes.io/provisioned-by; "" when there is neither. */
  provisioner: Type.String(),
  source: VolumeSource,
  volumes: Type.Integer({ minimum: 1 }),
  /** In phase Bound. */
  bound: Count,
  /** Access modes of those that are bound; sorted. */
  boundAccessModes: Type.Array(Type.String()),
  reclaimPolicies: Type.Array(Type.String()),
  reach: VolumeReach,
  /** Names of at most three volumes that fit one node alone. */
  onOneNode: Type.Array(Type.String()),
});
export type VolumeGroup = Static<typeof VolumeGroup>;

export const PersistentVolumesFact = Type.Object({
  volumes: Count,
  /** Nodes that affinities were compared with; absent: no volume has one, or nodes could not be read. */
  nodes: Type.Optional(Count),
  groups: Type.Array(VolumeGroup),
  /** Volumes in groups beyond the first 200. */
  left: Count,
});
export type PersistentVolumesFact = Static<typeof PersistentVolumesFact>;

/** Nodes by the CSI drivers that are registered on them (CSINode, `spec.drivers`). */
export const CsiNodesFact = Type.Object({
  groups: Type.Array(
    Type.Object({
      /** Names of drivers; sorted. */
      drivers: Type.Array(Type.String()),
      nodes: Type.Integer({ minimum: 1 }),
      /** The first 50 by name. */
      names: Type.Array(Type.String()),
    }),
  ),
});
export type CsiNodesFact = Static<typeof CsiNodesFact>;
