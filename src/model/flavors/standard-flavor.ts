/** Standard flavors (scs-0103-v1, scs-0110-v1) and what a cloud's flavor of that name has to be: exactly the figures of the table. */
import { type Static, Type } from "@sinclair/typebox";
import type { CloudFlavor } from "./flavor-capacity.ts";
import { parseFlavorName } from "./flavor-name.ts";
import { flavorNameOf } from "./flavor-text.ts";

export const StandardFlavor = Type.Object(
  {
    name: Type.String({ pattern: "^SCS-" }),
    status: Type.Union([Type.Literal("mandatory"), Type.Literal("recommended")]),
    standard: Type.Union([Type.Literal("scs-0103-v1"), Type.Literal("scs-0110-v1")]),
    cpus: Type.Integer({ minimum: 1 }),
    memoryMib: Type.Integer({ minimum: 1 }),
    /** Absent: none. */
    diskGb: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type StandardFlavor = Static<typeof StandardFlavor>;

/** A cloud's flavor with its extra_specs. */
export interface OfferedFlavor extends CloudFlavor {
  readonly properties: { readonly [key: string]: string };
}

/** One figure or property that differs. `undefined` stands for a property that is not set. */
export interface Difference {
  readonly what: string;
  readonly expected: number | string | undefined;
  readonly actual: number | string | undefined;
}

const cpuTypes = { L: "crowded-core", V: "shared-core", T: "dedicated-thread", C: "dedicated-core" } as const;
const diskTypes = { n: "network", h: "hdd", s: "ssd", p: "nvme" } as const;

/**
 * Differences between the table and a cloud's flavor: more is as wrong as less, since users move between clouds. A disk whose
 * type the name leaves open may have any type, but it has to have one.
 */
export function differencesOf(standard: StandardFlavor, offered: OfferedFlavor): readonly Difference[] {
  const { properties } = offered;
  const disk = standard.diskGb ?? 0;
  const figures = [
    { what: "cpus", expected: standard.cpus, actual: offered.cpus },
    { what: "memory (MiB)", expected: standard.memoryMib, actual: offered.memoryMib },
    { what: "disk (GB)", expected: disk, actual: offered.diskGb },
  ];
  const wanted = propertiesOf(standard.name);
  const type = properties["scs:disk0-type"];
  const open = disk > 0 && wanted["scs:disk0-type"] === undefined;
  const named = ["scs:cpu-type", "scs:name-v1", "scs:name-v2", ...(open ? [] : ["scs:disk0-type"])];
  return [
    ...figures,
    ...named.map((what) => ({ what, expected: wanted[what], actual: properties[what] })),
    ...(open && type === undefined ? [{ what: "scs:disk0-type", expected: "any", actual: undefined }] : []),
  ].filter(({ expected, actual }) => expected !== actual);
}

/** The extra_specs that follow from a standard flavor's name. */
export function propertiesOf(name: string): { readonly [key: string]: string } {
  const read = parseFlavorName(name);
  if (read.kind !== "scs") return {};
  const { cpuType, disk } = read.flavor;
  const canonical = flavorNameOf(read.flavor);
  return {
    "scs:cpu-type": cpuTypes[cpuType],
    ...(disk && disk.type !== "" ? { "scs:disk0-type": diskTypes[disk.type] } : {}),
    "scs:name-v1": canonical.replaceAll("-", ":").replaceAll("_", "-").replace(":", "-"),
    "scs:name-v2": canonical,
  };
}
