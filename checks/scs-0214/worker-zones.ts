import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { notApplicable, undetermined } from "../../src/model/finding.ts";
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
  needs: { all: ["kube/nodes"] },
  parameters: Type.Object({
    minZones: Type.Integer({ default: 2, minimum: 1, description: "zones in which worker nodes have to stand" }),
  }),
  remediation: workerPlacement,
  accepted: ["The customer chooses the worker nodes of a cluster; this speaks of the cluster looked at."],
  evaluate({ facts, parameters }) {
    const all = facts["kube/nodes"].nodes;
    const workers = all.filter((node) => !isControlPlane(node));
    if (workers.length > 0) return judgeZones("worker nodes", workers, parameters.minZones);
    if (all.length > 0)
      return notApplicable(`All ${all.length} nodes are control-plane nodes, there are no workers`, {
        nodes: all.length,
        workers: 0,
      });
    const missing = { fact: "kube/nodes", reason: "not-visible", resolve: "a cluster with worker nodes" } as const;
    return undetermined("The cluster has no nodes", [missing], { nodes: 0 });
  },
});
