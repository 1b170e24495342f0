/** Pods of kube-system on the network of their node: the way to what listens there. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { Right } from "../model/probe.ts";
import { malformed } from "./reading.ts";
import { inOrder, textAt, valueAt } from "./untrusted.ts";

/** Websocket upgrades ask for `get`, and since Kubernetes 1.35 for `create` as well. */
export const hostPodRights: readonly Right[] = [
  { kind: "resource", verb: "list", group: "", resource: "pods", namespace: "kube-system" },
  { kind: "resource", verb: "get", group: "", resource: "pods/portforward", namespace: "kube-system" },
  { kind: "resource", verb: "create", group: "", resource: "pods/portforward", namespace: "kube-system" },
];

/** One running pod a node, by node: the first by name, so that every run takes the same. */
export async function hostPods(cluster: ClusterReader): Promise<Reading<ReadonlyMap<string, string>>> {
  const found: { node: string; pod: string }[] = [];
  let misfits = 0;
  const look = (pod: unknown): void => {
    const name = textAt(pod, "metadata", "name");
    if (name === undefined) misfits += 1;
    const node = textAt(pod, "spec", "nodeName");
    if (name === undefined || node === undefined || valueAt(pod, "spec", "hostNetwork") !== true) return;
    const leaving = valueAt(pod, "metadata", "deletionTimestamp") !== undefined;
    if (textAt(pod, "status", "phase") === "Running" && !leaving) found.push({ node, pod: name });
  };
  const restart = (): void => {
    found.length = 0;
    misfits = 0;
  };
  const reading = await cluster.list("/api/v1/namespaces/kube-system/pods", { limit: 500 }, look, restart);
  if (!reading.ok) return reading;
  if (misfits > 0) return malformed(`${misfits} of the pods listed`);
  const pods = new Map<string, string>();
  for (const { node, pod } of found.sort((a, b) => inOrder(a.pod, b.pod))) if (!pods.has(node)) pods.set(node, pod);
  return read(pods);
}
