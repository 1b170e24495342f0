import { expect, it } from "vitest";
import { describeCheck, judge } from "../../tests/support/check-table.ts";
import { nodes, region, worker, zone } from "../../tests/support/facts.ts";
import { scenario } from "../../tests/support/upstream-scenarios.ts";
import { topologyLabels } from "./topology-labels.ts";

const both = { [region]: "r", [zone]: "z" };

describeCheck(
  topologyLabels,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "success-1",
      facts: { "kube/nodes": scenario("success-1") },
      outcome: "pass",
      observed: { nodes: 6, controlPlaneNodes: 3 },
    },
    {
      name: "hosted: the workers' labels decide",
      facts: { "kube/nodes": nodes(worker("w", both)) },
      outcome: "pass",
      because: /not visible/,
    },
    {
      name: "zone missing on one",
      facts: { "kube/nodes": nodes(worker("v", both), worker("w", { [region]: "r" })) },
      outcome: "fail",
      findings: ["label-missing"],
    },
    {
      name: "region empty on one",
      facts: { "kube/nodes": nodes(worker("v", both), worker("w", { ...both, [region]: "" })) },
      outcome: "fail",
      findings: ["label-missing"],
    },
    {
      name: "kind: neither",
      facts: { "kube/nodes": nodes(worker("w")) },
      outcome: "fail",
      findings: ["label-missing", "label-missing"],
    },
    { name: "no nodes", facts: { "kube/nodes": nodes() }, outcome: "undetermined" },
  ],
);

it("stays readable with thousands of nodes", () => {
  const many = nodes(...Array.from({ length: 3000 }, (_, index) => worker(`node-${index}`)));
  const { findings, because } = judge(topologyLabels, { facts: { "kube/nodes": many } });
  expect([findings.length, findings.at(-1)?.actual, because]).toEqual([
    50,
    5951,
    "3000 nodes of 3000 lack the region or zone label",
  ]);
});
