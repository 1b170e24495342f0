/** What the volumes that a class's provisioner made show of it; volumes that somebody put under its name do not count. */
import type { Fact } from "../fact.ts";
import type { NodesFact } from "../facts/nodes.ts";
import type { StorageClassRecord } from "../facts/storage.ts";
import type { CsiNodesFact, PersistentVolumesFact, VolumeGroup } from "../facts/volumes.ts";
import type { Finding } from "../finding.ts";
import { counted, named } from "../finding-lists.ts";
import { isControlPlane } from "../placement/control-plane-nodes.ts";
import { driverOf } from "./storage-provisioners.ts";

/** Volumes of the class, made by its provisioner. */
export function volumesOf(entry: StorageClassRecord, { groups }: PersistentVolumesFact): readonly VolumeGroup[] {
  return groups.filter(
    ({ storageClass, provisioner }) =>
      storageClass === entry.name && provisioner !== "" && driverOf(provisioner) === driverOf(entry.provisioner),
  );
}

/**
 * Volumes of the class that are tied to one node: a folder or disk of a node by their source, or a node affinity that fits
 * one of several nodes and not for its place. Undefined where none is known.
 */
export function nodeBoundVolumes(
  entry: StorageClassRecord,
  volumes: PersistentVolumesFact,
  code: string,
  expected: string,
): Finding | undefined {
  const groups = volumesOf(entry, volumes);
  const local = groups.filter(({ source }) => source === "local" || source === "host-path");
  const onOne = groups.filter(({ reach }) => reach.one > 0);
  const ofNodes = local.reduce((sum, group) => sum + group.volumes, 0);
  const tied = onOne.reduce((sum, { reach }) => sum + reach.one, 0);
  if (ofNodes + tied === 0) return undefined;
  const names = onOne.flatMap(({ onOneNode }) => onOneNode);
  const actual =
    tied > 0 ? `${counted(tied, "volume")} on one node each` : `${counted(ofNodes, "volume")} on node disks`;
  const because =
    tied > 0
      ? `${counted(tied, "volume")} of ${entry.name} can be used on one of ${volumes.nodes} nodes only (${named(names, 3)})`
      : `${counted(ofNodes, "volume")} of ${entry.name} are folders or disks of a node`;
  const subject = { kind: "StorageClass", name: entry.name };
  return { code, subject, expected, actual, message: because };
}

/** Sums of the class's volumes, for the reader. */
export function volumesObserved(entry: StorageClassRecord, volumes: PersistentVolumesFact) {
  const groups = volumesOf(entry, volumes);
  const sum = (of: (group: VolumeGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);
  return {
    volumes: sum((group) => group.volumes),
    boundVolumes: sum((group) => group.bound),
    accessModes: [...new Set(groups.flatMap((group) => group.boundAccessModes))].sort(),
    onOneNode: sum((group) => group.reach.one),
  };
}

/**
 * Nodes on which the class's driver is not registered, though it is on others: claims of pods there cannot be mounted. Those
 * of the control plane seldom run it, and seldom any such pod.
 */
export function nodesWithoutDriver(
  entry: StorageClassRecord,
  csiNodes: Fact<CsiNodesFact>,
  nodes: Fact<NodesFact>,
): readonly Finding[] {
  if (csiNodes.status === "unavailable" || nodes.status === "unavailable") return [];
  const controlPlane = new Set(nodes.value.nodes.filter(isControlPlane).map(({ name }) => name));
  const driver = driverOf(entry.provisioner);
  const { groups } = csiNodes.value;
  if (!groups.some(({ drivers }) => drivers.includes(driver))) return [];
  const without = groups.filter(({ drivers }) => !drivers.includes(driver));
  const names = without.flatMap((group) => group.names).filter((name) => !controlPlane.has(name));
  const unnamed = without.reduce((sum, group) => sum + group.nodes - group.names.length, 0);
  if (names.length + unnamed === 0) return [];
  const some = names.length + unnamed === 1 ? "1 node that does" : `${names.length + unnamed} nodes that do`;
  return [
    {
      code: "class-misses-nodes",
      subject: { kind: "StorageClass", name: entry.name },
      expected: 0,
      actual: names.length + unnamed,
      message: `Pods on ${some} not run the driver ${driver} cannot use volumes of ${entry.name}: ${named([...names].sort())}`,
    },
  ];
}
