import { read } from "../model/fact.ts";
import type { SystemPodsFact } from "../model/facts/workloads.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed } from "./reading.ts";
import { detached, distinct, inOrder, listAt, textAt, valueAt } from "./untrusted.ts";

interface Workload {
  readonly ownerKind: string;
  readonly name: string;
  readonly images: Set<string>;
  pods: number;
  running: number;
}

export const systemPodsProbe = defineProbe({
  id: "kube/system-pods",
  title: "what runs in kube-system",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "pods", namespace: "kube-system" }],
  requests: 1,
  async collect({ cluster }) {
    const workloads = new Map<string, Workload>();
    let misfits = 0;
    const look = (pod: unknown): void => {
      if (!count(workloads, pod)) misfits += 1;
    };
    const restart = (): void => {
      workloads.clear();
      misfits = 0;
    };
    const reading = await cluster.list("/api/v1/namespaces/kube-system/pods", { limit: 500 }, look, restart);
    if (!reading.ok) return reading;
    if (misfits > 0) return malformed(`${misfits} of the pods listed`);
    const inSteadyOrder = [...workloads].sort(([a], [b]) => inOrder(a, b)).map(([, workload]) => workload);
    const summed: SystemPodsFact["workloads"] = inSteadyOrder.map((one) => ({ ...one, images: distinct(one.images) }));
    return read({ workloads: summed });
  },
});

/** Adds a pod to its workload; false when it is no pod. */
function count(workloads: Map<string, Workload>, pod: unknown): boolean {
  const podName = textAt(pod, "metadata", "name");
  if (podName === undefined) return false;
  const { ownerKind, name } = ownerOf(pod, podName);
  const key = `${ownerKind}/${name}`;
  const known = workloads.get(key);
  const workload = known ?? { ownerKind, name, images: new Set(), pods: 0, running: 0 };
  if (!known) workloads.set(key, workload);
  workload.pods += 1;
  if (textAt(pod, "status", "phase") === "Running") workload.running += 1;
  for (const container of listAt(pod, "spec", "containers")) {
    const image = repositoryOf(textAt(container, "image") ?? "");
    if (image !== "") workload.images.add(image);
  }
  return true;
}

function ownerOf(pod: unknown, podName: string): { ownerKind: string; name: string } {
  const owner = listAt(pod, "metadata", "ownerReferences").find((one) => valueAt(one, "controller") === true);
  const ownerKind = textAt(owner, "kind");
  const ownerName = textAt(owner, "name");
  if (ownerKind === undefined || ownerName === undefined) {
    const label = (key: string) => textAt(pod, "metadata", "labels", key);
    return { ownerKind: "none", name: label("app.kubernetes.io/name") ?? label("k8s-app") ?? label("app") ?? podName };
  }
  if (ownerKind === "ReplicaSet") return { ownerKind, name: detached(ownerName.replace(/-[a-z0-9]{5,10}$/, "")) };
  // Static pods are owned by their node: one workload a component, not one a node.
  const suffix = `-${ownerName}`;
  const isStatic = ownerKind === "Node" && podName.endsWith(suffix);
  return { ownerKind, name: isStatic ? detached(podName.slice(0, -suffix.length)) : ownerName };
}

/** `registry.example:5000/calico/node:v3.29@sha256:...` -> `calico/node`. */
function repositoryOf(image: string): string {
  const [path = ""] = image.split("@", 1);
  const parts = path.split("/");
  const [first = ""] = parts;
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === "localhost");
  const repository = (hasHost ? parts.slice(1) : parts).join("/").replace(/:[^:/]*$/, "");
  return detached(repository);
}
