import { createHash } from "node:crypto";
import type { Api } from "./api.ts";
import { kwokAnnotation } from "./kwok.ts";
import { network } from "./options.ts";
import { kubernetesVersion } from "./recipe.ts";

/** A node as it shall appear; what is left out is made up from the name, different for every node. */
export interface NodeSpec {
  readonly name: string;
  /** Machine number, from 1: gives the addresses. */
  readonly machine: number;
  /** A control-plane node has kubeadm's role label and taint. */
  readonly controlPlane?: boolean;
  readonly region?: string;
  readonly zone?: string;
  /** Names the machine: nodes with the same one share boot, machine and system id. Default: the node's name. */
  readonly machineName?: string;
  readonly kubeletVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly dualStack?: boolean;
  readonly ready?: boolean;
  /** Whether kwok keeps it alive and runs its pods. */
  readonly kwok?: boolean;
}

const controlPlaneRole = "node-role.kubernetes.io/control-plane";

/** The complete Node object, status included, as a kubeadm cluster on OpenStack would have it. */
export function nodeObject(spec: NodeSpec): object {
  const machine = spec.machineName ?? spec.name;
  const address = network.machine(spec.machine);
  const resources = { cpu: "8", memory: "32Gi", "ephemeral-storage": "100Gi", pods: "110", "hugepages-2Mi": "0" };
  const now = new Date().toISOString().replace(/\.\d+/, "");
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: spec.name,
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": spec.name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": "SCS-8V-32-100",
        ...(spec.region ? { "topology.kubernetes.io/region": spec.region } : {}),
        ...(spec.zone ? { "topology.kubernetes.io/zone": spec.zone } : {}),
        ...(spec.controlPlane
          ? { [controlPlaneRole]: "", "node.kubernetes.io/exclude-from-external-load-balancers": "" }
          : {}),
        ...spec.labels,
      },
      annotations: {
        "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock",
        "node.alpha.kubernetes.io/ttl": "0",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
        ...(spec.kwok ? kwokAnnotation : {}),
        ...spec.annotations,
      },
    },
    spec: {
      providerID: `openstack:///${madeUpUuid(`server ${machine} ${spec.name}`)}`,
      ...(spec.controlPlane ? { taints: [{ key: controlPlaneRole, effect: "NoSchedule" }] } : {}),
    },
    status: {
      addresses: [
        { type: "InternalIP", address: address.v4 },
        ...(spec.dualStack ? [{ type: "InternalIP", address: address.v6 }] : []),
        { type: "Hostname", address: spec.name },
      ],
      capacity: resources,
      allocatable: resources,
      conditions: [
        {
          type: "Ready",
          status: (spec.ready ?? true) ? "True" : "False",
          reason: (spec.ready ?? true) ? "KubeletReady" : "KubeletNotReady",
          message: "written by the testbed",
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        },
      ],
      nodeInfo: {
        machineID: madeUpUuid(`machine ${machine}`).replaceAll("-", ""),
        systemUUID: madeUpUuid(`system ${machine}`),
        bootID: madeUpUuid(`boot ${machine}`),
        kernelVersion: "6.8.0-87-generic",
        osImage: "Ubuntu 24.04.3 LTS",
        containerRuntimeVersion: "containerd://2.1.4",
        kubeletVersion: spec.kubeletVersion ?? kubernetesVersion,
        kubeProxyVersion: "",
        operatingSystem: "linux",
        architecture: "amd64",
      },
    },
  };
}

/** Creates the nodes as objects; no kubelet stands behind them. Returns their UIDs by name. */
export async function addNodes(api: Api, specs: readonly NodeSpec[]): Promise<ReadonlyMap<string, string>> {
  const created = await Promise.all(specs.map((spec) => api.json("POST", "/api/v1/nodes", nodeObject(spec))));
  const uids = (created as { metadata: { uid: string } }[]).map((node) => node.metadata.uid);
  return new Map(specs.map((spec, index) => [spec.name, uids[index] ?? ""]));
}

/** The same for the same text. Starts with a letter: kwok writes ids into YAML without quotes, where digits become a number. */
export function madeUpUuid(text: string): string {
  const digest = createHash("sha256").update(text).digest("hex");
  const parts = [`a${digest.slice(1, 8)}`, digest.slice(8, 12), `4${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`];
  return [...parts, digest.slice(20, 32)].join("-");
}
