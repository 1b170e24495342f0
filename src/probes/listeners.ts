import type { X509Certificate } from "node:crypto";
import { type Reading, read } from "../model/fact.ts";
import type { ListenerRecord, ListeningComponent } from "../model/facts/listeners.ts";
import type { Listener, ListenerReader, ListenerTls } from "../model/listeners.ts";
import { isControlPlane } from "../model/placement/control-plane-nodes.ts";
import { defineProbe, type Redactor } from "../model/probe.ts";
import { certificateRecord, isIssuedBy, parseBundle, parseDer } from "./certificate-record.ts";
import { readRootCa, rootCaRight } from "./cluster-ca.ts";
import { hostPodRights, hostPods } from "./host-pods.ts";

const ports: { readonly [C in ListeningComponent]: number } = {
  kubelet: 10250,
  etcd: 2379,
  "kube-controller-manager": 10257,
  "kube-scheduler": 10259,
};
const onControlPlanes: readonly ListeningComponent[] = ["etcd", "kube-controller-manager", "kube-scheduler"];
const mostNodes = 200;

interface Surroundings {
  readonly listeners: ListenerReader;
  readonly redactor: Redactor;
  readonly authorities: readonly X509Certificate[] | undefined;
}

export const listenersProbe = defineProbe({
  id: "kube/listeners",
  title: "TLS of kubelets, etcd, controller manager and scheduler, and whether kubelets answer without credentials",
  tier: "system",
  rights: [...hostPodRights, rootCaRight],
  requests: 12,
  after: ["kube/nodes"],
  resolve: { "not-visible": "a pod of kube-system on the network of a node" },
  async collect({ cluster, listeners, redactor, fact }) {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable") return { ok: false, reason: nodes.reason, message: "the nodes are not known" };
    const [pods, root] = [await hostPods(cluster), await readRootCa(cluster)];
    if (!pods.ok) return pods;
    const around = { listeners, redactor, authorities: root.ok ? parseBundle(root.value) : undefined };
    const found: ListenerRecord[] = [];
    for (const node of nodes.value.nodes.slice(0, mostNodes)) {
      const pod = pods.value.get(node.name);
      if (pod === undefined) continue;
      const served = isControlPlane(node) || node.roles.includes("etcd") ? onControlPlanes : [];
      for (const component of ["kubelet", ...served] as const) {
        const at = { namespace: "kube-system", pod, port: ports[component] };
        const record = await look(at, component, around);
        if (!record.ok && record.reason === "forbidden") return record;
        found.push({
          node: node.name,
          component,
          port: at.port,
          ...(record.ok ? record.value : { speaks: "unknown" }),
        });
      }
    }
    return found.length === 0
      ? { ok: false, reason: "not-visible", message: "no node has a pod of kube-system on its own network" }
      : read({ listeners: found });
  },
});

type Seen = Omit<ListenerRecord, "node" | "component" | "port">;

async function look(at: Listener, component: ListeningComponent, around: Surroundings): Promise<Reading<Seen>> {
  const reading = await around.listeners.handshake(at);
  if (!reading.ok) return reading;
  if (typeof reading.value === "string") return read({ speaks: reading.value });
  const shown = shownBy(reading.value, around);
  if (component !== "kubelet") return read(shown);
  return read({ ...shown, anonymous: await anonymousOf(at, around.listeners) });
}

function shownBy({ chain, clientCertificate }: ListenerTls, { redactor, authorities }: Surroundings): Seen {
  const certificates = chain.map(parseDer).filter((certificate) => certificate !== undefined);
  const [leaf] = certificates;
  const record = leaf && certificateRecord(leaf, redactor);
  return {
    speaks: "tls",
    clientCertificate: clientCertificate ?? "unknown",
    ...(record === undefined
      ? {}
      : { certificate: record, issuedByClusterCa: authorities ? isIssuedBy(certificates, authorities) : null }),
  };
}

const byStatus: { readonly [status: number]: NonNullable<Seen["anonymous"]> } = {
  200: "allowed",
  401: "rejected",
  403: "forbidden",
};

async function anonymousOf(at: Listener, listeners: ListenerReader): Promise<NonNullable<Seen["anonymous"]>> {
  const answer = await listeners.get(at, "/pods", { tls: true });
  return answer.ok ? (byStatus[answer.value.status] ?? "unknown") : "unknown";
}
