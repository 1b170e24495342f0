import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { PlatformFact } from "../model/facts/platform.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { type Seen, signs } from "./platform-signs.ts";
import { readConfigMap, rightToConfigMap } from "./system-config-map.ts";

const controlPlaneRoles = ["control-plane", "controlplane", "master"];

interface Parts {
  readonly nodes: readonly string[];
  readonly pods: boolean;
  /** One of the nodes carries what k3s or RKE2 write on their servers: those may have other names than their hosts. */
  readonly distribution: boolean;
  /** Hostnames of live API servers. */
  readonly hosts: readonly string[];
}

export const platformProbe = defineProbe({
  id: "kube/platform",
  title: "what kind of cluster this is",
  tier: "observe",
  rights: [rightToConfigMap("shoot-info")],
  requests: 1,
  after: ["kube/version", "kube/nodes", "kube/control-plane-pods", "kube/kubeadm-config", "kube/api-server-instances"],
  async collect(context) {
    const seen = await look(context);
    const parts = await controlPlaneParts(context, seen);
    const elsewhere = !parts.pods && !parts.distribution && hostsAreNoNodes(seen, parts.hosts);
    const claimed = parts.nodes.length > 0 && !elsewhere;
    const visible = parts.pods || claimed;
    const found = signs.flatMap((sign) => {
      const says = sign.onlyHidden && visible ? undefined : sign.see(seen);
      return says === undefined ? [] : [{ sign, says }];
    });
    const first = found[0]?.sign;
    const runsNowhere = seen.nodes !== undefined && seen.nodes.length > 0 && !visible;
    const name = (runsNowhere ? first?.withoutControlPlane : undefined) ?? first?.name ?? "unknown";
    // a role is a label that anybody may set: it needs an API server that is seen there
    const confirmed = parts.pods || parts.distribution || parts.nodes.some((name) => parts.hosts.includes(short(name)));
    return read({
      name,
      ...(first?.product === undefined ? {} : { product: first.product }),
      controlPlane: confirmed ? "visible" : !visible && (isHidden(name) || elsewhere) ? "hidden" : "unknown",
      signs: [...found.map(({ says }) => says), ...describe(parts, elsewhere)],
    });
  },
});

const isHidden = (name: PlatformFact["name"]): boolean => ["gardener", "hosted", "managed"].includes(name);

async function look({ cluster, fact }: ProbeContext): Promise<Seen> {
  const version = await fact("kube/version");
  const nodes = await fact("kube/nodes");
  const kubeadm = await fact("kube/kubeadm-config");
  return {
    gitVersion: version.status === "collected" ? version.value.gitVersion : undefined,
    nodes: nodes.status === "collected" ? nodes.value.nodes : undefined,
    // One that cannot be parsed is there as well.
    kubeadmConfig: kubeadm.status === "collected" || kubeadm.reason === "malformed",
    shootInfo: await hasShootInfo(cluster),
  };
}

async function hasShootInfo(cluster: ClusterReader): Promise<boolean> {
  return (await readConfigMap(cluster, "shoot-info")).ok;
}

async function controlPlaneParts({ fact }: ProbeContext, { nodes }: Seen): Promise<Parts> {
  const pods = await fact("kube/control-plane-pods");
  const leases = await fact("kube/api-server-instances");
  const live = leases.status === "collected" ? leases.value.instances.filter((instance) => instance.live) : [];
  const servers = (nodes ?? []).filter(({ roles }) => roles.some((role) => controlPlaneRoles.includes(role)));
  return {
    nodes: servers.map(({ name }) => name),
    distribution: servers.some(({ annotationKeys }) =>
      annotationKeys.some((key) => /^(k3s|rke2)\.io\/node-args$/.test(key)),
    ),
    pods: pods.status === "collected" && pods.value.pods.some(({ component }) => component === "kube-apiserver"),
    hosts: live.flatMap(({ hostname }) => (hostname === undefined ? [] : [short(hostname)])),
  };
}

/** A node may be called by its whole name where its host goes by the first part. */
const short = (name: string): string => name.split(".", 1)[0] ?? "";

/** All API servers that live run on hosts that are not among the nodes. */
function hostsAreNoNodes({ nodes }: Seen, hosts: readonly string[]): boolean {
  const names = new Set((nodes ?? []).map(({ name }) => short(name)));
  return names.size > 0 && hosts.length > 0 && hosts.every((host) => !names.has(host));
}

function describe(parts: Parts, elsewhere: boolean): string[] {
  return [
    ...(parts.nodes.length > 0 ? [`${parts.nodes.length} nodes have the role of the control plane`] : []),
    ...(parts.pods ? ["pods of the API server are visible in kube-system"] : []),
    ...(elsewhere ? ["the API servers run on hosts that are no nodes of this cluster"] : []),
  ];
}
