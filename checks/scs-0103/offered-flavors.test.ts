import { describeCheck } from "../../tests/support/check-table.ts";
import { standardFlavors, standardOffer } from "../../tests/support/openstack/offer.ts";
import { offeredFlavors } from "./offered-flavors.ts";

const flavors = [...standardFlavors];
const without = (...names: string[]) => ({
  "cloud/flavors": standardOffer(Object.fromEntries(names.map((name) => [name, undefined]))),
});

describeCheck(
  offeredFlavors,
  ["pass", "fail", "undetermined"],
  [
    { name: "all of them", parameters: { flavors }, facts: without(), outcome: "pass", observed: { offered: 31 } },
    {
      name: "recommended ones missing",
      parameters: { flavors },
      facts: without("SCS-1L-1-5"),
      outcome: "pass",
      because: /^All 15 mandatory flavors are offered; recommended ones that are not: SCS-1L-1-5$/,
    },
    {
      name: "mandatory ones missing",
      parameters: { flavors },
      facts: without("SCS-2V-4-20s", "SCS-1L-1"),
      outcome: "fail",
      findings: ["flavor-not-offered", "flavor-not-offered"],
    },
    {
      name: "those with a local SSD alone",
      parameters: { flavors, standard: "scs-0110-v1" },
      facts: without("SCS-1L-1"),
      outcome: "pass",
      because: /^All 2 mandatory flavors are offered$/,
    },
    {
      name: "one of those with a local SSD missing",
      parameters: { flavors, standard: "scs-0110-v1" },
      facts: without("SCS-4V-16-100s"),
      outcome: "fail",
      because: /^Not offered: SCS-4V-16-100s$/,
    },
    {
      name: "only for some projects",
      parameters: { flavors },
      facts: { "cloud/flavors": standardOffer({ "SCS-1V-2": { public: false } }) },
      outcome: "fail",
    },
    {
      name: "a list without any flavor",
      parameters: { flavors },
      facts: { "cloud/flavors": { flavors: [] } },
      outcome: "undetermined",
    },
    { name: "without a table nothing passes", facts: without(), outcome: "undetermined" },
  ],
);
