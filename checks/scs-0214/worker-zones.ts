import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { NodeRecord } from "../../src/model/facts/nodes.ts";
import { type CheckResult, notApplicable, undetermined } from "../../src/model/finding.ts";
import { isControlPlane } from "../../src/model/placement/control-plane-nodes.ts";
import { workerPlacement } from "../../src/model/placement/placement-remediation.ts";
import { judgeZones } from "../../src/model/placement/zone-spread.ts";

export const workerZones = defineCheck({
  id: "scs-0214/worker-zones",
  title: {
    pass: "The worker nodes stand in several failure zones",
    fail: "The worker nodes stand in too few failure zones",
  },
  why: "Workloads survive the loss of a zone only if there are nodes elsewhere.",
  looksAt:
    "Different values of topology.kubernetes.io/zone, within their region, on the nodes without the control-plane role.",
  needs: { all: ["kube/nodes"], uses: ["kube/platform"] },
  parameters: Type.Object({
    minZones: Type.Integer({ default: 2, minimum: 1, description: "zones in which worker nodes have to stand" }),
  }),
  remediation: workerPlacement,
  accepted: ["The customer chooses the worker nodes of a cluster; this speaks of the cluster looked at."],
  evaluate({ facts, parameters }) {
    const all = facts["kube/nodes"].nodes;
    if (all.length === 0) {
      const missing = { fact: "kube/nodes", reason: "not-visible", resolve: "a cluster with worker nodes" } as const;
      return undetermined("The cluster has no nodes", [missing], { nodes: 0 });
    }
    const platform = facts["kube/platform"];
    const runsOnNodes = platform.status === "collected" ? platform.value.controlPlane : "unknown";
    // a node with the role is a worker all the same where the control plane runs elsewhere
    const byRole = judgeWorkers(all, (node) => !isControlPlane(node), parameters.minZones);
    const everyNode = judgeWorkers(all, () => true, parameters.minZones);
    if (runsOnNodes === "hidden") return everyNode;
    if (runsOnNodes === "visible" || byRole.outcome === everyNode.outcome) return byRole;
    const missing = {
      fact: "kube/platform",
      reason: "not-visible",
      resolve: "the right to list leases in kube-system",
    } as const;
    return undetermined(
      "Whether the nodes with the control-plane role are workers is not known",
      [missing],
      byRole.observed,
    );
  },
});

function judgeWorkers(
  all: readonly NodeRecord[],
  isWorker: (node: NodeRecord) => boolean,
  minZones: number,
): CheckResult {
  const workers = all.filter(isWorker);
  if (workers.length > 0) return judgeZones("worker nodes", workers, minZones);
  return notApplicable(`All ${all.length} nodes are control-plane nodes, there are no workers`, {
    nodes: all.length,
    workers: 0,
  });
}
