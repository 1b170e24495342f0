import { read } from "../model/fact.ts";
import type { CsiNodesFact } from "../model/facts/volumes.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { detached, distinct, inOrder, listAt, textAt } from "./untrusted.ts";

const mostNames = 50;

export const csiNodesProbe = defineProbe({
  id: "kube/csi-nodes",
  title: "CSI drivers by node",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "storage.k8s.io", resource: "csinodes" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await reduceList(cluster, "/apis/storage.k8s.io/v1/csinodes", { limit: 500 }, driversOf);
    if (!reading.ok) return reading;
    const nodes = new Map<string, { readonly drivers: string[]; readonly names: string[] }>();
    for (const { name, drivers } of reading.value.items) {
      const key = JSON.stringify(drivers);
      const known = nodes.get(key);
      if (known) known.names.push(name);
      else nodes.set(key, { drivers, names: [name] });
    }
    const groups: CsiNodesFact["groups"] = [...nodes]
      .sort(([a], [b]) => inOrder(a, b))
      .map(([, { drivers, names }]) => ({
        drivers,
        nodes: names.length,
        names: names.sort(inOrder).slice(0, mostNames),
      }));
    return read({ groups });
  },
});

function driversOf(object: unknown): { readonly name: string; readonly drivers: string[] } | undefined {
  const name = textAt(object, "metadata", "name");
  if (name === undefined || name === "") return undefined;
  // `null` on a node without drivers
  const drivers = listAt(object, "spec", "drivers").map((driver) => textAt(driver, "name"));
  return { name: detached(name), drivers: distinct(drivers.filter((driver) => driver !== undefined).map(detached)) };
}
