import { read } from "../model/fact.ts";
import type { CloudFlavorsFact } from "../model/facts/cloud.ts";
import { defineProbe } from "../model/probe.ts";
import { amountAt, provenNodes, readerRole, reduced, scsSpecs, unproven } from "./cloud-reading.ts";
import { inOrder, textAt, valueAt } from "./untrusted.ts";

type FlavorRecord = CloudFlavorsFact["flavors"][number];

/** Extra specs stand beside the flavor since 2.61 (Nova REST API version history). */
const microversion = "2.61";

export const cloudFlavorsProbe = defineProbe({
  id: "cloud/flavors",
  title: "flavors that the cloud offers",
  view: "cloud",
  tier: "observe",
  rights: [],
  requests: 1,
  after: ["cloud/servers"],
  resolve: {
    "not-visible": provenNodes,
    forbidden: readerRole,
    "not-served": "Nova of OpenStack Rocky or newer in the catalogue",
  },
  async collect({ cloud, fact }) {
    const doubt = await unproven({ fact });
    if (doubt) return doubt;
    const list = await cloud.list("compute", "/flavors/detail", "flavors", { microversion });
    const flavors = reduced(list, "Nova", "flavors", flavorRecord);
    if (!flavors.ok) return flavors;
    return read({ flavors: [...flavors.value].sort((a, b) => inOrder(a.name, b.name)) });
  },
});

function flavorRecord(flavor: unknown): FlavorRecord | undefined {
  const name = textAt(flavor, "name");
  const [cpus, memoryMib, diskGb] = ["vcpus", "ram", "disk"].map((key) => amountAt(flavor, key));
  if (name === undefined || cpus === undefined || memoryMib === undefined || diskGb === undefined) return undefined;
  const extraSpecs = scsSpecs(valueAt(flavor, "extra_specs"));
  return {
    name,
    cpus,
    memoryMib,
    diskGb,
    public: valueAt(flavor, "os-flavor-access:is_public") !== false,
    ...(extraSpecs === undefined ? {} : { extraSpecs }),
  };
}
