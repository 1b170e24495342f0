import { type ControlPlane, startControlPlane } from "./control-plane.ts";
import { kubeadmConfig } from "./kubeadm-config.ts";
import { kubeletConfig } from "./kubelet-config.ts";
import { cinderStorage, clusterAdmins, ingressClass, poorUsers, systemWorkloads, yamlStream } from "./manifests.ts";
import { addMirrorPods } from "./mirror-pods.ts";
import { addNodes, type NodeSpec } from "./nodes.ts";
import type { ApiServerOptions, ControlPlaneOptions } from "./options.ts";
import { systemPodsRun, waitUntil } from "./readiness.ts";

/** The API server parameters that scs-0215-v1 wants to be set. */
export const throttlingFlags: readonly string[] = [
  "--max-requests-inflight=400",
  "--max-mutating-requests-inflight=200",
  "--min-request-timeout=1800",
];

/** The etcd parameters that scs-0215-v1 wants to be set. */
export const compactionFlags: readonly string[] = ["--auto-compaction-mode=periodic", "--auto-compaction-retention=8h"];

/** A cluster as kubeadm would have made it; see {@link kubeadmLike}. */
export interface KubeadmLikeOptions {
  /** Control-plane nodes, default 3. */
  readonly controlPlanes?: number;
  /** Default 2. */
  readonly workers?: number;
  /**
   * Default true: zones, machines of their own, default storage class, ingress class, throttling and compaction set. Else a
   * cluster with the same nodes in one zone without region, and none of these.
   */
  readonly conformant?: boolean;
  /** All control-plane nodes are one machine, by boot, machine and system id. */
  readonly oneMachine?: boolean;
  /** Real API servers; default as many as control-plane nodes. */
  readonly apiServers?: number;
  /** kwok runs what is in kube-system and keeps the nodes alive. Default false: nothing but the static pods. */
  readonly withKwok?: boolean;
  /** What the control plane is started with; replaces what `conformant` would choose. */
  readonly controlPlane?: ControlPlaneOptions;
}

/** Nodes, static pods, kubeadm-config, storage and ingress of a kubeadm cluster on OpenStack, on a real control plane. */
export async function kubeadmLike(options: KubeadmLikeOptions = {}): Promise<ControlPlane> {
  const { controlPlanes = 3, workers = 2, conformant = true, withKwok = false } = options;
  const server: ApiServerOptions = conformant ? { extraFlags: throttlingFlags, eventRateLimit: true } : {};
  const cluster = await startControlPlane({
    apiServers: Array<ApiServerOptions>(Math.max(1, options.apiServers ?? controlPlanes)).fill(server),
    dualStack: true,
    withKwok,
    ...(conformant ? { etcdExtraFlags: compactionFlags } : {}),
    ...options.controlPlane,
  });
  return filled(cluster, async () => {
    const masters = nodeSpecs("cp", 1, controlPlanes, options);
    const uids = await addNodes(cluster.api, [...masters, ...nodeSpecs("worker", controlPlanes + 1, workers, options)]);
    await addMirrorPods(
      cluster,
      masters.map(({ name }) => ({ name, uid: uids.get(name) ?? "" })),
    );
    const objects = [kubeadmConfig(cluster), kubeletConfig, clusterAdmins, ...(withKwok ? systemWorkloads : [])];
    await cluster.apply(yamlStream(conformant ? [...objects, ...cinderStorage, ingressClass] : objects));
    if (withKwok) {
      await systemPodsSettle(cluster, controlPlanes, workers);
    }
  });
}

/** Four static pods per control-plane node, kube-proxy and cilium on every node, two of CoreDNS. */
async function systemPodsSettle(cluster: ControlPlane, controlPlanes: number, workers: number): Promise<void> {
  const count = 4 * controlPlanes + 2 * (controlPlanes + workers) + 2;
  const processes = [...cluster.processes.values()];
  await waitUntil("the pods of kube-system run", systemPodsRun(cluster.api, count), processes, Date.now() + 90_000);
}

/** Nothing but the API: no nodes, no pods, no storage. */
export function bare(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  return startControlPlane(options);
}

/** Conformant but for one thing: the three control-plane nodes share one boot id, so one machine fails and all are gone. */
export function singleMachine(): Promise<ControlPlane> {
  return kubeadmLike({ oneMachine: true, apiServers: 1 });
}

/** One control-plane node whose API server has the throttling flags and EventRateLimit, and nothing else of interest. */
export function throttled(): Promise<ControlPlane> {
  return kubeadmLike({
    controlPlanes: 1,
    workers: 0,
    conformant: false,
    controlPlane: { apiServers: [{ extraFlags: throttlingFlags, eventRateLimit: true }] },
  });
}

/** Two API servers, of which only the first has the throttling flags and EventRateLimit. */
export function twoApiServersDifferentFlags(): Promise<ControlPlane> {
  const apiServers = [{ extraFlags: throttlingFlags, eventRateLimit: true }, {}];
  return kubeadmLike({ controlPlanes: 2, workers: 1, controlPlane: { apiServers } });
}

/** A hosted control plane: workers in three zones, nothing of the control plane is an object of the cluster. */
export async function hosted(): Promise<ControlPlane> {
  const cluster = await startControlPlane({ apiServers: [{ extraFlags: throttlingFlags }], dualStack: true });
  return filled(cluster, async () => {
    await addNodes(cluster.api, nodeSpecs("worker", 1, 3, {}));
    await cluster.apply(yamlStream([...cinderStorage, ingressClass]));
  });
}

/** A conformant cluster with two poor users, and their kubeconfigs. */
export interface PoorUsers {
  readonly cluster: ControlPlane;
  /** May nothing beyond what every authenticated user may. */
  readonly nobody: string;
  /** May read everything that is looked at, except nodes. */
  readonly noNodes: string;
}

export async function rbacPoor(): Promise<PoorUsers> {
  const cluster = await kubeadmLike({ apiServers: 1 });
  await filled(cluster, () => cluster.apply(yamlStream(poorUsers)));
  const [nobody, noNodes] = await Promise.all([
    cluster.serviceAccountKubeconfig("poor", "nobody"),
    cluster.serviceAccountKubeconfig("poor", "no-nodes"),
  ]);
  return { cluster, nobody, noNodes };
}

function nodeSpecs(prefix: string, firstMachine: number, count: number, options: KubeadmLikeOptions): NodeSpec[] {
  const { conformant = true, withKwok = false, oneMachine = false } = options;
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix}-${index + 1}`,
    machine: firstMachine + index,
    controlPlane: prefix === "cp",
    ...(conformant ? { region: "region-1" } : {}),
    zone: conformant ? `zone-${(index % 3) + 1}` : "zone-1",
    ...(oneMachine && prefix === "cp" ? { machineName: "the-only-machine" } : {}),
    dualStack: true,
    kwok: withKwok,
  }));
}

/** A cluster that could not be filled is stopped before the error goes on. */
async function filled(cluster: ControlPlane, fill: () => Promise<void>): Promise<ControlPlane> {
  try {
    await fill();
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}
