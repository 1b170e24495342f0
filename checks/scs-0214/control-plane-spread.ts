import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { NodeRecord } from "../../src/model/facts/nodes.ts";
import { type CheckResult, fail, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import type { JsonObject } from "../../src/model/json.ts";
import {
  aDeclaration,
  asFarAsSeen,
  controlPlaneView,
  distinctLabels,
  hostIdLabel,
  lacking,
  legacyHostIdLabel,
} from "../../src/model/placement/control-plane-nodes.ts";
import { controlPlanePlacement } from "../../src/model/placement/placement-remediation.ts";
import { serverGroupText } from "../../src/model/placement/server-groups.ts";

export const controlPlaneSpread = defineCheck({
  id: "scs-0214/control-plane-spread",
  title: {
    pass: "The control-plane nodes stand on several physical machines, by their host-id labels",
    fail: "All control-plane nodes stand on one physical machine",
  },
  why: "One machine that fails takes the whole control plane with it.",
  looksAt: `Control-plane nodes: exactly one, one boot ID on all, or one host id on all disproves it; at least two values of ${hostIdLabel} on nodes that all carry it prove it. Different boot IDs only show different virtual machines.`,
  needs: { all: ["kube/nodes"], uses: ["kube/platform", "kube/api-server-instances", "management/machines"] },
  parameters: Type.Object({
    maxShare: Type.Number({
      default: 1,
      exclusiveMinimum: 0,
      maximum: 1,
      description: "largest part of the nodes, rounded up, that may stand on one host",
    }),
  }),
  remediation: controlPlanePlacement,
  accepted: [
    "The host-id label is written when a node joins and not refreshed after a live migration, in either direction.",
    "Two of three nodes on one machine still count as several machines, as the text says.",
    "Server groups ask the cloud to keep machines apart; they are shown and decide nothing.",
    `The old label ${legacyHostIdLabel} may disprove but never prove.`,
  ],
  evaluate({ facts, parameters }) {
    const view = controlPlaneView(facts["kube/nodes"], facts["kube/platform"], facts["kube/api-server-instances"]);
    const groups = serverGroupText(facts["management/machines"]);
    const result = view.visible
      ? asFarAsSeen(view, judgeSpread(view.nodes, parameters.maxShare))
      : undetermined(view.because, [view.missing], { controlPlaneNodes: view.nodes.length });
    return groups === undefined ? result : { ...result, observed: { ...result.observed, serverGroups: groups } };
  },
});

function judgeSpread(nodes: readonly NodeRecord[], maxShare: number): CheckResult {
  const boots = new Set(nodes.map((node) => node.bootId));
  const hosts = distinctLabels(nodes, hostIdLabel);
  const legacy = distinctLabels(nodes, legacyHostIdLabel);
  const observed = {
    controlPlaneNodes: nodes.length,
    distinctBootIds: boots.has("") ? "not reported by every node" : boots.size,
    distinctHostIds: hosts.length,
    distinctLegacyHostIds: legacy.length,
  };
  if (nodes.length === 1)
    return oneMachine("There is exactly one control-plane node", "single-control-plane-node", 1, observed);
  if (boots.size === 1 && !boots.has(""))
    return oneMachine(
      `All ${nodes.length} control-plane nodes report one boot ID: they share one kernel`,
      "same-boot-id",
      1,
      observed,
    );
  const crowd = Math.max(...hosts.map((host) => nodes.filter((node) => node.labels[hostIdLabel] === host).length));
  if (lacking(nodes, hostIdLabel).length === 0 && hosts.length > 1 && crowd > Math.ceil(nodes.length * maxShare)) {
    const message = `${crowd} of ${nodes.length} control-plane nodes carry one ${hostIdLabel}`;
    const expected = `at most ${Math.ceil(nodes.length * maxShare)} of them on one host`;
    return fail(message, observed, [
      { code: "too-many-on-one-host", subject: theCluster, expected, actual: crowd, message },
    ]);
  }
  if (lacking(nodes, hostIdLabel).length === 0)
    return hosts.length > 1
      ? pass(
          `The ${nodes.length} control-plane nodes name ${hosts.length} hosts, by label, not refreshed after live migration`,
          observed,
        )
      : oneMachine(
          `All ${nodes.length} control-plane nodes carry the same ${hostIdLabel}`,
          "same-host-id",
          hosts[0] ?? "",
          observed,
        );
  if (lacking(nodes, legacyHostIdLabel).length === 0 && legacy.length === 1)
    return oneMachine(
      `All ${nodes.length} control-plane nodes carry the same ${legacyHostIdLabel}`,
      "same-host-id",
      legacy[0] ?? "",
      observed,
    );
  const support = legacy.length > 1 ? `; the old label names ${legacy.length} hosts, which may be stale` : "";
  const because = `The ${nodes.length} control-plane nodes are different machines to Kubernetes, but no current label says on which hosts they stand${support}`;
  return undetermined(because, [aDeclaration], observed);
}

function oneMachine(because: string, code: string, actual: string | number, observed: JsonObject): CheckResult {
  return fail(because, observed, [
    { code, subject: theCluster, expected: "several physical machines", actual, message: because },
  ]);
}
