import { read } from "../model/fact.ts";
import type { CsiDriversFact } from "../model/facts/storage.ts";
import { defineProbe } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { distinct, inOrder, listAt, printable, textAt, valueAt } from "./untrusted.ts";

export const csiDriversProbe = defineProbe({
  id: "kube/csi-drivers",
  title: "CSI drivers",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "storage.k8s.io", resource: "csidrivers" }],
  requests: 1,
  async collect({ cluster }) {
    const reading = await reduceList(cluster, "/apis/storage.k8s.io/v1/csidrivers", { limit: 500 }, driverRecord);
    if (!reading.ok) return reading;
    return read({ drivers: [...reading.value.items].sort((a, b) => inOrder(a.name, b.name)) });
  },
});

function driverRecord(object: unknown): CsiDriversFact["drivers"][number] | undefined {
  const name = textAt(object, "metadata", "name");
  if (name === undefined) return undefined;
  const modes = listAt(object, "spec", "volumeLifecycleModes").map(printable);
  // Both are defaulted by the API server; a driver needs attaching unless it says otherwise.
  return {
    name,
    attachRequired: valueAt(object, "spec", "attachRequired") !== false,
    lifecycleModes: distinct(modes.filter((mode) => mode !== undefined)),
  };
}
