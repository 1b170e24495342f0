import { accessListOf, apiAccess, apiBalancer } from "../../tests/support/access-facts.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { apiAccessInEffect } from "./api-access-in-effect.ts";

describeCheck(
  apiAccessInEffect,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    { name: "all of it is applied", facts: apiAccess(), outcome: "pass" },
    { name: "no list is written", facts: apiAccess({ written: null, applied: null }), outcome: "not-applicable" },
    {
      name: "the status reports none",
      facts: apiAccess({ applied: null, notApplied: 2 }),
      outcome: "fail",
      findings: ["list-not-applied"],
    },
    {
      name: "one range is not applied",
      facts: apiAccess({ notApplied: 1 }),
      outcome: "fail",
      findings: ["ranges-not-applied"],
    },
    {
      name: "what is applied lets everybody in",
      facts: apiAccess({ applied: accessListOf(3, ["IPv4"]) }),
      outcome: "fail",
      findings: ["open-to-everybody"],
    },
    {
      name: "it is written to be open",
      facts: apiAccess({ written: accessListOf(1, ["IPv4"]), applied: accessListOf(1, ["IPv4"]) }),
      outcome: "pass",
    },
    {
      name: "nothing could apply it",
      facts: apiAccess({ loadBalancer: false, applied: null, notApplied: 2 }),
      outcome: "fail",
      findings: ["no-load-balancer"],
    },
    {
      name: "ovn, whose status says so",
      facts: apiAccess({ provider: "ovn" }),
      outcome: "undetermined",
      because: /ovn cannot/,
    },
    {
      name: "a provider that nobody wrote",
      facts: {
        "management/api-access": (({ provider: _, ...rest }) => rest)(apiAccess()["management/api-access"]),
      },
      outcome: "undetermined",
      because: /which provider/,
    },
    {
      name: "nothing that can be read is written",
      facts: apiAccess({ written: accessListOf(0, [], 2), applied: null }),
      outcome: "undetermined",
    },
    {
      name: "Kamaji does not say whether it is applied",
      facts: apiAccess({ kind: "TenantControlPlane", applied: null, notApplied: 2 }),
      outcome: "undetermined",
      because: /does not say whether it is applied/,
    },
    {
      name: "another provider is written, and Octavia itself names a list",
      facts: { ...apiAccess({ provider: "other" }), ...apiBalancer("amphora", accessListOf(2)) },
      outcome: "pass",
      observed: { atOctavia: { provider: "amphora", families: ["IPv4", "IPv4"], lists: ["2 ranges"] } },
    },
    {
      name: "applied by the status, and no list at Octavia",
      facts: { ...apiAccess(), ...apiBalancer("amphora", null) },
      outcome: "fail",
      findings: ["open-at-the-balancer"],
    },
    {
      name: "applied by the status, and open to everybody at Octavia",
      facts: { ...apiAccess(), ...apiBalancer("octavia", accessListOf(2, ["IPv4"])) },
      outcome: "fail",
      findings: ["open-at-the-balancer"],
    },
    {
      name: "a list at Octavia's provider ovn, which cannot apply it",
      facts: { ...apiAccess({ provider: "other" }), ...apiBalancer("ovn", accessListOf(2)) },
      outcome: "undetermined",
    },
  ],
);
