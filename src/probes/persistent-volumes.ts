import { read } from "../model/fact.ts";
import type { VolumeGroup, VolumeReach, VolumeSource } from "../model/facts/volumes.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { keysOf, type NodeIndex, type NodeSelector, nodeSelectorOf } from "./node-affinity.ts";
import { malformed } from "./reading.ts";
import { detached, distinct, inOrder, textAt } from "./untrusted.ts";
import { modesOf, nodesBy, provisionerOf, reachOf, sourceOf } from "./volume-reach.ts";

const mostGroups = 200;
/** Different node affinities that are compared; on a cluster of local volumes there is one a node. */
const mostSelectors = 10_000;
const mostExamples = 3;

interface Group {
  readonly storageClass: string;
  readonly provisioner: string;
  readonly source: VolumeSource;
  volumes: number;
  bound: number;
  readonly modes: Set<string>;
  readonly policies: Set<string>;
  anywhere: number;
  unknown: number;
  /** By the selector's text: how many volumes have it, and the names of some. */
  readonly selectors: Map<string, { count: number; readonly names: string[] }>;
}

interface Tally {
  readonly groups: Map<string, Group>;
  readonly selectors: Map<string, NodeSelector>;
  misfits: number;
}

export const persistentVolumesProbe = defineProbe({
  id: "kube/persistent-volumes",
  title: "persistent volumes, summed up by class",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "", resource: "persistentvolumes" },
    { kind: "resource", verb: "list", group: "", resource: "nodes" },
  ],
  requests: 2,
  resolve: { forbidden: "the right to list persistentvolumes" },
  async collect({ cluster }) {
    const tally: Tally = { groups: new Map(), selectors: new Map(), misfits: 0 };
    const look = (object: unknown): void => {
      if (!count(tally, object)) tally.misfits += 1;
    };
    const restart = (): void => {
      tally.groups.clear();
      tally.selectors.clear();
      tally.misfits = 0;
    };
    const reading = await cluster.list("/api/v1/persistentvolumes", { limit: 500 }, look, restart);
    if (!reading.ok) return reading;
    if (tally.misfits > 0) return malformed(`${tally.misfits} of the volumes listed`);
    const index = await nodesFor(tally, cluster);
    const groups = [...tally.groups].sort(([a], [b]) => inOrder(a, b)).map(([, group]) => group);
    const kept = groups.slice(0, mostGroups);
    return read({
      volumes: reading.value.count,
      ...(index === undefined ? {} : { nodes: index.size }),
      groups: kept.map((group) => summary(group, tally.selectors, index)),
      left: groups.slice(mostGroups).reduce((sum, { volumes }) => sum + volumes, 0),
    });
  },
});

function count(tally: Tally, object: unknown): boolean {
  const name = textAt(object, "metadata", "name");
  if (name === undefined || name === "") return false;
  const group = groupOf(tally, object);
  group.volumes += 1;
  group.policies.add(textAt(object, "spec", "persistentVolumeReclaimPolicy") ?? "Retain");
  if (textAt(object, "status", "phase") === "Bound") {
    group.bound += 1;
    for (const mode of modesOf(object)) group.modes.add(mode);
  }
  const selector = nodeSelectorOf(object);
  if (selector === undefined) group.anywhere += 1;
  else if (selector === "unknown" || !noteSelector(tally, group, selector, name)) group.unknown += 1;
  return true;
}

function groupOf(tally: Tally, object: unknown): Group {
  const storageClass = textAt(object, "spec", "storageClassName") ?? "";
  const source = sourceOf(object);
  const provisioner = provisionerOf(object);
  const key = JSON.stringify([storageClass, provisioner, source]);
  const known = tally.groups.get(key);
  if (known) return known;
  const fresh: Group = {
    storageClass: detached(storageClass),
    provisioner: detached(provisioner),
    source,
    volumes: 0,
    bound: 0,
    modes: new Set(),
    policies: new Set(),
    anywhere: 0,
    unknown: 0,
    selectors: new Map(),
  };
  tally.groups.set(key, fresh);
  return fresh;
}

function noteSelector(tally: Tally, group: Group, selector: NodeSelector, name: string): boolean {
  const text = JSON.stringify(selector);
  if (!tally.selectors.has(text)) {
    if (tally.selectors.size >= mostSelectors) return false;
    tally.selectors.set(text, selector);
  }
  const entry = group.selectors.get(text) ?? { count: 0, names: [] };
  group.selectors.set(text, entry);
  entry.count += 1;
  if (entry.names.length < mostExamples) entry.names.push(detached(name));
  return true;
}

/** Read only when there is something to compare. */
async function nodesFor(tally: Tally, cluster: ProbeContext["cluster"]): Promise<NodeIndex | undefined> {
  if (tally.selectors.size === 0) return undefined;
  const nodes = await nodesBy(distinct([...tally.selectors.values()].flatMap(keysOf)), cluster);
  return nodes.ok ? nodes.value : undefined;
}

function summary(
  group: Group,
  selectors: ReadonlyMap<string, NodeSelector>,
  index: NodeIndex | undefined,
): VolumeGroup {
  const { storageClass, provisioner, source, volumes, bound, anywhere, unknown } = group;
  const reach: VolumeReach = { anywhere, all: 0, several: 0, one: 0, place: 0, none: 0, unknown };
  const examples: string[] = [];
  for (const [text, { count: having, names }] of group.selectors) {
    const selector = selectors.get(text);
    const found = selector && index ? reachOf(selector, index) : "unknown";
    reach[found] += having;
    if (found === "one") examples.push(...names);
  }
  return {
    storageClass,
    provisioner,
    source,
    volumes,
    bound,
    boundAccessModes: distinct(group.modes),
    reclaimPolicies: distinct(group.policies),
    reach,
    onOneNode: distinct(examples).slice(0, mostExamples),
  };
}
