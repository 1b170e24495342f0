import { read } from "../model/fact.ts";
import type { CloudVolumeTypesFact } from "../model/facts/cloud.ts";
import { defineProbe } from "../model/probe.ts";
import { provenNodes, readerRole, reduced, unproven } from "./cloud-reading.ts";
import { distinct, inOrder, textAt } from "./untrusted.ts";

type TypeRecord = CloudVolumeTypesFact["types"][number];

export const cloudVolumeTypesProbe = defineProbe({
  id: "cloud/volume-types",
  title: "volume types that the cloud offers",
  view: "cloud",
  tier: "observe",
  rights: [],
  requests: 2,
  after: ["cloud/servers"],
  resolve: {
    "not-visible": provenNodes,
    forbidden: readerRole,
    "not-served": "Cinder in the cloud's catalogue",
  },
  async collect({ cloud, fact }) {
    const doubt = await unproven({ fact });
    if (doubt) return doubt;
    const list = await cloud.list("volume", "/types", "volume_types");
    const types = reduced(list, "Cinder", "volume types", typeRecord);
    if (!types.ok) return types;
    // 404: the cloud has no default type; without it, what a class without a type gets stays open
    const standing = await cloud.get("volume", "/types/default");
    const defaultType = standing.ok ? textAt(standing.value, "volume_type", "id") : undefined;
    return read({
      types: [...types.value].sort((a, b) => inOrder(a.name, b.name) || inOrder(a.id, b.id)),
      ...(defaultType === undefined ? {} : { defaultType }),
    });
  },
});

function typeRecord(type: unknown): TypeRecord | undefined {
  const id = textAt(type, "id");
  const name = textAt(type, "name");
  if (id === undefined || name === undefined) return undefined;
  return {
    id,
    name,
    aspects: aspectsOf(textAt(type, "description") ?? ""),
    replicationEnabled:
      textAt(type, "extra_specs", "replication_enabled")?.replace(/\s/g, "").toLowerCase() === "<is>true",
  };
}

/** `[scs:aspect1, aspect2]` at the beginning of the description. */
function aspectsOf(description: string): string[] {
  const list = /^\[scs:([a-z0-9, _-]{1,200})\]/.exec(description)?.[1] ?? "";
  return distinct(
    list
      .split(",")
      .map((aspect) => aspect.trim())
      .filter((aspect) => aspect !== ""),
  );
}
