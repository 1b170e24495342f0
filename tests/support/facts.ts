/** Small facts for tables: one line each, readable aloud. Everything not named is unremarkable. */

import type { CertificateRecord } from "../../src/model/facts/certificates.ts";
import type { ComponentFlags } from "../../src/model/facts/component-flags.ts";
import type { HindranceKind } from "../../src/model/facts/hindrance.ts";
import type { FactValues } from "../../src/model/facts/index.ts";
import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import type { MatrixStep } from "../../src/model/facts/network-paths.ts";
import type { NodeRecord } from "../../src/model/facts/nodes.ts";
import type { StorageClassRecord } from "../../src/model/facts/storage.ts";
import type { VolumeGroup, VolumeReach } from "../../src/model/facts/volumes.ts";
import { defaultShares, seatsOfDefaults } from "./default-levels.ts";

export const hostId = "topology.openstack.org/host-id";
export const legacyHostId = "topology.scs.community/host-id";
export const zone = "topology.kubernetes.io/zone";
export const region = "topology.kubernetes.io/region";

export function version(gitVersion: string): FactValues["kube/version"] {
  return { gitVersion };
}

export function identity(createdAt = "2026-11-20T10:00:00Z", uid = "uid-of-this-cluster"): FactValues["kube/identity"] {
  return { uid, createdAt };
}

/** What Sonobuoy asked these kubelets for, in a run of this cluster that ended a day after its nodes were made. */
export function givenKubelets(
  names: readonly string[],
  settings: KubeletSettings,
  clusterUid: string | null = "uid-of-this-cluster",
): Pick<FactValues, "input/node-configuration" | "kube/identity"> {
  const nodes = names.map((node) => ({ node, settings }));
  const named = clusterUid === null ? {} : { clusterUid };
  return {
    "input/node-configuration": { source: "a".repeat(64), at: "2026-11-21T10:00:00Z", ...named, nodes },
    "kube/identity": identity(),
  };
}

/** A worker, unless told otherwise; its own kernel, no topology labels. */
export function node(name: string, given: Partial<NodeRecord> = {}): NodeRecord {
  return {
    name,
    createdAt: "2026-11-20T10:00:00Z",
    roles: [],
    labels: {},
    annotationKeys: [],
    unschedulable: false,
    ready: "True",
    kubeletVersion: "v1.36.3",
    osImage: "Ubuntu 24.04",
    kernelVersion: "6.8.0",
    containerRuntimeVersion: "containerd://2.1.0",
    bootId: `boot-of-${name}`,
    machineId: `machine-of-${name}`,
    systemUuid: `system-of-${name}`,
    internalFamilies: ["IPv4"],
    externalFamilies: [],
    podCidrFamilies: ["IPv4"],
    ...given,
  };
}

export function controlPlane(name: string, labels: Record<string, string> = {}, given: Partial<NodeRecord> = {}) {
  return node(name, { roles: ["control-plane"], labels, ...given });
}

export function worker(name: string, labels: Record<string, string> = {}): NodeRecord {
  return node(name, { labels });
}

export function nodes(...list: NodeRecord[]): FactValues["kube/nodes"] {
  return { nodes: list };
}

/** `live` API servers by identity lease, and one lease of a dead one. */
export function apiServers(live: number, endpoints?: number): FactValues["kube/api-server-instances"] {
  const lease = (index: number, alive: boolean) => ({
    lease: `apiserver-${index}`,
    renewedAt: alive ? "2026-11-23T09:59:58Z" : "2026-11-23T09:30:00Z",
    live: alive,
  });
  const instances = [...Array.from({ length: live }, (_, index) => lease(index, true)), lease(live, false)];
  return { serverTime: "2026-11-23T10:00:00Z", instances, ...(endpoints === undefined ? {} : { endpoints }) };
}

export function flags(values: Record<string, string> = {}, withheld: string[] = []): ComponentFlags {
  return { values, withheld };
}

type ControlPlanePod = FactValues["kube/control-plane-pods"]["pods"][number];

export function staticPod(
  component: ControlPlanePod["component"],
  node: string,
  values: Record<string, string> = {},
  given: Partial<ControlPlanePod> = {},
): ControlPlanePod {
  const name = `${component}-${node}`;
  return { component, name, node, mirror: true, running: true, flags: flags(values), configFile: false, ...given };
}

export function staticPods(...pods: ControlPlanePod[]): FactValues["kube/control-plane-pods"] {
  return { pods };
}

/** An API server whose command line is whole: with what none starts without. */
export function apiServerPod(node: string, values: Record<string, string> = {}, withheld: string[] = []) {
  const shown = flags({ "etcd-servers": "https", ...values }, withheld);
  return staticPod("kube-apiserver", node, {}, { flags: shown });
}

