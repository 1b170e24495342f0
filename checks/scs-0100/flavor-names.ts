import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { capped, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { nodeFlavors } from "../../src/model/flavors/instance-types.ts";
import { offerOf } from "../../src/model/flavors/offer-names.ts";

export const flavorNames = defineCheck({
  id: "scs-0100/flavor-names",
  title: {
    pass: "The flavor names that begin with SCS- follow the syntax",
    fail: "A flavor's name begins with SCS- and does not follow the syntax",
  },
  why: "A name that looks like the standard's and is none promises what nobody can look up.",
  looksAt:
    "The instance-type label of every node and, where the cloud is given, the names of all its flavors, read by the grammar of scs-0100-v3 where they begin with SCS-.",
  needs: { all: ["kube/nodes"], uses: ["cloud/flavors"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Rename the flavor: the parts in the order of scs-0100-v3, no parts of one's own; or begin its name with something else than SCS-.",
  },
  accepted: ["Without the cloud only flavors that the cluster uses are seen, not all that the provider offers."],
  evaluate({ facts }) {
    const flavors = nodeFlavors(facts["kube/nodes"].nodes);
    const offer = offerOf(facts["cloud/flavors"]);
    const seen = [...flavors.named, ...(offer?.named.values() ?? [])].map(({ name, read }) => [name, read] as const);
    const names = [...new Map(seen)].sort(([a], [b]) => (a < b ? -1 : 1));
    const observed = {
      names: names.map(([name]) => name).slice(0, 20),
      otherInstanceTypes: flavors.others.slice(0, 20),
      ...(offer ? { flavorsOffered: offer.count } : {}),
    };
    const wrong = names.flatMap(([name, read]): readonly Finding[] => {
      if (read.kind !== "invalid") return [];
      const message = `${name} is no name of scs-0100-v3: ${read.because}`;
      const subject = { kind: "Flavor", name };
      return [{ code: "flavor-name-invalid", subject, expected: "a name of scs-0100-v3", actual: name, message }];
    });
    const violations = nonEmpty(capped(wrong));
    if (violations) return fail(violations[0].message, observed, violations);
    if (names.length > 0) return pass(`The names follow the syntax: ${named(names.map(([name]) => name))}`, observed);
    if (offer && offer.count > 0)
      return notApplicable("No flavor of the cloud has a name that begins with SCS-", observed);
    if (flavors.others.length > 0)
      return notApplicable(`The instance types do not begin with SCS-: ${named(flavors.others)}`, observed);
    const missing = { fact: "kube/nodes", reason: "not-visible", resolve: "the cloud's list of flavors" } as const;
    return undetermined("No node names its instance type", [missing], observed);
  },
});
