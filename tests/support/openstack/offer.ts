/**
 * A cloud's flavors: the table of scs-0103-v1 as it should be, and with the seven faults of upstream's file
 * Tests/testing/scs-0103-v1-flavors-wrong.yaml (SovereignCloudStack/standards 39acbd3, facts only).
 */
import { loadStandardFlavors } from "../../../src/catalogue/flavors.ts";
import type { FactValues } from "../../../src/model/facts/index.ts";
import { propertiesOf } from "../../../src/model/flavors/standard-flavor.ts";

type OfferedFlavor = FactValues["cloud/flavors"]["flavors"][number];

export const standardFlavors = loadStandardFlavors();

/** Every flavor of the table, right; `over` changes one by its name, `undefined` takes it away. */
export function standardOffer(
  over: { readonly [name: string]: Partial<OfferedFlavor> | undefined } = {},
): FactValues["cloud/flavors"] {
  const flavors = standardFlavors.flatMap(({ name, cpus, memoryMib, diskGb = 0 }): readonly OfferedFlavor[] => {
    if (name in over && over[name] === undefined) return [];
    const extraSpecs = { ...(diskGb > 0 ? { "scs:disk0-type": "network" } : {}), ...propertiesOf(name) };
    return [{ name, cpus, memoryMib, diskGb, public: true, extraSpecs, ...over[name] }];
  });
  return { flavors };
}

/** The right properties of a flavor, but for those given; `undefined` takes one away. */
export function specsOf(name: string, over: { readonly [key: string]: string | undefined } = {}) {
  const entries = Object.entries({ ...propertiesOf(name), ...over }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [key: string]: string };
}

/** By flavor: what is wrong with it. */
export const upstreamFaults = {
  "SCS-1V-4": { extraSpecs: specsOf("SCS-1V-4", { "scs:cpu-type": "crowded-core" }) },
  "SCS-2V-8": { extraSpecs: specsOf("SCS-2V-8", { "scs:name-v1": "SCS-2V-8" }) },
  "SCS-4V-16": { memoryMib: 12 * 1024 },
  "SCS-8V-32": { diskGb: 128 },
  "SCS-1V-2": { cpus: 2 },
  "SCS-2V-4-20s": { extraSpecs: specsOf("SCS-2V-4-20s", { "scs:disk0-type": undefined }) },
  "SCS-4V-16-100s": { diskGb: 10 },
} as const;
