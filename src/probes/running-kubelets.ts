import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { RunningKubeletsFact } from "../model/facts/kubelet.ts";
import { kubeletConfigz } from "../model/kubelet/kubelet-configz.ts";
import { defineProbe } from "../model/probe.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";

type Kubelet = RunningKubeletsFact["kubelets"][number];

const mostNodes = 500;
/** Of a firewall that drops what it does not let through, three are enough: each takes as long as a request may. */
const mostSilent = 3;
const mostBytes = 1024 * 1024;

/** What keeps every node's kubelet from being seen, and not only this one's. */
const general: readonly UnavailableReason[] = ["forbidden", "unauthorized"];

export const runningKubeletsProbe = defineProbe({
  id: "kube/running-kubelets",
  title: "configuration that every kubelet runs with, and its read-only port, through the API server",
  tier: "system",
  rights: [{ kind: "resource", verb: "get", group: "", resource: "nodes/proxy" }],
  requests: 6,
  after: ["kube/nodes"],
  async collect({ cluster, fact }) {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable") return { ok: false, reason: nodes.reason, message: "the nodes are not known" };
    const names = nodes.value.nodes.map(({ name }) => name);
    const kubelets: Kubelet[] = [];
    let silent = 0;
    for (const name of names.slice(0, mostNodes)) {
      const settings = await settingsOf(cluster, name);
      if (!settings.ok && general.includes(settings.reason)) return settings;
      const readOnlyPort = silent < mostSilent ? await readOnlyPortOf(cluster, name) : "unknown";
      if (readOnlyPort === "silent") silent += 1;
      kubelets.push({
        node: name,
        ...(settings.ok ? { settings: settings.value } : { unseen: settings.reason }),
        readOnlyPort: readOnlyPort === "silent" ? "unknown" : readOnlyPort,
      });
    }
    return read({ kubelets, notAsked: Math.max(0, names.length - mostNodes) });
  },
});

async function settingsOf(cluster: ClusterReader, node: string): Promise<Reading<NonNullable<Kubelet["settings"]>>> {
  const answer = await cluster.get(`/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`, { maxBytes: mostBytes });
  if (!answer.ok) return answer;
  const settings = kubeletConfigz(answer.value.body);
  return settings ? read(settings) : { ok: false, reason: "malformed", message: "the kubelet's /configz is none" };
}

/** The port serves the same pods as the other one, to everybody: whoever lists some there is the kubelet. */
async function readOnlyPortOf(cluster: ClusterReader, node: string): Promise<Kubelet["readOnlyPort"] | "silent"> {
  const path = `/api/v1/nodes/http:${encodeURIComponent(node)}:10255/proxy/pods`;
  const answer = await cluster.get(path, { answers: [503] });
  if (!answer.ok) return answer.reason === "timeout" ? "silent" : "unknown";
  const { status, body } = answer.value;
  if (status === 503) return /connection refused/i.test(body) ? "refused" : "unknown";
  return /"kind"\s*:\s*"PodList"/.test(body.slice(0, 4096)) ? "open" : "unknown";
}
