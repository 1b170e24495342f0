import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes } from "../../tests/support/facts.ts";
import { flavorCapacity } from "./flavor-capacity.ts";

const gib = 1024 ** 3;
const typed = (name: string, type: string, cpu = 2, memory = 3.75, disk = 20) =>
  node(name, {
    labels: { "node.kubernetes.io/instance-type": type },
    capacity: { cpu, memoryBytes: memory * gib, ephemeralStorageBytes: disk * gib },
  });
/** name, CPUs, MiB, GB */
const offer = (...list: readonly (readonly [string, number, number, number])[]): FactValues["cloud/flavors"] => ({
  flavors: list.map(([name, cpus, memoryMib, diskGb]) => ({ name, cpus, memoryMib, diskGb, public: true })),
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
    // the cloud's own list
    {
      name: "the list says that the flavor has what the node shows a little less of",
      facts: {
        "kube/nodes": nodes(typed("a", "SCS-2V-4-100s", 2, 3.5)),
        "cloud/flavors": offer(["SCS-2V-4-100s", 2, 4096, 100]),
      },
      outcome: "pass",
      because: /^All 1 nodes with an SCS flavor and all 1 SCS flavors of the cloud have/,
    },
    {
      name: "a list that says otherwise",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4")), "cloud/flavors": offer(["SCS-2V-4", 2, 3800, 0]) },
      outcome: "fail",
      findings: ["less-than-named"],
      because: /^Flavor SCS-2V-4 has 3800 MiB \(memory\), its name says 4 GiB$/,
    },
    {
      name: "a flavor that no node has",
      facts: {
        "kube/nodes": nodes(typed("a", "m1.small")),
        "cloud/flavors": offer(["SCS-4V-16-100s", 4, 16384, 10], ["m1.small", 1, 1, 0]),
      },
      outcome: "fail",
      because: /^Flavor SCS-4V-16-100s has 10 GB \(disk\)/,
    },
    {
      name: "a node below its flavor is below it, whatever the list says",
      facts: { "kube/nodes": nodes(typed("a", "SCS-4V-4")), "cloud/flavors": offer(["SCS-4V-4", 4, 4096, 0]) },
      outcome: "fail",
      because: /^Node a has 2/,
    },
    {
      name: "a name that is none in the list",
      facts: { "kube/nodes": nodes(node("a")), "cloud/flavors": offer(["SCS-2V-4-20sn", 2, 4096, 20]) },
      outcome: "fail",
      findings: ["flavor-name-invalid"],
    },
    {
      name: "the list of a cloud with other names",
      facts: { "kube/nodes": nodes(typed("a", "m1.small")), "cloud/flavors": offer(["m1.small", 1, 2048, 20]) },
      outcome: "not-applicable",
    },
  ],
);
