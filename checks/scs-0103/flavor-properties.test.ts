import { describeCheck } from "../../tests/support/check-table.ts";
import { specsOf, standardFlavors, standardOffer, upstreamFaults } from "../../tests/support/openstack/offer.ts";
import { flavorProperties } from "./flavor-properties.ts";

const parameters = { flavors: [...standardFlavors] };

describeCheck(
  flavorProperties,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    { name: "the table", parameters, facts: { "cloud/flavors": standardOffer() }, outcome: "pass", findings: [] },
    {
      name: "upstream's wrong flavors: type of CPU, name of v1, type of disk",
      parameters,
      facts: { "cloud/flavors": standardOffer(upstreamFaults) },
      outcome: "fail",
      findings: ["property-differs", "property-differs", "property-differs"],
      because: /^Flavor SCS-1V-4: scs:cpu-type is crowded-core, the table says shared-core$/,
    },
    {
      name: "a type of disk where there is none",
      parameters,
      facts: {
        "cloud/flavors": standardOffer({
          "SCS-1V-2": { extraSpecs: specsOf("SCS-1V-2", { "scs:disk0-type": "ssd" }) },
        }),
      },
      outcome: "fail",
      because: /scs:disk0-type is ssd, the table says not set$/,
    },
    {
      name: "a disk of a kind that nobody tells",
      parameters,
      facts: { "cloud/flavors": standardOffer({ "SCS-2V-4-10": { extraSpecs: specsOf("SCS-2V-4-10") } }) },
      outcome: "pass",
      findings: ["disk-type-untold"],
    },
    {
      name: "hidden extra specs, and one that is wrong",
      parameters,
      facts: { "cloud/flavors": standardOffer({ "SCS-1V-2": { extraSpecs: {} } }) },
      outcome: "fail",
    },
    {
      name: "extra specs that Nova does not show",
      parameters,
      facts: {
        "cloud/flavors": {
          flavors: standardOffer().flavors.map(({ extraSpecs: _, ...flavor }) => flavor),
        },
      },
      outcome: "undetermined",
      missing: ["a user to whom Nova shows extra specs"],
    },
    { name: "no flavor at all", parameters, facts: { "cloud/flavors": { flavors: [] } }, outcome: "not-applicable" },
  ],
);