type ServerNode = FactValues["kube/node-args"]["nodes"][number];

export function serverNode(distribution: ServerNode["distribution"], name: string, given: Partial<ServerNode> = {}) {
  return { node: name, distribution, options: flags(), apiServer: flags(), etcd: flags(), kubelet: flags(), ...given };
}

export function platform(
  name: FactValues["kube/platform"]["name"],
  controlPlane: FactValues["kube/platform"]["controlPlane"] = "visible",
): FactValues["kube/platform"] {
  return { name, controlPlane, signs: [`looks like ${name}`] };
}

/** A KubeadmControlPlane that is rolled out on three replicas. */
export function controlPlaneThere(
  more: Partial<FactValues["management/control-plane"]> = {},
): FactValues["management/control-plane"] {
  return {
    kind: "KubeadmControlPlane",
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    replicas: 3,
    rolledOut: true,
    apiServer: flags(),
    hidesFlags: false,
    etcd: { placement: "local", flags: flags() },
    ...more,
  };
}

/** A machine of the control plane in the management cluster. */
export function machineThere(
  node: string,
  openStack?: FactValues["management/machines"]["machines"][number]["openStack"],
  more: Partial<FactValues["management/machines"]["machines"][number]> = {},
): FactValues["management/machines"]["machines"][number] {
  const own = openStack === undefined ? {} : { openStack };
  return { ref: `machine-${node}`, node, controlPlane: true, deleting: false, ...own, ...more };
}

export function readyz(...names: string[]): FactValues["kube/readyz"] {
  return { checks: ["ping", ...names].map((name) => ({ name, ok: true })) };
}

export const fairnessHook = "poststarthook/priority-and-fairness-filter";
export const inflightHook = "poststarthook/max-in-flight-filter";

export function storageClass(name: string, given: Partial<StorageClassRecord> = {}): StorageClassRecord {
  return {
    name,
    createdAt: "2026-11-20T10:00:00Z",
    provisioner: "cinder.csi.openstack.org",
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
    parameters: {},
    withheldParameters: [],
    ...given,
  };
}

export function defaultClass(name: string, given: Partial<StorageClassRecord> = {}): StorageClassRecord {
  return storageClass(name, { defaultAnnotation: "true", ...given });
}

export function storageClasses(...classes: StorageClassRecord[]): FactValues["kube/storage-classes"] {
  return { classes };
}

/** Volumes of one class made by Cinder, bound with ReadWriteOnce, of which every node can use each. */
export function volumeGroup(
  storageClass: string,
  given: Partial<Omit<VolumeGroup, "reach">> & { reach?: Partial<VolumeReach> } = {},
): VolumeGroup {
  const { reach = { anywhere: 1 }, ...rest } = given;
  return {
    storageClass,
    provisioner: "cinder.csi.openstack.org",
    source: "csi",
    volumes: 1,
    bound: 1,
    boundAccessModes: ["ReadWriteOnce"],
    reclaimPolicies: ["Delete"],
    onOneNode: reach.one === undefined ? [] : ["pvc-1"],
    ...rest,
    reach: { anywhere: 0, all: 0, several: 0, one: 0, place: 0, none: 0, unknown: 0, ...reach },
  };
}

export function persistentVolumes(...groups: VolumeGroup[]): FactValues["kube/persistent-volumes"] {
  return { volumes: groups.reduce((sum, { volumes }) => sum + volumes, 0), nodes: 3, groups, left: 0 };
}

type Claimed = FactValues["kube/claimed-volume"];

/** The run's own volume of a class, written on one node and read on another one, gone again. */
export function claimedVolume(storageClass: string | null, given: Partial<Claimed> = {}): Claimed {
  const volume = {
    name: "pvc-of-the-run",
    provisioner: "cinder.csi.openstack.org",
    source: "csi" as const,
    accessModes: ["ReadWriteOnce"],
    reclaimPolicy: "Delete",
    reach: "anywhere" as const,
    nodes: 3,
  };
  return {
    storageClass,
    waitsForPod: true,
    bound: true,
    volume,
    write: { done: true, node: "w1" },
    elsewhere: { kept: true, node: "w2" },
    left: "nothing",
    ...given,
  };
}

/** The run's own volume, tied to the node that it was written on. */
export function tiedVolume(storageClass: string): Claimed {
  const { volume, ...rest } = claimedVolume(storageClass);
  const said = "0/3 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.";
  return {
    ...rest,
    ...(volume ? { volume: { ...volume, reach: "one" } } : {}),
    elsewhere: { hindrance: { by: "volume-affinity", said } },
    again: { kept: true, node: "w1" },
  };
}

