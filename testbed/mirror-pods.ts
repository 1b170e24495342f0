import type { Api } from "./api.ts";
import type { ControlPlane } from "./control-plane.ts";
import { network } from "./options.ts";
import { kubernetesVersion } from "./recipe.ts";

/** A control-plane node that exists, in the order of the API servers (the last server stands in for further nodes). */
export interface ControlPlaneNode {
  readonly name: string;
  readonly uid: string;
}

const images: Readonly<Record<string, string>> = { etcd: "etcd:3.6.16-0" };

/**
 * Creates in kube-system the pods that the kubelets of a kubeadm control plane would show: etcd, API server,
 * controller-manager and scheduler per node, with the flags of the processes that really run. Files appear where kubeadm
 * has them.
 */
export async function addMirrorPods(cluster: ControlPlane, nodes: readonly ControlPlaneNode[]): Promise<void> {
  const pods = nodes.flatMap((node, index) => {
    const server = cluster.servers[Math.min(index, cluster.servers.length - 1)] ?? cluster.servers[0];
    const shown = [
      ["etcd", cluster.processes.get("etcd")],
      ["kube-apiserver", server.process],
      ["kube-controller-manager", cluster.processes.get("kube-controller-manager")],
      ["kube-scheduler", cluster.processes.get("kube-scheduler")],
    ] as const;
    return shown.flatMap(([component, running]) =>
      running === undefined
        ? []
        : [mirrorPod(component, node, index + 1, shownCommand(component, running.command, cluster.folder))],
    );
  });
  await Promise.all(pods.map((pod) => createRunning(cluster.api, pod)));
}

/** The command as kubeadm would write it: the component's name, and its own places for the files. */
function shownCommand(component: string, command: readonly string[], folder: string): string[] {
  const flags = command.slice(1).map((flag) =>
    flag
      .replaceAll(`${folder}/pki/`, "/etc/kubernetes/pki/")
      .replaceAll(`${folder}/kube-`, "/etc/kubernetes/")
      .replaceAll(`${folder}/etcd`, "/var/lib/etcd")
      .replaceAll(`${folder}/`, "/etc/kubernetes/")
      .replace(/\.kubeconfig$/, ".conf"),
  );
  return [component, ...flags];
}

function mirrorPod(component: string, node: ControlPlaneNode, machine: number, command: readonly string[]) {
  const hash = Buffer.from(`${component}-${node.name}`).toString("hex").slice(0, 32);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `${component}-${node.name}`,
      namespace: "kube-system",
      labels: { component, tier: "control-plane" },
      annotations: {
        "kubernetes.io/config.hash": hash,
        "kubernetes.io/config.mirror": hash,
        "kubernetes.io/config.seen": new Date().toISOString(),
        "kubernetes.io/config.source": "file",
      },
      ownerReferences: [{ apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid, controller: true }],
    },
    spec: {
      nodeName: node.name,
      hostNetwork: true,
      priorityClassName: "system-node-critical",
      tolerations: [{ operator: "Exists", effect: "NoExecute" }],
      containers: [{ name: component, image: imageOf(component), command }],
    },
    status: {
      phase: "Running",
      hostIP: network.machine(machine).v4,
      podIP: network.machine(machine).v4,
      startTime: new Date().toISOString().replace(/\.\d+/, ""),
      conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({ type, status: "True" })),
      containerStatuses: [
        {
          name: component,
          image: imageOf(component),
          imageID: "",
          ready: true,
          restartCount: 0,
          state: { running: { startedAt: new Date().toISOString().replace(/\.\d+/, "") } },
        },
      ],
    },
  };
}

function imageOf(component: string): string {
  return `registry.invalid/${images[component] ?? `${component}:${kubernetesVersion}`}`;
}

/** The API server creates every pod as Pending, so the status follows. */
async function createRunning(api: Api, pod: ReturnType<typeof mirrorPod>): Promise<void> {
  const place = "/api/v1/namespaces/kube-system/pods";
  await api.json("POST", place, pod);
  const status = { status: pod.status };
  await api.json("PATCH", `${place}/${pod.metadata.name}/status`, status, "application/merge-patch+json");
}
