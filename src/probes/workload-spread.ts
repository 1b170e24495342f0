import type { ClusterActor } from "../model/acting.ts";
import { type Reading, read } from "../model/fact.ts";
import type { NodeRecord } from "../model/facts/nodes.ts";
import type { WorkloadSpreadFact } from "../model/facts/trials.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights } from "./acting/own-rights.ts";
import { type Placed, placePods } from "./acting/place-pods.ts";
import { podRequests } from "./acting/pod.ts";
import { distinct } from "./untrusted.ts";

const zoneLabel = "topology.kubernetes.io/zone";
/** Tells the pods of one trial from all others in the namespace. */
const group = "scs-conformance.example/spread";
/** Up to this many nodes one pod more than nodes is made, which has to stay without. */
const fewNodes = 5;
const mostZones = 3;

type Apart = WorkloadSpreadFact["nodes"];

export const workloadSpreadProbe = defineProbe({
  id: "kube/workload-spread",
  title: "where the scheduler puts pods that ask to be kept apart",
  tier: "active",
  rights: [...ownRights(["create", "get", "delete"], "pods"), ...ownRights(["list"], "events")],
  makes: {
    objects: { Pod: fewNodes + 1 + mostZones },
    pods: fewNodes + 1,
    cpuMillicores: podRequests.cpuMillicores * (fewNodes + 1),
    memoryMebibytes: podRequests.memoryMebibytes * (fewNodes + 1),
    seconds: 120,
  },
  requests: 30,
  after: ["kube/nodes"],
  async collect({ act, fact }): Promise<Reading<WorkloadSpreadFact>> {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable") return { ok: false, reason: nodes.reason, message: nodes.message };
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const usable = nodes.value.nodes.filter(({ ready, unschedulable }) => ready === "True" && !unschedulable);
    const byNode = await apart(act, namespace.value, usable);
    const zones = distinct(usable.flatMap(({ labels }) => labels[zoneLabel] || []));
    if (!byNode.ok || zones.length < 2) return byNode.ok ? read({ nodes: byNode.value }) : byNode;
    const byZone = await spread(act, namespace.value, usable, zones);
    return byZone.ok ? read({ nodes: byNode.value, zones: byZone.value }) : byZone;
  },
});

/** One pod more than nodes, where they are few: it has to stay without. */
async function apart(act: ClusterActor, namespace: string, usable: readonly NodeRecord[]): Promise<Reading<Apart>> {
  const pods = usable.length <= fewNodes ? usable.length + 1 : 3;
  const labels = { [group]: act.name("apart") };
  const term = { labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" };
  const spec = { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } };
  const placed = await placePods(act, namespace, { purpose: "apart", pods, labels, spec });
  return placed.ok ? read(placesOf(placed.value, usable.length, (node) => node)) : placed;
}

async function spread(
  act: ClusterActor,
  namespace: string,
  usable: readonly NodeRecord[],
  zones: readonly string[],
): Promise<Reading<Apart>> {
  const pods = Math.min(zones.length, mostZones);
  const labels = { [group]: act.name("zones") };
  const labelSelector = { matchLabels: labels };
  const constraint = { maxSkew: 1, topologyKey: zoneLabel, whenUnsatisfiable: "DoNotSchedule", labelSelector };
  const spec = { topologySpreadConstraints: [constraint] };
  const placed = await placePods(act, namespace, { purpose: "zones", pods, labels, spec });
  const zoneOf = (node: string) => usable.find(({ name }) => name === node)?.labels[zoneLabel] ?? node;
  return placed.ok ? read(placesOf(placed.value, zones.length, zoneOf)) : placed;
}

function placesOf({ pods, nodes, hindrance }: Placed, places: number, placeOf: (node: string) => string): Apart {
  const used = new Set(nodes.map(placeOf)).size;
  return { places, pods, scheduled: nodes.length, used, ...(hindrance ? { hindrance } : {}) };
}
