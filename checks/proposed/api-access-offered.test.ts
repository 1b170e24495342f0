import { accessListOf, apiAccess, apiBalancer } from "../../tests/support/access-facts.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { apiAccessOffered } from "./api-access-offered.ts";

describeCheck(
  apiAccessOffered,
  ["pass", "undetermined"],
  [
    { name: "a list is in effect", facts: apiAccess(), outcome: "pass" },
    {
      name: "none is written",
      facts: apiAccess({ written: null, applied: null }),
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "one is written and not applied",
      facts: apiAccess({ notApplied: 1 }),
      outcome: "undetermined",
    },
    { name: "ovn", facts: apiAccess({ provider: "ovn" }), outcome: "undetermined" },
    {
      name: "no management view: a list at Octavia",
      facts: apiBalancer("amphora", accessListOf(2)),
      outcome: "pass",
    },
    { name: "no management view: no list at Octavia", facts: apiBalancer("amphora", null), outcome: "undetermined" },
    { name: "no management view: a list at ovn", facts: apiBalancer("ovn", accessListOf(2)), outcome: "undetermined" },
    {
      name: "no management view: a list that cannot be read",
      facts: apiBalancer("amphora", accessListOf(0, [], 1)),
      outcome: "undetermined",
    },
  ],
);
