import { describeCheck } from "../../tests/support/check-table.ts";
import { certificate } from "../../tests/support/facts.ts";
import { caRenewal } from "./ca-renewal.ts";

// as of 2026-11-23T10:00:00Z
const until = (notAfter: string) => certificate("2020-01-01T00:00:00Z", notAfter, { ca: true });

describeCheck(
  caRenewal,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "years to go",
      facts: { "kube/cluster-ca": { clusterCa: [until("2036-01-01T00:00:00Z")] } },
      outcome: "pass",
    },
    {
      name: "exactly the days asked for",
      facts: { "kube/cluster-ca": { clusterCa: [until("2027-02-21T10:00:00Z")] } },
      outcome: "pass",
      observed: { remainingDays: { "cluster CA": 90 } },
    },
    {
      name: "old and new together: renewal under way",
      facts: { "kube/cluster-ca": { clusterCa: [until("2026-12-01T00:00:00Z"), until("2036-01-01T00:00:00Z")] } },
      outcome: "pass",
    },
    {
      name: "a month left",
      facts: { "kube/cluster-ca": { clusterCa: [until("2026-12-23T00:00:00Z")] } },
      outcome: "fail",
      findings: ["ca-close-to-end"],
    },
    { name: "ended", facts: { "kube/cluster-ca": { clusterCa: [until("2026-01-01T00:00:00Z")] } }, outcome: "fail" },
    {
      name: "the front proxy's is the short one",
      facts: {
        "kube/cluster-ca": {
          clusterCa: [until("2036-01-01T00:00:00Z")],
          clientCa: [until("2036-01-01T00:00:00Z")],
          frontProxyCa: [until("2026-12-23T00:00:00Z")],
        },
      },
      outcome: "fail",
      because: /front-proxy CA$/,
    },
    {
      name: "fewer days asked for",
      facts: { "kube/cluster-ca": { clusterCa: [until("2026-12-23T00:00:00Z")] } },
      parameters: { minRemainingDays: 7 },
      outcome: "pass",
    },
    { name: "nothing published", facts: { "kube/cluster-ca": { clusterCa: [] } }, outcome: "undetermined" },
  ],
);
