/** The claim of a run: made without a class, waited for, grown, and removed with its volume. */
import { setTimeout as wait } from "node:timers/promises";
import type { ClusterActor } from "../../model/acting.ts";
import type { ClusterReader } from "../../model/cluster.ts";
import type { ClaimedVolumeFact } from "../../model/facts/trials.ts";
import type { JsonObject } from "../../model/json.ts";
import { keysOf, nodeSelectorOf } from "../node-affinity.ts";
import { textAt } from "../untrusted.ts";
import { modesOf, nodesBy, provisionerOf, reachOf, sourceOf } from "../volume-reach.ts";
import { minute } from "./run-pod.ts";

export const claimsPath = (namespace: string, name?: string): string =>
  `/api/v1/namespaces/${namespace}/persistentvolumeclaims${name === undefined ? "" : `/${name}`}`;

export function claimObject(name: string): JsonObject {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name }, spec };
}

/** The name of the claim's volume once it is bound. */
export function boundTo(claim: JsonObject): string | undefined {
  const volume = textAt(claim, "spec", "volumeName");
  return textAt(claim, "status", "phase") === "Bound" && volume !== "" ? volume : undefined;
}

const volumePath = (name: string): string => `/api/v1/persistentvolumes/${encodeURIComponent(name)}`;

/** What the volume is, and which nodes can use it; undefined where it may not be read. */
export async function volumeNamed(name: string, cluster: ClusterReader): Promise<ClaimedVolumeFact["volume"]> {
  const found = await cluster.json(volumePath(name));
  if (!found.ok) return undefined;
  const volume = found.value;
  const selector = nodeSelectorOf(volume);
  const kept = {
    name,
    provisioner: provisionerOf(volume),
    source: sourceOf(volume),
    accessModes: [...modesOf(volume)].sort(),
    reclaimPolicy: textAt(volume, "spec", "persistentVolumeReclaimPolicy") ?? "Retain",
  };
  if (selector === undefined) return { ...kept, reach: "anywhere", nodes: 0 };
  const nodes = selector === "unknown" ? undefined : await nodesBy(keysOf(selector), cluster);
  if (selector === "unknown" || !nodes?.ok) return { ...kept, reach: "unknown", nodes: 0 };
  return { ...kept, reach: reachOf(selector, nodes.value), nodes: nodes.value.size };
}

/** Removes the claim, and waits for its volume to go with it: looks for it so many times, a second apart. */
export async function removeClaim(
  act: ClusterActor,
  cluster: ClusterReader,
  path: string,
  volume: { readonly name: string; readonly reclaimPolicy: string | undefined } | undefined,
  looks = 60,
): Promise<ClaimedVolumeFact["left"]> {
  const removed = await act.remove(path, minute);
  if (!removed.ok && removed.reason !== "not-found") return "claim";
  if (volume === undefined) return "nothing";
  if (volume.reclaimPolicy === undefined) return "unknown";
  if (volume.reclaimPolicy === "Retain") return "retained-volume";
  for (let look = 0; look < looks; look += 1) {
    const found = await cluster.json(volumePath(volume.name));
    if (!found.ok) return found.reason === "not-found" ? "nothing" : "unknown";
    await wait(1_000);
  }
  return "volume";
}
