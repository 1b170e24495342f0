/** Objects that every cluster has, for stories whose recordings lack them. */
import { paths, served } from "../gathering.ts";

export type Objects = { readonly [path: string]: string | object };

/** What any API server shows: its version, the namespace kube-system, the address behind the Service `kubernetes`. */
export function anyCluster(gitVersion: string, createdAt: string, apiServers = 1): Objects {
  const addresses = Array.from({ length: apiServers }, (_, index) => `192.0.2.${index + 1}`);
  const objects: { [path: string]: object } = {
    [paths.version]: served(gitVersion),
    [paths.kubeSystem]: {
      metadata: { name: "kube-system", uid: "8f2c6c1e-5d1b-4c54-9f43-6a1c7d3f0b11", creationTimestamp: createdAt },
    },
    [paths.endpointSlice]: {
      addressType: "IPv4",
      endpoints: [{ addresses, conditions: { ready: true } }],
      metadata: { name: "kubernetes", namespace: "default" },
    },
    [paths.nodes]: [],
    [paths.namespaces]: ["default", "kube-node-lease", "kube-public", "kube-system"].map((name) => ({
      metadata: { name },
    })),
    [paths.signingRequests]: [],
    [paths.customResources]: [],
    [paths.ingressClasses]: [],
    [paths.csiDrivers]: [],
    [paths.csiNodes]: [],
    [paths.persistentVolumes]: [],
    [paths.cronJobs]: [],
    [paths.services]: [],
    [paths.kubernetesService]: {
      metadata: { name: "kubernetes", namespace: "default" },
      spec: { clusterIP: "10.96.0.1", clusterIPs: ["10.96.0.1"] },
    },
    [paths.systemServices]: [
      {
        metadata: { name: "kube-dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
        spec: { clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"] },
      },
    ],
    [paths.serviceRanges]: [{ metadata: { name: "kubernetes" }, spec: { cidrs: ["10.96.0.0/12"] } }],
    [paths.ingresses]: [],
    [paths.storageClasses]: [],
    [paths.pods]: [],
    [paths.leases]: [],
  };
  const minor = Number(/^v1\.(\d+)/.exec(gitVersion)?.[1]);
  return Object.fromEntries(Object.entries(objects).filter(([path]) => minor >= (servedSince[path] ?? 0)));
}

/** Minors since which an API is served in the version that is asked for. */
const servedSince: { readonly [path: string]: number } = {
  [paths.serviceRanges]: 33,
  [paths.ingresses]: 19,
  [paths.cronJobs]: 21,
  [paths.leases]: 14,
  [paths.customResources]: 16,
  [paths.csiDrivers]: 18,
  [paths.ingressClasses]: 19,
  [paths.signingRequests]: 19,
  [paths.endpointSlice]: 21,
};

/** Identity leases (KEP-1965) that were renewed 3 seconds before the clock. */
export function leases(at: string, hostnames: readonly string[]): Objects {
  const renewTime = new Date(Date.parse(at) - 3000).toISOString().replace("Z", "000Z");
  return {
    [paths.leases]: hostnames.map((hostname, index) => ({
      metadata: {
        name: `apiserver-${String(index).repeat(26)}`,
        namespace: "kube-system",
        labels: { "apiserver.kubernetes.io/identity": "kube-apiserver", "kubernetes.io/hostname": hostname },
      },
      spec: { holderIdentity: `apiserver-${index}`, leaseDurationSeconds: 3600, renewTime },
    })),
  };
}

/** `/readyz?verbose` of a healthy API server with priority and fairness, or with the in-flight limits alone. */
export function readyz(fairness = true): Objects {
  const filter = fairness ? "priority-and-fairness-filter" : "max-in-flight-filter";
  const names = ["ping", "log", "etcd", "informer-sync", "poststarthook/start-informers", `poststarthook/${filter}`];
  return { [paths.readyz]: `${names.map((name) => `[+]${name} ok`).join("\n")}\nreadyz check passed\n` };
}

export function storageClass(
  name: string,
  createdAt: string,
  provisioner: string,
  over: { readonly isDefault?: boolean; readonly parameters?: { readonly [name: string]: string } } = {},
): object {
  const { isDefault = true, parameters } = over;
  return {
    metadata: {
      name,
      creationTimestamp: createdAt,
      ...(isDefault ? { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } : {}),
    },
    provisioner,
    ...(parameters === undefined ? {} : { parameters }),
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  };
}

/** A volume as its CSI driver makes it for a claim, in one zone when it is told so. */
export function volume(name: string, storageClassName: string, driver: string, zone?: string): object {
  const terms = [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values: [zone] }] }];
  return {
    metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": driver } },
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "10Gi" },
      csi: { driver, volumeHandle: `handle-of-${name}` },
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName,
      ...(zone === undefined ? {} : { nodeAffinity: { required: { nodeSelectorTerms: terms } } }),
    },
    status: { phase: "Bound" },
  };
}

/** A node of one's own making, where no recording of the platform exists. */
export function node(
  name: string,
  createdAt: string,
  labels: { readonly [key: string]: string },
  over: { readonly kubeletVersion: string; readonly osImage?: string; readonly providerID?: string },
): object {
  const { kubeletVersion, osImage = "Ubuntu 24.04.3 LTS", providerID } = over;
  return {
    metadata: { name, creationTimestamp: createdAt, labels },
    spec: { podCIDRs: ["10.42.0.0/24"], ...(providerID === undefined ? {} : { providerID }) },
    status: {
      addresses: [{ type: "InternalIP", address: "10.8.0.7" }],
      conditions: [{ type: "Ready", status: "True" }],
      nodeInfo: {
        bootID: `boot-${name}`,
        machineID: `machine-${name}`,
        systemUUID: `system-${name}`,
        kernelVersion: "6.8.0-86-generic",
        osImage,
        containerRuntimeVersion: "containerd://2.1.4",
        kubeletVersion,
      },
    },
  };
}

/** A running static pod of the control plane, as the kubelet mirrors it. */
export function staticPod(component: string, nodeName: string, startTime: string, command: readonly string[]): object {
  return {
    metadata: {
      name: `${component}-${nodeName}`,
      namespace: "kube-system",
      labels: { component, tier: "control-plane" },
      annotations: { "kubernetes.io/config.mirror": "0f9f0f", "kubernetes.io/config.source": "file" },
    },
    spec: { nodeName, containers: [{ name: component, command }] },
    status: {
      phase: "Running",
      startTime,
      containerStatuses: [{ name: component, state: { running: { startedAt: startTime } } }],
    },
  };
}
