/** Which of a cloud's flavors are those of the table in scs-0103-v1, and what differs. */
import type { CloudFlavorsFact } from "../facts/cloud.ts";
import type { Finding } from "../finding.ts";
import { type Difference, differencesOf, type StandardFlavor } from "./standard-flavor.ts";

export interface OfferedStandardFlavor {
  readonly standard: StandardFlavor;
  /** As the cloud calls it. */
  readonly name: string;
  /** CPUs, memory, disk. */
  readonly figures: readonly Difference[];
  /** Extra specs; undefined when the cloud does not show them to this user. */
  readonly properties: readonly Difference[] | undefined;
  /** It has a disk of a kind that the name leaves open, and no extra spec tells which: upstream's checker lets it be. */
  readonly untoldDisk: boolean;
}

/** Flavors that every project may use, found by name, or by the name in `scs:name-v2`. */
export function standardFlavorsIn(
  table: readonly StandardFlavor[],
  { flavors }: CloudFlavorsFact,
): readonly OfferedStandardFlavor[] {
  const offered = flavors.filter((flavor) => flavor.public);
  return table.flatMap((standard) =>
    offered
      .filter(({ name, extraSpecs }) => name === standard.name || extraSpecs?.["scs:name-v2"] === standard.name)
      .map((flavor) => {
        const differences = differencesOf(standard, { ...flavor, properties: flavor.extraSpecs ?? {} });
        const ofProperties = differences.filter(({ what }) => what.startsWith("scs:"));
        const told = ofProperties.filter(({ expected }) => expected !== "any");
        return {
          standard,
          name: flavor.name,
          figures: differences.filter((difference) => !ofProperties.includes(difference)),
          properties: flavor.extraSpecs === undefined ? undefined : told,
          untoldDisk: flavor.extraSpecs !== undefined && told.length < ofProperties.length,
        };
      }),
  );
}

/** A difference as a finding; a property that is not set is null. */
export function differenceFinding(code: string, name: string, { what, expected, actual }: Difference): Finding {
  const found = actual === undefined ? "not set" : `${actual}`;
  const wanted = expected === undefined ? "not set" : `${expected}`;
  const message = `Flavor ${name}: ${what} is ${found}, the table says ${wanted}`;
  return { code, subject: { kind: "Flavor", name }, expected: expected ?? null, actual: actual ?? null, message };
}
