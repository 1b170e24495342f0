import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { isControlPlane, lacking, regionLabel, zoneLabel } from "../../src/model/placement/control-plane-nodes.ts";
import { topologyLabels as remediation } from "../../src/model/placement/placement-remediation.ts";

export const topologyLabels = defineCheck({
  id: "scs-0214/topology-labels",
  title: {
    pass: "Every node carries the region and zone labels",
    fail: "Nodes lack the region or zone label",
  },
  why: "The scheduler and every reader of the cluster learn from these labels where a node stands.",
  looksAt: `A value of ${regionLabel} and ${zoneLabel} on every node that the cluster shows.`,
  needs: { all: ["kube/nodes"] },
  parameters: Type.Object({}),
  remediation,
  accepted: [
    "Whether the labels are up to date cannot be seen.",
    "Where the control plane is hidden the workers' labels decide.",
  ],
  evaluate({ facts }) {
    const nodes = facts["kube/nodes"].nodes;
    if (nodes.length === 0) {
      const missing = { fact: "kube/nodes", reason: "not-visible", resolve: "a cluster with nodes" } as const;
      return undetermined("The cluster has no nodes", [missing], { nodes: 0 });
    }
    const findings = [regionLabel, zoneLabel].flatMap((label) =>
      lacking(nodes, label).map((name) => labelMissing(name, label)),
    );
    const lackingNodes = new Set(findings.map(({ subject }) => subject.name)).size;
    const controlPlaneNodes = nodes.filter(isControlPlane).length;
    const observed = { nodes: nodes.length, controlPlaneNodes, nodesLackingLabels: lackingNodes };
    const missing = nonEmpty(capped(findings));
    if (missing)
      return fail(
        `${counted(lackingNodes, "node")} of ${nodes.length} lack the region or zone label`,
        observed,
        missing,
      );
    const seen =
      controlPlaneNodes === 0
        ? "all of them workers; the control plane is not visible"
        : `${controlPlaneNodes} of them control plane`;
    return pass(`All ${nodes.length} nodes carry the region and zone labels, ${seen}`, observed);
  },
});

function labelMissing(name: string, label: string): Finding {
  const message = `The node carries no value of ${label}`;
  return { code: "label-missing", subject: { kind: "Node", name }, expected: label, actual: "", message };
}
