import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes } from "../../tests/support/facts.ts";
import { flavorNames } from "./flavor-names.ts";

const typed = (name: string, type: string) => node(name, { labels: { "node.kubernetes.io/instance-type": type } });
const offer = (...names: string[]) => ({
  flavors: names.map((name) => ({ name, cpus: 16, memoryMib: 65_536, diskGb: 200, public: true })),
});

describeCheck(
  flavorNames,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    {
      name: "short, long, and one that is free",
      facts: {
        "kube/nodes": nodes(typed("a", "SCS-2V-4"), typed("b", "SCS-16T-64-200s_GNa-72-24_ib"), typed("c", "m1.small")),
      },
      outcome: "pass",
      observed: { names: ["SCS-16T-64-200s_GNa-72-24_ib", "SCS-2V-4"], otherInstanceTypes: ["m1.small"] },
    },
    {
      name: "an extension of one's own, on two nodes: one flavor",
      facts: { "kube/nodes": nodes(typed("a", "SCS-2V-4_fast"), typed("b", "SCS-2V-4_fast"), typed("c", "SCS-2V-4")) },
      outcome: "fail",
      findings: ["flavor-name-invalid"],
      because: /^SCS-2V-4_fast is no name .* "_fast" at its end is not understood$/,
    },
    { name: "another cloud", facts: { "kube/nodes": nodes(typed("a", "m5.large")) }, outcome: "not-applicable" },
    { name: "no labels", facts: { "kube/nodes": nodes(node("a")) }, outcome: "undetermined" },
    {
      name: "a name in the cloud's list that no node has",
      facts: {
        "kube/nodes": nodes(typed("a", "SCS-2V-4")),
        "cloud/flavors": offer("SCS-2V-4", "SCS-2V-4-20sn", "m1.small"),
      },
      outcome: "fail",
      findings: ["flavor-name-invalid"],
    },
    {
      name: "the cloud's list where nodes name nothing",
      facts: { "kube/nodes": nodes(node("a")), "cloud/flavors": offer("SCS-2V-4", "SCS-2V:4:20s") },
      outcome: "pass",
    },
    {
      name: "a cloud without such names",
      facts: { "kube/nodes": nodes(node("a")), "cloud/flavors": offer("m1.small") },
      outcome: "not-applicable",
    },
  ],
);
