/** What an imitation's API serves, in the form in which each platform shows it. */
import { paths } from "../gathering.ts";
import { anyCluster, leases, node, type Objects, readyz, staticPod, storageClass } from "../stories/objects.ts";
import { kubeadmConfig } from "../stories/plane.ts";
import { type Imitation, onNodes, type ServerPlan } from "./grammar.ts";

export const at = "2026-11-23T10:00:00Z";
const [young, old] = ["2026-11-21T10:00:00Z", "2025-06-01T10:00:00Z"];
const suffixes = { k3s: "+k3s1", rke2: "+rke2r1", managed: "-eks-1a2b3c4", kubeadm: "", "cluster-api": "", hosted: "" };

export const minor = "1.36";
export const gitVersionOf = ({ release, kind }: Imitation): string =>
  `v${minor}.${release === "newest" ? 6 : 3}${suffixes[kind]}`;

export function objectsOf(imitation: Imitation): Objects {
  const since = imitation.fresh ? young : old;
  const version = gitVersionOf(imitation);
  const names = imitation.servers.map((_, index) => (onNodes(imitation) ? `cp-${index}` : `api-6c5b-${index}`));
  const first = imitation.servers[0];
  return {
    ...anyCluster(version, since, onNodes(imitation) ? names.length : 1),
    ...(imitation.leases === "all" ? withDead(leases(at, names), imitation.deadLease) : {}),
    ...(imitation.readyz ? readyz(first?.fairness !== "off") : {}),
    ...(imitation.flagz && first ? { [paths.flagz]: flagzOf(first) } : {}),
    ...(imitation.metrics && first ? { [paths.metrics]: metricsOf(first) } : {}),
    [paths.nodes]: nodesOf(imitation, names, since, version),
    [paths.pods]: podsOf(imitation, names, since),
    ...(["kubeadm", "cluster-api", "hosted"].includes(imitation.kind)
      ? { [paths.kubeadmConfig]: kubeadmConfig(version) }
      : {}),
    [paths.storageClasses]: classesOf(imitation, since),
  };
}

function withDead(given: Objects, dead: boolean): Objects {
  const list = given[paths.leases] as { metadata: { name: string }; spec: object }[];
  const [one] = list;
  if (!dead || !one) return given;
  const gone = {
    metadata: { ...one.metadata, name: "apiserver-of-yesterday" },
    spec: { ...one.spec, renewTime: "2026-11-23T09:10:00.000000Z" },
  };
  return { ...given, [paths.leases]: [...list, gone] };
}

function nodesOf(imitation: Imitation, names: readonly string[], since: string, version: string): object[] {
  const { kind, servers, workers, labelledWorkers } = imitation;
  const place = (zone: string) =>
    zone === "none" ? {} : { "topology.kubernetes.io/region": "r", "topology.kubernetes.io/zone": zone };
  const made = (name: string, labels: { readonly [key: string]: string }, annotations: object, kernel = "own") => {
    const one = node(name, since, labels, { kubeletVersion: version }) as Made;
    const bootID = kernel === "shared" ? "boot-of-all" : one.status.nodeInfo.bootID;
    const status = { ...one.status, nodeInfo: { ...one.status.nodeInfo, bootID } };
    return { ...one, metadata: { ...one.metadata, annotations: { ...signsOf(kind), ...annotations } }, status };
  };
  const own = servers.map((plan, index) => {
    const labels = {
      "node-role.kubernetes.io/control-plane": "",
      ...(kind === "k3s" || kind === "rke2" ? { "node-role.kubernetes.io/etcd": "true" } : {}),
      ...place(plan.zone),
      ...(plan.host === "none" ? {} : { "topology.openstack.org/host-id": plan.host }),
    };
    return made(names[index] ?? "", labels, nodeArgsOf(kind, plan), plan.kernel);
  });
  const others = workers.map((zone, index) => {
    const role = labelledWorkers && !onNodes(imitation) ? { "node-role.kubernetes.io/control-plane": "" } : {};
    return made(`worker-${index}`, { ...role, ...place(zone), "topology.openstack.org/host-id": `host-${index}` }, {});
  });
  return onNodes(imitation) ? [...own, ...others] : others;
}

interface Made {
  readonly metadata: object;
  readonly status: { readonly nodeInfo: { readonly bootID: string } };
}

function signsOf(kind: Imitation["kind"]): object {
  if (kind === "cluster-api") return { "cluster.x-k8s.io/machine": "m" };
  if (kind === "kubeadm" || kind === "hosted") return { "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///x" };
  return {};
}

