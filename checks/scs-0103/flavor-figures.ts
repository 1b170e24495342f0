import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail, notApplicable, pass } from "../../src/model/finding.ts";
import { capped, counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { standardFlavorsRemediation } from "../../src/model/flavors/flavors-remediation.ts";
import { StandardFlavor } from "../../src/model/flavors/standard-flavor.ts";
import { differenceFinding, standardFlavorsIn } from "../../src/model/flavors/standard-flavors-in.ts";

export const flavorFigures = defineCheck({
  id: "scs-0103/flavor-figures",
  title: {
    pass: "The standard flavors that the cloud offers have exactly the figures of the table",
    fail: "A standard flavor has other figures than the table says",
  },
  why: "Who moves between clouds relies on the same flavor being the same: more is as wrong as less.",
  looksAt:
    "CPUs, memory and root disk of every public flavor that has a name of the table in scs-0103-v1, or says so in scs:name-v2.",
  needs: { all: ["cloud/flavors"] },
  parameters: Type.Object({
    flavors: Type.Array(StandardFlavor, { default: [], description: "the table of standard flavors" }),
  }),
  remediation: standardFlavorsRemediation,
  accepted: [
    "What a flavor has is what Nova's list says; a host that gives less is not seen.",
    "A flavor of another name that says by scs:name-v2 to be one of the table is held to it.",
  ],
  evaluate({ facts, parameters }) {
    const offered = standardFlavorsIn(parameters.flavors, facts["cloud/flavors"]);
    const observed = { flavors: facts["cloud/flavors"].flavors.length, standardFlavors: offered.length };
    if (offered.length === 0) return notApplicable("The cloud offers no flavor of the table", observed);
    const wrong = nonEmpty(
      capped(
        offered.flatMap(({ name, figures }) => figures.map((one) => differenceFinding("figure-differs", name, one))),
      ),
    );
    if (wrong) return fail(wrong[0].message, observed, wrong);
    return pass(`${counted(offered.length, "standard flavor")} offered, each with the figures of the table`, observed);
  },
});
