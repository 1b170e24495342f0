import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { CloudServersFact } from "../../src/model/facts/cloud.ts";
import type { NodeRecord } from "../../src/model/facts/nodes.ts";
import { type CheckResult, fail, type Missing, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { capped } from "../../src/model/finding-lists.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { type CloudHosts, cloudHosts, cloudMissing } from "../../src/model/placement/cloud-hosts.ts";
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
    pass: "The control-plane nodes stand on several physical machines, as the cloud or their host-id labels name them",
    fail: "All control-plane nodes stand on one physical machine",
  },
  why: "One machine that fails takes the whole control plane with it.",
  looksAt: `Control-plane nodes: exactly one, one boot ID on all, or one host id on all disproves it; two different hosts that Nova names for nodes of one project prove it, and so do at least two values of ${hostIdLabel} on nodes that all carry it. Different boot IDs only show different virtual machines.`,
  needs: {
    all: ["kube/nodes"],
    uses: ["kube/platform", "kube/api-server-instances", "management/machines", "cloud/servers"],
  },
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
    "What Nova names holds for the moment of looking; it goes before the labels.",
    "Equal hosts are one machine only where an administrator's view of the cloud names the hypervisor: Ironic and vCenter put many machines behind one host. Hosts of different projects do not compare.",
    "Two of three nodes on one machine still count as several machines, as the text says.",
    "Server groups ask the cloud to keep machines apart; they are shown and decide nothing.",
    `The old label ${legacyHostIdLabel} may disprove but never prove.`,
  ],
  evaluate({ facts, parameters }) {
    const view = controlPlaneView(facts["kube/nodes"], facts["kube/platform"], facts["kube/api-server-instances"]);
    const groups = serverGroupText(facts["management/machines"]);
    const result = view.visible
      ? asFarAsSeen(view, judgeSpread(view.nodes, facts["cloud/servers"], parameters.maxShare))
      : undetermined(view.because, [view.missing], { controlPlaneNodes: view.nodes.length });
    return groups === undefined ? result : { ...result, observed: { ...result.observed, serverGroups: groups } };
  },
});

function judgeSpread(nodes: readonly NodeRecord[], servers: Fact<CloudServersFact>, maxShare: number): CheckResult {
  const boots = new Set(nodes.map((node) => node.bootId));
  const cloud = cloudHosts(nodes, servers);
  const observed = {
    controlPlaneNodes: nodes.length,
    distinctBootIds: boots.has("") ? "not reported by every node" : boots.size,
    distinctHostIds: distinctLabels(nodes, hostIdLabel).length,
    distinctLegacyHostIds: distinctLabels(nodes, legacyHostIdLabel).length,
    ...(cloud?.observed ?? {}),
  };
  if (nodes.length === 1)
    return oneMachine("There is exactly one control-plane node", "single-control-plane-node", 1, observed);
  if (boots.size === 1 && !boots.has("")) {
    const because = `All ${nodes.length} control-plane nodes report one boot ID: they share one kernel`;
    return oneMachine(because, "same-boot-id", 1, observed);
  }
  const missing = [...cloudMissing(nodes, servers), aDeclaration];
  const most = Math.ceil(nodes.length * maxShare);
  const measured = cloud && judgeCloudHosts(nodes.length, cloud, most, observed, missing);
  return measured ?? judgeHostLabels(nodes, most, observed, missing);
}

/** Undefined: what the cloud shows leaves the answer to the labels. */
function judgeCloudHosts(
  count: number,
  cloud: CloudHosts,
  most: number,
  observed: JsonObject,
  missing: readonly Missing[],
): CheckResult | undefined {
  const { hosts, found, largestCrowd, oneHost, machine, stale } = cloud;
  const findings = capped(stale);
  if (hosts > 1) {
    const because = `Nova names ${hosts} hosts for ${found} of ${count} control-plane nodes, at the moment of looking`;
    if (largestCrowd <= most) return pass(because, observed, findings);
    return undetermined(`${because}, and up to ${largestCrowd} nodes may stand on one`, missing, observed, findings);
  }
  if (oneHost && machine === "one")
    return oneMachine(
      `Nova names one host for all ${count} control-plane nodes, whose hypervisor is the machine it runs on`,
      "same-cloud-host",
      1,
      observed,
    );
  if (oneHost && machine === "bare-metal") {
    const because = `Nova names one host for all ${count} control-plane nodes, which says nothing of bare metal`;
    return undetermined(because, missing, observed, findings);
  }
  const [first] = stale;
  return first && undetermined(first.message, missing, observed, findings);
}

function judgeHostLabels(
  nodes: readonly NodeRecord[],
  most: number,
  observed: JsonObject,
  missing: readonly Missing[],
): CheckResult {
  const hosts = distinctLabels(nodes, hostIdLabel);
  const legacy = distinctLabels(nodes, legacyHostIdLabel);
  const crowd = Math.max(...hosts.map((host) => nodes.filter((node) => node.labels[hostIdLabel] === host).length));
  if (lacking(nodes, hostIdLabel).length === 0 && hosts.length > 1 && crowd > most) {
    const message = `${crowd} of ${nodes.length} control-plane nodes carry one ${hostIdLabel}`;
    const expected = `at most ${most} of them on one host`;
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
  return undetermined(because, missing, observed);
}

function oneMachine(because: string, code: string, actual: string | number, observed: JsonObject): CheckResult {
  return fail(because, observed, [
    { code, subject: theCluster, expected: "several physical machines", actual, message: because },
  ]);
}
