/** What a PersistentVolume says of itself, and which of the cluster's nodes can use it. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { VolumeReach, VolumeSource } from "../model/facts/volumes.ts";
import { NodeIndex, type NodeSelector, nameField, withoutPlaces } from "./node-affinity.ts";
import { reduceList } from "./reading.ts";
import { detached, keysAt, listAt, printable, textAt } from "./untrusted.ts";

const provisionedBy = "pv.kubernetes.io/provisioned-by";

export function sourceOf(volume: unknown): VolumeSource {
  const keys = keysAt(volume, "spec");
  if (keys.includes("csi")) return "csi";
  if (keys.includes("local")) return "local";
  return keys.includes("hostPath") ? "host-path" : "other";
}

/** The driver, else who is noted as provisioner; "" when neither is named. */
export function provisionerOf(volume: unknown): string {
  return textAt(volume, "spec", "csi", "driver") ?? textAt(volume, "metadata", "annotations", provisionedBy) ?? "";
}

export function modesOf(volume: unknown): readonly string[] {
  const modes = listAt(volume, "spec", "accessModes").map(printable);
  return modes.filter((mode) => mode !== undefined && /^[A-Za-z]{1,40}$/.test(mode)) as readonly string[];
}

/** The nodes, each as its values of the keys that selectors compare. */
export async function nodesBy(keys: readonly string[], cluster: ClusterReader): Promise<Reading<NodeIndex>> {
  const valuesOf = (node: unknown): ReadonlyMap<string, string> | undefined => {
    const name = textAt(node, "metadata", "name");
    if (name === undefined) return undefined;
    const values = keys.flatMap((key): [string, string][] => {
      const value = key === nameField ? name : textAt(node, "metadata", "labels", key);
      return value === undefined ? [] : [[key, detached(value)]];
    });
    return new Map(values);
  };
  const nodes = await reduceList(cluster, "/api/v1/nodes", { limit: 500, metadataOnly: true }, valuesOf);
  return nodes.ok ? read(new NodeIndex(nodes.value.items)) : nodes;
}

export function reachOf(selector: NodeSelector, index: NodeIndex): keyof VolumeReach {
  const fitting = index.count(selector);
  if (fitting === 0) return "none";
  if (fitting === index.size) return "all";
  if (fitting > 1) return "several";
  return index.count(withoutPlaces(selector), true) === 1 ? "one" : "place";
}
