import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { standardFlavorsRemediation } from "../../src/model/flavors/flavors-remediation.ts";
import { StandardFlavor } from "../../src/model/flavors/standard-flavor.ts";
import { differenceFinding, standardFlavorsIn } from "../../src/model/flavors/standard-flavors-in.ts";

const specs = {
  fact: "cloud/flavors",
  reason: "not-visible",
  resolve: "a user to whom Nova shows extra specs",
} as const;

export const flavorProperties = defineCheck({
  id: "scs-0103/flavor-properties",
  title: {
    pass: "The standard flavors that the cloud offers have the properties that follow from their names",
    fail: "A standard flavor lacks a property, or has another one than its name says",
  },
  why: "Programs find flavors by their properties, whatever the flavors are called.",
  looksAt:
    "The extra specs scs:cpu-type, scs:disk0-type, scs:name-v1 and scs:name-v2 of every public flavor that has a name of the table in scs-0103-v1, or says so in scs:name-v2.",
  needs: { all: ["cloud/flavors"] },
  parameters: Type.Object({
    flavors: Type.Array(StandardFlavor, { default: [], description: "the table of standard flavors" }),
  }),
  remediation: standardFlavorsRemediation,
  accepted: [
    "A disk whose kind the name leaves open should have some scs:disk0-type; upstream's checker lets it be without, so it is a finding and no failure.",
  ],
  evaluate({ facts, parameters }) {
    const offered = standardFlavorsIn(parameters.flavors, facts["cloud/flavors"]);
    const hidden = offered.filter(({ properties }) => properties === undefined).map(({ name }) => name);
    const observed = { standardFlavors: offered.length, withoutVisibleExtraSpecs: hidden.length };
    if (offered.length === 0) return notApplicable("The cloud offers no flavor of the table", observed);
    const wrong = nonEmpty(
      capped(
        offered.flatMap(({ name, properties = [] }) =>
          properties.map((one) => differenceFinding("property-differs", name, one)),
        ),
      ),
    );
    if (wrong) return fail(wrong[0].message, observed, wrong);
    if (hidden.length > 0)
      return undetermined(
        `Nova shows no extra specs of ${counted(hidden.length, "standard flavor")}`,
        [specs],
        observed,
      );
    const untold = capped(offered.filter(({ untoldDisk }) => untoldDisk).map(({ name }) => untoldDisk(name)));
    return pass(`${counted(offered.length, "standard flavor")} offered, each with its properties`, observed, untold);
  },
});

function untoldDisk(name: string): Finding {
  const message = `Flavor ${name} has a disk, and no scs:disk0-type says of what kind`;
  const subject = { kind: "Flavor", name };
  return { code: "disk-type-untold", subject, expected: "any type", actual: null, message };
}
