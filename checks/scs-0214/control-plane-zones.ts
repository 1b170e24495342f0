import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { undetermined } from "../../src/model/finding.ts";
import { asFarAsSeen, controlPlaneView } from "../../src/model/placement/control-plane-nodes.ts";
import { controlPlanePlacement } from "../../src/model/placement/placement-remediation.ts";
import { judgeZones, judgeZonesInUse } from "../../src/model/placement/zone-spread.ts";

export const controlPlaneZones = defineCheck({
  id: "scs-0214/control-plane-zones",
  title: {
    pass: "The control-plane nodes stand in several failure zones",
    fail: "The control-plane nodes stand in too few failure zones",
  },
  why: "A zone is what fails at once: power, cooling, network. Several of them keep the API alive.",
  looksAt:
    "Different values of topology.kubernetes.io/zone, within their region, on the nodes with the control-plane role; until 2026-04-28 also on all other nodes, whose zones are those in use.",
  needs: { all: ["kube/nodes"], uses: ["kube/platform", "kube/api-server-instances"] },
  parameters: Type.Object({
    minZones: Type.Integer({ default: 2, minimum: 1, description: "zones in which control-plane nodes have to stand" }),
    everyZoneInUse: Type.Boolean({
      default: false,
      description: "a control-plane node has to stand in each zone in which any node stands",
    }),
  }),
  remediation: controlPlanePlacement,
  accepted: ["A cloud with a single zone cannot do better; the text asks for zones as a recommendation."],
  evaluate({ facts, parameters }) {
    const view = controlPlaneView(facts["kube/nodes"], facts["kube/platform"], facts["kube/api-server-instances"]);
    if (!view.visible) return undetermined(view.because, [view.missing], { controlPlaneNodes: view.nodes.length });
    const result = parameters.everyZoneInUse
      ? judgeZonesInUse(view.nodes, facts["kube/nodes"].nodes)
      : judgeZones("control-plane nodes", view.nodes, parameters.minZones);
    return asFarAsSeen(view, result);
  },
});
