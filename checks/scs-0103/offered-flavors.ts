import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { standardFlavorsRemediation } from "../../src/model/flavors/flavors-remediation.ts";
import { StandardFlavor } from "../../src/model/flavors/standard-flavor.ts";
import { standardFlavorsIn } from "../../src/model/flavors/standard-flavors-in.ts";

const list = { fact: "cloud/flavors", reason: "not-visible", resolve: "a user to whom Nova shows flavors" } as const;
const table = { fact: "cloud/flavors", reason: "not-visible", resolve: "the table of standard flavors" } as const;

export const offeredFlavors = defineCheck({
  id: "scs-0103/offered-flavors",
  title: {
    pass: "The cloud offers every mandatory flavor",
    fail: "The cloud does not offer a mandatory flavor",
  },
  why: "Who writes down SCS-2V-4 expects to get it in every cloud of the standard.",
  looksAt:
    "The public flavors of the cloud, by name or by scs:name-v2, against the mandatory ones of the table. Recommended ones that are missing are named, and change nothing.",
  needs: { all: ["cloud/flavors"] },
  parameters: Type.Object({
    flavors: Type.Array(StandardFlavor, { default: [], description: "the table of standard flavors" }),
    standard: Type.String({ default: "", description: "only those that this standard brought, such as scs-0110-v1" }),
  }),
  remediation: standardFlavorsRemediation,
  accepted: [
    "That a flavor is offered does not say that a machine of it can be had now.",
    "A flavor that only some projects may use does not count as offered.",
  ],
  evaluate({ facts, parameters }) {
    const { flavors, standard } = parameters;
    const wanted = flavors.filter((flavor) => standard === "" || flavor.standard === standard);
    const offered = new Set(standardFlavorsIn(wanted, facts["cloud/flavors"]).map((flavor) => flavor.standard.name));
    const lacking = wanted.filter(({ name }) => !offered.has(name));
    const observed = {
      flavors: facts["cloud/flavors"].flavors.length,
      offered: offered.size,
      missing: lacking.map(({ name, status }) => `${name} (${status})`),
    };
    if (wanted.length === 0) return undetermined("No table of standard flavors was given", [table], observed);
    // machines run there, so a list without any is one that is not shown
    if (observed.flavors === 0) return undetermined("The cloud shows no flavor at all", [list], observed);
    const missing = lacking.filter(({ status }) => status === "mandatory").map(({ name }) => notOffered(name));
    const recommended = lacking.filter(({ status }) => status === "recommended").map(({ name }) => name);
    const wrong = nonEmpty(capped(missing));
    if (wrong) return fail(`Not offered: ${named(missing.map(({ subject }) => subject.name))}`, observed, wrong);
    const mandatory = wanted.filter(({ status }) => status === "mandatory").length;
    const rest = recommended.length === 0 ? "" : `; recommended ones that are not: ${named(recommended)}`;
    return pass(`All ${mandatory} mandatory flavors are offered${rest}`, observed);
  },
});

function notOffered(name: string): Finding {
  const message = `The mandatory flavor ${name} is not offered`;
  return {
    code: "flavor-not-offered",
    subject: { kind: "Flavor", name },
    expected: "offered",
    actual: "missing",
    message,
  };
}
