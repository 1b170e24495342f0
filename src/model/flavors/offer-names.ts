/** A cloud's own list of flavors against what their names say (scs-0100-v3). */
import type { Fact } from "../fact.ts";
import type { CloudFlavorsFact } from "../facts/cloud.ts";
import type { Finding } from "../finding.ts";
import { cloudShortfalls } from "./flavor-capacity.ts";
import { type FlavorName, parseFlavorName } from "./flavor-name.ts";

export interface OfferedName {
  readonly name: string;
  readonly read: Exclude<FlavorName, { readonly kind: "other" }>;
  /** Parts of which there is less than the name says. */
  readonly less: readonly Finding[];
}

export interface Offer {
  /** Flavors whose names begin with SCS-, by name. */
  readonly named: ReadonlyMap<string, OfferedName>;
  /** All flavors. */
  readonly count: number;
}

/** Undefined where the cloud did not show its flavors. */
export function offerOf(flavors: Fact<CloudFlavorsFact>): Offer | undefined {
  if (flavors.status === "unavailable") return undefined;
  const named = flavors.value.flavors.flatMap((flavor): readonly (readonly [string, OfferedName])[] => {
    const { name } = flavor;
    const read = parseFlavorName(name);
    if (read.kind === "other") return [];
    const shortfalls = read.kind === "invalid" ? [] : cloudShortfalls(read.flavor, flavor);
    const less = shortfalls.map(({ part, promised, found }): Finding => {
      const message = `Flavor ${name} has ${found} (${{ cpus: "CPUs", memory: "memory", disk: "disk" }[part]}), its name says ${promised}`;
      return { code: "less-than-named", subject: { kind: "Flavor", name }, expected: promised, actual: found, message };
    });
    return [[name, { name, read, less }]];
  });
  return { named: new Map(named), count: flavors.value.flavors.length };
}
