import { describeCheck } from "../../tests/support/check-table.ts";
import { workloadSpread } from "./workload-spread.ts";

const full = "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.";
const without = { hindrance: { by: "unschedulable", said: full } } as const;
const three = { places: 3, pods: 4, scheduled: 3, used: 3, ...without };

describeCheck(
  workloadSpread,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "three on three nodes, a fourth stays without",
      facts: { "kube/workload-spread": { nodes: three } },
      outcome: "pass",
      because: /3 pods .* were put on 3 nodes, and one more stays without$/,
    },
    {
      name: "three of many nodes",
      facts: { "kube/workload-spread": { nodes: { places: 40, pods: 3, scheduled: 3, used: 3 } } },
      outcome: "pass",
      because: /on 3 nodes$/,
    },
    {
      name: "two on one node",
      facts: { "kube/workload-spread": { nodes: { places: 2, pods: 3, scheduled: 3, used: 2 } } },
      outcome: "fail",
      findings: ["pods-put-together"],
    },
    {
      name: "one node",
      facts: { "kube/workload-spread": { nodes: { places: 1, pods: 2, scheduled: 1, used: 1, ...without } } },
      outcome: "undetermined",
      missing: ["a second node that takes pods", "a node that takes its pod"],
    },
    {
      name: "a quota of one pod",
      facts: {
        "kube/workload-spread": {
          nodes: { places: 3, pods: 1, scheduled: 1, used: 1, hindrance: { by: "quota", said: "exceeded quota" } },
        },
      },
      outcome: "undetermined",
      because: /a quota refuses it \(exceeded quota\)$/,
    },
    {
      name: "over two zones",
      facts: { "kube/workload-spread": { nodes: three, zones: { places: 2, pods: 2, scheduled: 2, used: 2 } } },
      parameters: { by: "zone" },
      outcome: "pass",
      because: /put on 2 zones$/,
    },
    {
      name: "two in one of two zones",
      facts: { "kube/workload-spread": { nodes: three, zones: { places: 2, pods: 2, scheduled: 2, used: 1 } } },
      parameters: { by: "zone" },
      outcome: "fail",
    },
    {
      name: "nodes of one zone",
      facts: { "kube/workload-spread": { nodes: three } },
      parameters: { by: "zone" },
      outcome: "undetermined",
      missing: ["nodes in a second zone, by their labels"],
    },
  ],
);