/** A claim that was refused, or that got no volume. */
export function claimWithout(storageClass: string | null, by: HindranceKind, said = ""): Claimed {
  return { storageClass, bound: false, hindrance: { by, said }, left: "nothing" };
}

/** Nodes by name and the drivers registered on them. */
export function csiNodes(
  ...groups: readonly (readonly [drivers: string[], ...names: string[]])[]
): FactValues["kube/csi-nodes"] {
  return { groups: groups.map(([drivers, ...names]) => ({ drivers, nodes: names.length, names })) };
}

type Snapshot = FactValues["kube/etcd-snapshots"]["snapshots"][number];

/** Snapshots of k3s or RKE2 servers, newest first: when, and where they are kept. */
export function etcdSnapshots(
  ...list: [takenAt: string, place?: Snapshot["place"], given?: Partial<Snapshot>][]
): FactValues["kube/etcd-snapshots"] {
  const snapshots = list.map(([takenAt, place = "node", given = {}]) => ({
    takenAt,
    place,
    ...(place === "node" ? { node: "server-1" } : {}),
    ready: true,
    ...given,
  }));
  return { source: list.length === 0 ? "none" : "custom-resources", total: list.length, snapshots };
}

type BackupJob = FactValues["kube/backup-jobs"]["jobs"][number];

/** CronJobs that call `etcdctl snapshot save` every night, unless told otherwise. */
export function backupJobs(...list: Partial<BackupJob>[]): FactValues["kube/backup-jobs"] {
  const jobs = list.map(
    (given): BackupJob => ({
      namespace: "kube-system",
      name: "nightly",
      createdAt: "2026-10-01T00:00:00Z",
      signs: ["snapshot-save"],
      schedule: "0 3 * * *",
      suspended: false,
      ...given,
    }),
  );
  return { cronJobs: jobs.length, jobs };
}

export const unremarkableVelero: FactValues["kube/velero-backups"] = {
  installed: true,
  locations: { Available: 1 },
  activeSchedules: 1,
  backups: 7,
  completedAt: "2026-11-23T01:00:00Z",
};

type Balancers = FactValues["kube/load-balancers"]["groups"][number];

/** Groups of Services of type LoadBalancer: one each, plain, of IPv4, without an address yet. */
export function loadBalancers(...list: Partial<Balancers>[]): FactValues["kube/load-balancers"] {
  const groups = list.map(
    (given, index): Balancers => ({
      services: 1,
      families: ["IPv4"],
      plain: true,
      addresses: [],
      hostname: false,
      examples: [`shop/web-${index + 1}`],
      ...given,
    }),
  );
  return { services: groups.reduce((sum, { services }) => sum + services, 0), groups };
}

type Published = FactValues["kube/ingress-addresses"]["groups"][number];

/** Groups of Ingresses, or of what they are told to be. */
export function ingressAddresses(...list: Partial<Published>[]): FactValues["kube/ingress-addresses"] {
  const groups = list.map(
    (given): Published => ({
      kind: "Ingress",
      objects: 1,
      addresses: [],
      hostname: false,
      examples: ["shop/front"],
      ...given,
    }),
  );
  const count = (kind: Published["kind"]): number =>
    groups.filter((group) => group.kind === kind).reduce((sum, { objects }) => sum + objects, 0);
  return { ingresses: count("Ingress"), gateways: count("Gateway"), groups };
}

/** One range of Services with the families, from which the Services of every cluster have an address each. */
export function serviceRanges(
  ...families: FactValues["kube/service-ranges"]["kubernetes"]
): FactValues["kube/service-ranges"] {
  return {
    apiVersion: "networking.k8s.io/v1",
    ranges: [{ name: "kubernetes", families }],
    kubernetes: families.slice(0, 1),
    dns: [{ name: "kube-dns", families }],
  };
}

export function certificate(notBefore: string, notAfter: string, given: Partial<CertificateRecord> = {}) {
  return {
    fingerprint: "a".repeat(64),
    serial: "01",
    notBefore,
    notAfter,
    subjectRef: "name-1",
    issuerRef: "name-2",
    selfSigned: false,
    ca: false,
    keyType: "ec",
    dnsNames: 3,
    addressFamilies: [],
    ...given,
  };
}

/** Seats and shares of the priority levels of an API server that runs on the defaults, 400 and 200. */
export const defaultSeats: FactValues["kube/api-server-metrics"] = {
  series: {
    apiserver_flowcontrol_nominal_limit_seats: Object.entries(seatsOfDefaults).map(([level, value]) => ({
      labels: { priority_level: level },
      value,
    })),
  },
};

