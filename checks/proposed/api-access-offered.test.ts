import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { apiAccessOffered } from "./api-access-offered.ts";

const list = { ranges: 2, openTo: [], malformed: 0 };
const base = {
  kind: "OpenStackCluster" as const,
  apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
  loadBalancer: true,
  provider: "amphora" as const,
  floatingIp: true,
  written: list,
  applied: list,
  notApplied: 0,
};

const balancer = (
  provider: string,
  allowed: FactValues["cloud/api-load-balancer"]["listeners"][number]["allowed"],
) => ({
  "cloud/api-load-balancer": {
    provider,
    vipFamilies: ["IPv4" as const],
    floatingFamilies: ["IPv4" as const],
    listeners: [{ protocol: "TCP", enabled: true, allowed }],
  },
});

describeCheck(
  apiAccessOffered,
  ["pass", "undetermined"],
  [
    { name: "a list is in effect", facts: { "management/api-access": base }, outcome: "pass" },
    {
      name: "none is written",
      facts: { "management/api-access": { ...base, written: null, applied: null } },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "one is written and not applied",
      facts: { "management/api-access": { ...base, notApplied: 1 } },
      outcome: "undetermined",
    },
    { name: "ovn", facts: { "management/api-access": { ...base, provider: "ovn" } }, outcome: "undetermined" },
    {
      name: "no management view: a list at Octavia",
      facts: balancer("amphora", list),
      outcome: "pass",
    },
    { name: "no management view: no list at Octavia", facts: balancer("amphora", null), outcome: "undetermined" },
    { name: "no management view: a list at ovn", facts: balancer("ovn", list), outcome: "undetermined" },
    {
      name: "no management view: a list that cannot be read",
      facts: balancer("amphora", { ranges: 0, openTo: [], malformed: 1 }),
      outcome: "undetermined",
    },
  ],
);