/** Flags of the API server, as words of a command line. */
export function apiServerFlags(plan: ServerPlan): readonly (readonly [string, string])[] {
  const limit = plan.unlimited ? "0" : "800";
  return [
    ["authorization-mode", "Node,RBAC"],
    ...(plan.inflight === "none" ? [] : [["max-requests-inflight", limit] as const]),
    ...(plan.inflight === "both" ? [["max-mutating-requests-inflight", "400"] as const] : []),
    ...(plan.minTimeout ? [["min-request-timeout", "300"] as const] : []),
    ["enable-admission-plugins", plan.plugin === "none" ? "NodeRestriction" : "NodeRestriction,EventRateLimit"],
    ...(plan.plugin === "configured" ? [["admission-control-config-file", "/etc/admission.yaml"] as const] : []),
    ...(plan.fairness === "default" ? [] : [["enable-priority-and-fairness", String(plan.fairness === "on")] as const]),
  ];
}

function etcdFlags({ compaction }: ServerPlan): readonly (readonly [string, string])[] {
  if (compaction === "none") return [];
  return [
    ["auto-compaction-mode", "periodic"],
    ["auto-compaction-retention", compaction === "right" ? "8h" : "1h"],
  ];
}

/** pflag takes no next word for the value of a switch. */
const words = (flags: readonly (readonly [string, string])[], apart: boolean): string[] =>
  flags.flatMap(([name, value]) =>
    apart && !/^(true|false)$/.test(value) ? [`--${name}`, value] : [`--${name}=${value}`],
  );

function podsOf(imitation: Imitation, names: readonly string[], since: string): object[] {
  if (!["kubeadm", "cluster-api", "rke2"].includes(imitation.kind)) return [];
  return imitation.servers.flatMap((plan, index) => {
    const name = names[index] ?? "";
    const etcd = imitation.kind === "rke2" ? ["--config-file=/etcd/config"] : words(etcdFlags(plan), plan.apart);
    return [
      staticPod("kube-apiserver", name, since, ["kube-apiserver", ...words(apiServerFlags(plan), plan.apart)]),
      staticPod("kube-controller-manager", name, since, ["kube-controller-manager"]),
      staticPod("kube-scheduler", name, since, ["kube-scheduler"]),
      staticPod("etcd", name, since, ["etcd", ...etcd]),
    ];
  });
}

function nodeArgsOf(kind: Imitation["kind"], plan: ServerPlan): object {
  if (kind !== "k3s" && kind !== "rke2") return {};
  const handed = (option: string, flags: readonly (readonly [string, string])[]) =>
    flags.flatMap(([name, value]) => [`--${option}`, `${name}=${value}`]);
  const all = [...handed("kube-apiserver-arg", apiServerFlags(plan)), ...handed("etcd-arg", etcdFlags(plan))];
  return { [`${kind}.io/node-args`]: JSON.stringify(["server", "--cluster-init", ...all]) };
}

function flagzOf(plan: ServerPlan): object {
  const defaults = {
    "enable-priority-and-fairness": "true",
    "max-requests-inflight": "400",
    "max-mutating-requests-inflight": "200",
    "min-request-timeout": "1800",
    "admission-control-config-file": "",
  };
  const flags = { ...defaults, ...Object.fromEntries(apiServerFlags(plan)) };
  return { kind: "Flagz", apiVersion: "config.k8s.io/v1beta1", flags };
}

function metricsOf({ plugin }: ServerPlan): string {
  const names = ["NodeRestriction", "PodSecurity", ...(plugin === "none" ? [] : ["EventRateLimit"])];
  const metric = "apiserver_admission_controller_admission_duration_seconds_count";
  return names
    .map((name) => `${metric}{name="${name}",operation="CREATE",rejected="false",type="validate"} 12\n`)
    .join("");
}

function classesOf({ storage }: Imitation, since: string): object[] {
  const of = (provisioner: string, isDefault = true) => [storageClass("first", since, provisioner, { isDefault })];
  if (storage === "none") return [];
  if (storage === "unmarked") return of("cinder.csi.openstack.org", false);
  if (storage === "local") return of("rancher.io/local-path");
  if (storage === "unknown") return of("block.storage.example.org");
  if (storage === "network") return of("cinder.csi.openstack.org");
  const [one] = of("cinder.csi.openstack.org", false) as [{ metadata: object }];
  const annotations = { "storageclass.beta.kubernetes.io/is-default-class": "true" };
  return [{ ...one, metadata: { ...one.metadata, annotations } }];
}
