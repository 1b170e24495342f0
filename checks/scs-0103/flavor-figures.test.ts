import { describeCheck } from "../../tests/support/check-table.ts";
import { standardFlavors, standardOffer, upstreamFaults } from "../../tests/support/openstack/offer.ts";
import { flavorFigures } from "./flavor-figures.ts";

const parameters = { flavors: [...standardFlavors] };

describeCheck(
  flavorFigures,
  ["pass", "fail", "not-applicable"],
  [
    { name: "the table", parameters, facts: { "cloud/flavors": standardOffer() }, outcome: "pass" },
    {
      name: "upstream's wrong flavors: memory, disk, CPUs, disk",
      parameters,
      facts: { "cloud/flavors": standardOffer(upstreamFaults) },
      outcome: "fail",
      findings: ["figure-differs", "figure-differs", "figure-differs", "figure-differs"],
      because: /^Flavor SCS-4V-16: memory \(MiB\) is 12288, the table says 16384$/,
    },
    {
      name: "more is as wrong as less",
      parameters,
      facts: { "cloud/flavors": standardOffer({ "SCS-1L-1": { memoryMib: 2048 } }) },
      outcome: "fail",
    },
    {
      name: "by another name, with scs:name-v2",
      parameters,
      facts: { "cloud/flavors": standardOffer({ "SCS-1L-1": { name: "tiny", cpus: 2 } }) },
      outcome: "fail",
      because: /^Flavor tiny: cpus is 2/,
    },
    {
      name: "what only some projects may use is not judged",
      parameters,
      facts: { "cloud/flavors": standardOffer({ "SCS-1L-1": { public: false, cpus: 2 } }) },
      outcome: "pass",
    },
    {
      name: "another cloud",
      parameters,
      facts: {
        "cloud/flavors": { flavors: [{ name: "m1.small", cpus: 1, memoryMib: 2048, diskGb: 20, public: true }] },
      },
      outcome: "not-applicable",
    },
  ],
);
