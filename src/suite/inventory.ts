/** What of the cluster the suite's specs change outside their namespaces: looked at before and after, to tell what stayed. */
import type { ClusterReader } from "../model/cluster.ts";
import { touchedCollections } from "../model/conformance/touched-collections.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

/** `customresourcedefinitions/foos.example.com`, `nodes/worker-1: label x`; undefined for what could not be looked at. */
export type Inventory = ReadonlyMap<string, ReadonlySet<string> | undefined>;

export async function takeInventory(cluster: ClusterReader): Promise<Inventory> {
  const all = new Map<string, ReadonlySet<string> | undefined>();
  for (const [group, version, resource] of touchedCollections) {
    all.set(resource, await listed(cluster, `/apis/${group}/${version}/${resource}`, true, ({ name }) => [text(name)]));
  }
  all.set("nodes", await listed(cluster, "/api/v1/nodes", false, marksOf));
  return all;
}

/** What came and is still there, but for what bears the run's name. Whose it is nothing proves. */
export function newcomers(before: Inventory, after: Inventory, run: string): readonly string[] {
  return [...after].flatMap(([resource, names]) => {
    const known = before.get(resource);
    if (names === undefined || known === undefined) return [];
    return [...names].filter((name) => !known.has(name) && !name.includes(run)).map((name) => `${resource}/${name}`);
  });
}

async function listed(
  cluster: ClusterReader,
  path: string,
  metadataOnly: boolean,
  namesOf: (metadata: JsonObject, object: JsonObject) => readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  let names = new Set<string>();
  const reading = await cluster.list(
    path,
    { metadataOnly },
    (object) => {
      if (!isJsonObject(object) || !isJsonObject(object.metadata)) return;
      for (const name of namesOf(object.metadata, object)) names.add(name);
    },
    () => {
      names = new Set();
    },
  );
  return reading.ok ? names : undefined;
}

/** Labels and taints that a node bears. */
function marksOf({ name, labels }: JsonObject, { spec }: JsonObject): readonly string[] {
  const taints = isJsonObject(spec) && Array.isArray(spec.taints) ? spec.taints.filter(isJsonObject) : [];
  const node = text(name);
  return [
    ...(isJsonObject(labels) ? Object.keys(labels).map((key) => `${node}: label ${text(key)}`) : []),
    ...taints.map(({ key, effect }) => `${node}: taint ${text(key)}:${text(effect)}`),
  ];
}

const text = (value: Json | undefined): string =>
  typeof value === "string" ? value.replace(/[^!-~]+/g, "?").slice(0, 253) : "?";
