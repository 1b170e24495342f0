import { read } from "../model/fact.ts";
import type { EtcdMetricsFact } from "../model/facts/etcd-metrics.ts";
import { isControlPlane } from "../model/placement/control-plane-nodes.ts";
import { defineProbe } from "../model/probe.ts";
import { lookAtEtcd } from "./etcd-look.ts";
import { hostPodRights, hostPods } from "./host-pods.ts";

/** kubeadm, kind and RKE2 let etcd serve its metrics there, without TLS, for its own node alone. */
const metricsPort = 2381;
const mostMembers = 15;

export const etcdMetricsProbe = defineProbe({
  id: "kube/etcd-metrics",
  title: "what etcd's members count, at two looks half a minute apart",
  tier: "system",
  rights: hostPodRights,
  requests: 4,
  after: ["kube/nodes"],
  resolve: { "not-visible": "an etcd that serves its metrics on port 2381 of its node, and a way to it" },
  async collect({ cluster, listeners, fact }) {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable") return { ok: false, reason: nodes.reason, message: "the nodes are not known" };
    const roles = nodes.value.nodes;
    const withRole = roles.filter((node) => node.roles.includes("etcd"));
    const expected = withRole.length > 0 ? withRole : roles.filter(isControlPlane);
    const pods = await hostPods(cluster);
    if (!pods.ok) return pods;
    const members: EtcdMetricsFact["members"] = [];
    const silent: string[] = [];
    for (const { name: node } of expected.slice(0, mostMembers)) {
      const pod = pods.value.get(node);
      const at = { namespace: "kube-system", pod: pod ?? "", port: metricsPort };
      const look = pod === undefined ? undefined : await lookAtEtcd(listeners, at);
      if (look && !look.ok && look.reason === "forbidden") return look;
      if (look?.ok) members.push({ node, first: look.value });
      else silent.push(node);
    }
    if (members.length === 0)
      return { ok: false, reason: "not-visible", message: "no member of etcd answers on its port for metrics" };
    const begun = performance.now();
    const again: EtcdMetricsFact["members"] = [];
    const went = await listeners.later();
    for (const member of members) {
      const pod = pods.value.get(member.node);
      const at = { namespace: "kube-system", pod: pod ?? "", port: metricsPort };
      const look = went && pod !== undefined ? await lookAtEtcd(listeners, at) : undefined;
      again.push(look?.ok ? { ...member, second: look.value } : member);
    }
    return read({ members: again, silent, secondsBetween: Math.round((performance.now() - begun) / 1000) });
  },
});
