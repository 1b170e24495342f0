import type { Access } from "../access.ts";
import type { Api } from "../api.ts";
import { kubeadmConfig } from "../kubeadm-config.ts";
import { clusterAdmins, yamlStream } from "../manifests.ts";
import { waitUntil } from "../readiness.ts";
import { coreDns } from "./add-ons/coredns.ts";
import { configMap } from "./add-ons/daemons.ts";
import { kubeProxy } from "./add-ons/kube-proxy.ts";
import { policyEnforcement } from "./add-ons/policy.ts";
import { publishing } from "./add-ons/publishing.ts";
import { storage } from "./add-ons/storage.ts";
import { kubeletConfigMap } from "./kubelet-files.ts";
import type { Machine } from "./machine.ts";
import type { RealNodesOptions } from "./options.ts";
import type { Plan, PlannedNode } from "./plan.ts";
import { connectPods, podRanges } from "./pod-network.ts";
import { logsOf, nodesReady, workloadsReady } from "./settled.ts";

/** A cluster whose first API server answers. */
export interface Answering {
  readonly plan: Plan;
  readonly nodes: readonly Machine[];
  readonly api: Api;
  readonly access: Access;
  readonly options: RealNodesOptions;
  /** As `Date.now()` gives it. */
  readonly deadline: number;
}

/** Installs what kubeadm and an administrator would, connects the pods, and waits until all of it is ready. */
export async function fillCluster({ plan, nodes, api, access, options, deadline }: Answering): Promise<void> {
  const logs = logsOf(nodes);
  const objects = [
    clusterAdmins,
    kubeadmConfig({ options: plan.controlPlane }),
    configMap("kubelet-config", { kubelet: kubeletConfigMap(plan, options.kubelet ?? {}) }),
    ...kubeProxy(plan),
    ...coreDns(plan),
    ...((options.policy ?? true) ? policyEnforcement() : []),
    ...publishing(plan, options.publishing ?? "none"),
    ...storage(options.storage ?? "both"),
  ];
  await access.apply(yamlStream(objects));
  let ranges: ReadonlyMap<string, readonly string[]> | undefined;
  const haveRanges = async () => {
    ranges = await podRanges(api, nodes.length);
    return ranges !== undefined;
  };
  await waitUntil("every node is registered and has pod ranges", haveRanges, logs, deadline);
  await connectPods(nodes, ranges ?? new Map());
  await Promise.all(plan.controlPlanes.map((node) => labelControlPlane(api, node)));
  await waitUntil("every node is Ready", nodesReady(api, nodes.length), logs, deadline);
  await waitUntil("every system pod is ready", workloadsReady(api, plan), logs, deadline);
}

/** A kubelet may not give itself a role. */
async function labelControlPlane(api: Api, { name }: PlannedNode): Promise<void> {
  const labels = {
    "node-role.kubernetes.io/control-plane": "",
    "node.kubernetes.io/exclude-from-external-load-balancers": "",
  };
  await api.json("PATCH", `/api/v1/nodes/${name}`, { metadata: { labels } }, "application/merge-patch+json");
}