export const defaultLevels: FactValues["kube/priority-levels"] = {
  apiVersion: "flowcontrol.apiserver.k8s.io/v1",
  levels: Object.entries(defaultShares).map(([name, shares]) => ({
    name,
    uid: name,
    type: name === "exempt" ? "Exempt" : "Limited",
    shares,
  })),
};

/** Requests to etcd by upper bound in seconds, cumulative. */
export function etcdBuckets(
  counts: Record<string, number>,
  operation = "update",
): FactValues["kube/api-server-metrics"] {
  const samples = Object.entries(counts).map(([le, value]) => ({ labels: { operation, le }, value }));
  return { startedAt: "2026-11-20T10:00:00Z", series: { etcd_request_duration_seconds_bucket: samples } };
}

export function metrics(
  series: FactValues["kube/api-server-metrics"]["series"],
): FactValues["kube/api-server-metrics"] {
  return { startedAt: "2026-11-20T10:00:00Z", series };
}

/** Calls of admission plugins on a CREATE: `NodeRestriction/admit`, `PodSecurity/validate`. */
export function admissions(...calls: string[]): FactValues["kube/api-server-metrics"] {
  const samples = calls.map((call) => {
    const [name = "", type = ""] = call.split("/");
    return { labels: { name, type, operation: "CREATE", rejected: "false" }, value: 7 };
  });
  return metrics({ apiserver_admission_controller_admission_duration_seconds_count: samples });
}

type CloudServer = FactValues["cloud/servers"]["servers"][number];

/** A virtual machine behind the node of that name, booted from an image, in the project `p`. */
export function cloudServer(name: string, host: string, given: Partial<CloudServer> = {}): CloudServer {
  return {
    node: name,
    ref: `server-${name}`,
    project: "p",
    host,
    hostLabel: "absent",
    flavor: { name: "SCS-2V-4-20s", cpus: 2, memoryMib: 4096, diskGb: 20 },
    bootedFrom: "image",
    groups: [],
    bareMetal: false,
    ...given,
  };
}

export function cloudServers(...servers: CloudServer[]): FactValues["cloud/servers"] {
  return { servers, unavailable: [], nodesWithoutServer: 0 };
}

/** A step of the matrix of NetworkPolicies, as expected unless told otherwise. */
export function matrixStep(id: string, given: Partial<MatrixStep> = {}): MatrixStep {
  return { id, outcome: "as-expected", milliseconds: 900, rounds: 1, cells: [], ...given };
}

/** On two nodes and over both families. */
export function matrix(
  steps: readonly MatrixStep[],
  given: Partial<FactValues["kube/network-policy-matrix"]> = {},
): FactValues["kube/network-policy-matrix"] {
  const nodes: FactValues["kube/network-policy-matrix"]["nodes"] = [
    { peer: "near", node: 1 },
    { peer: "far", node: 2 },
  ];
  return { families: ["IPv4", "IPv6"], nodes, milliseconds: 41_000, steps: [...steps], ...given };
}

type DataPath = FactValues["kube/data-path"];

/** A way from a pod, reached over IPv4 on another node unless told otherwise. */
export function path(
  to: DataPath["paths"][number]["to"],
  given: Partial<DataPath["paths"][number]> = {},
): DataPath["paths"][number] {
  return { to, family: "IPv4", protocol: "TCP", placement: "other-node", answer: "allowed", ...given };
}

export function paths(ways: readonly DataPath["paths"][number][], given: Partial<DataPath> = {}): DataPath {
  return {
    podFamilies: ["IPv4", "IPv6"],
    serviceFamilies: ["IPv4", "IPv6"],
    paths: [...ways],
    names: [
      { written: "service", resolved: true, answer: "allowed" },
      { written: "kubernetes.default", resolved: true, answer: "allowed" },
    ],
    searchDomains: 3,
    ...given,
  };
}

type LoadBalancerTrial = FactValues["kube/load-balancer-trial"];

/** A plain Service of the run: an IPv4 address after half a minute, and it answered. Without addresses nothing can answer. */
export function loadBalancerTrial(given: Partial<LoadBalancerTrial> = {}): LoadBalancerTrial {
  const answer = given.addresses?.length === 0 ? {} : { answer: "allowed" as const };
  const addresses: LoadBalancerTrial["addresses"] = [{ family: "IPv4", scope: "global" }];
  return { addresses, hostname: false, milliseconds: 31_400, events: [], removed: true, ...answer, ...given };
}
