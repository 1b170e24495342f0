import type { ManagementApiAccessFact } from "../../src/model/facts/api-access.ts";
import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { apiAccessInEffect } from "./api-access-in-effect.ts";

const list = (ranges: number, openTo: readonly ("IPv4" | "IPv6")[] = []) => ({
  ranges,
  openTo: [...openTo],
  malformed: 0,
});
const access = (more: Partial<ManagementApiAccessFact> = {}) => ({
  "management/api-access": {
    kind: "OpenStackCluster" as const,
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    loadBalancer: true,
    provider: "amphora" as const,
    floatingIp: true,
    written: list(2),
    applied: list(3),
    notApplied: 0,
    ...more,
  },
});

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
  apiAccessInEffect,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    { name: "all of it is applied", facts: access(), outcome: "pass" },
    { name: "no list is written", facts: access({ written: null, applied: null }), outcome: "not-applicable" },
    {
      name: "the status reports none",
      facts: access({ applied: null, notApplied: 2 }),
      outcome: "fail",
      findings: ["list-not-applied"],
    },
    {
      name: "one range is not applied",
      facts: access({ notApplied: 1 }),
      outcome: "fail",
      findings: ["ranges-not-applied"],
    },
    {
      name: "what is applied lets everybody in",
      facts: access({ applied: list(3, ["IPv4"]) }),
      outcome: "fail",
      findings: ["open-to-everybody"],
    },
    {
      name: "it is written to be open",
      facts: access({ written: list(1, ["IPv4"]), applied: list(1, ["IPv4"]) }),
      outcome: "pass",
    },
    {
      name: "nothing could apply it",
      facts: access({ loadBalancer: false, applied: null, notApplied: 2 }),
      outcome: "fail",
      findings: ["no-load-balancer"],
    },
    {
      name: "ovn, whose status says so",
      facts: access({ provider: "ovn" }),
      outcome: "undetermined",
      because: /ovn cannot/,
    },
    {
      name: "a provider that nobody wrote",
      facts: {
        "management/api-access": (({ provider: _, ...rest }) => rest)(access()["management/api-access"]),
      },
      outcome: "undetermined",
      because: /which provider/,
    },
    {
      name: "nothing that can be read is written",
      facts: access({ written: { ranges: 0, openTo: [], malformed: 2 }, applied: null }),
      outcome: "undetermined",
    },
    {
      name: "Kamaji does not say whether it is applied",
      facts: access({ kind: "TenantControlPlane", applied: null, notApplied: 2 }),
      outcome: "undetermined",
      because: /does not say whether it is applied/,
    },
    {
      name: "another provider is written, and Octavia itself names a list",
      facts: { ...access({ provider: "other" }), ...balancer("amphora", list(2)) },
      outcome: "pass",
      observed: { atOctavia: { provider: "amphora", families: ["IPv4", "IPv4"], lists: ["2 ranges"] } },
    },
    {
      name: "applied by the status, and no list at Octavia",
      facts: { ...access(), ...balancer("amphora", null) },
      outcome: "fail",
      findings: ["open-at-the-balancer"],
    },
    {
      name: "applied by the status, and open to everybody at Octavia",
      facts: { ...access(), ...balancer("octavia", list(2, ["IPv4"])) },
      outcome: "fail",
      findings: ["open-at-the-balancer"],
    },
    {
      name: "a list at Octavia's provider ovn, which cannot apply it",
      facts: { ...access({ provider: "other" }), ...balancer("ovn", list(2)) },
      outcome: "undetermined",
    },
  ],
);
