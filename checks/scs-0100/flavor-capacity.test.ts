import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes } from "../../tests/support/facts.ts";
import { flavorCapacity } from "./flavor-capacity.ts";

const gib = 1024 ** 3;
const typed = (name: string, type: string, cpu = 2, memory = 3.75, disk = 20) =>
  node(name, {
    labels: { "node.kubernetes.io/instance-type": type },
    capacity: { cpu, memoryBytes: memory * gib, ephemeralStorageBytes: disk * gib },
  });
const old = node("old", {
  labels: { "beta.kubernetes.io/instance-type": "SCS-1V-2", "node.kubernetes.io/instance-type": "" },
  capacity: { cpu: 1, memoryBytes: 1.9 * gib },
});

describeCheck(
  flavorCapacity,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    {
      name: "as named, and more",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4-20s"), typed("b", "SCS-1L-1", 4, 15.6), old) },
      outcome: "pass",
      observed: { nodesWithScsFlavor: 3, flavors: ["SCS-1L-1", "SCS-1V-2", "SCS-2V-4-20s"] },
    },
    {
      name: "others are not judged",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4"), typed("b", "m1.small", 1, 0.4), node("c")) },
      outcome: "pass",
      observed: { otherInstanceTypes: ["m1.small"], nodesWithoutInstanceType: 1 },
    },
    {
      name: "half the memory",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4"), typed("b", "SCS-2V-8")) },
      outcome: "fail",
      findings: ["less-than-named"],
      because: /^Node b has 3840 MiB \(memory\), its flavor SCS-2V-8 says 8 GiB$/,
    },
    {
      name: "fewer CPUs, and no name of the standard",
      facts: { "kube/nodes": nodes(typed("a", "SCS-4V-4"), typed("b", "SCS-2V-4-20sn")) },
      outcome: "fail",
      findings: ["less-than-named", "flavor-name-invalid"],
    },
    {
      name: "a name that is refused, of a node that reports nothing",
      facts: { "kube/nodes": nodes(node("a", { labels: { "node.kubernetes.io/instance-type": "SCS-2C-4-n_bms_3" } })) },
      outcome: "fail",
      findings: ["flavor-name-invalid"],
    },
    {
      name: "memory that a crash kernel could explain",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4", 2, 3.5)) },
      outcome: "undetermined",
      findings: ["perhaps-less-than-named"],
      missing: ["the cloud's list of flavors"],
    },
    {
      name: "a filesystem smaller than the disk",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4-100s")) },
      outcome: "undetermined",
      findings: ["perhaps-less-than-named"],
    },
    {
      name: "nothing reported",
      facts: { "kube/nodes": nodes(node("a", { labels: { "node.kubernetes.io/instance-type": "SCS-2V-4" } })) },
      outcome: "undetermined",
      because: /did not report/,
    },
    {
      name: "instance types of another cloud",
      facts: { "kube/nodes": nodes(typed("a", "m5.large"), node("b")) },
      outcome: "not-applicable",
    },
    { name: "no labels at all", facts: { "kube/nodes": nodes(node("a")) }, outcome: "undetermined" },
  ],
);
