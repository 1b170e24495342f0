import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { WorkloadSpreadFact } from "../../src/model/facts/trials.ts";
import { type CheckResult, fail, type Missing, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { counted } from "../../src/model/finding-lists.ts";
import { hindranceMissing, hindranceText } from "../../src/model/hindrance-text.ts";

type Apart = WorkloadSpreadFact["nodes"];

const words = {
  node: { asked: "a required anti-affinity on the host name", resolve: "a second node that takes pods" },
  zone: { asked: "a topology spread constraint on zones", resolve: "nodes in a second zone, by their labels" },
} as const;

export const workloadSpread = defineCheck({
  id: "proposed/workload-spread",
  title: {
    pass: "Pods that ask to be kept apart are put apart",
    fail: "Pods that ask to be kept apart are put together",
  },
  why: "Replicas on one node or in one zone go down with it.",
  looksAt:
    "Where the scheduler puts pods of the run with a required anti-affinity on kubernetes.io/hostname, one more than nodes where they are few; or with a spread constraint of maxSkew 1 on topology.kubernetes.io/zone.",
  needs: { all: ["kube/workload-spread"] },
  parameters: Type.Object({
    by: Type.String({ default: "node", description: "node or zone" }),
  }),
  remediation: {
    text: "Run the scheduler of Kubernetes with its default plugins (InterPodAffinity, PodTopologySpread), and let the cloud controller label nodes with topology.kubernetes.io/zone.",
  },
  accepted: [
    "Nodes are told by name and zones by label: which hardware is below them does not show.",
    "That pods are put apart shows the scheduler at work on this day; on more than five nodes no pod is made that would have to stay without.",
  ],
  evaluate({ facts, parameters }) {
    const by = parameters.by === "zone" ? "zone" : "node";
    const { nodes, zones } = facts["kube/workload-spread"];
    const apart = by === "zone" ? zones : nodes;
    const missing: Missing = { fact: "kube/workload-spread", reason: "not-visible", resolve: words[by].resolve };
    if (apart === undefined)
      return undetermined("Nodes that take pods show fewer than two zones", [missing], { nodes: nodes.places });
    return judged(apart, by, missing);
  },
});

function judged(apart: Apart, by: keyof typeof words, missing: Missing): CheckResult {
  const { places, pods, scheduled, used, hindrance } = apart;
  const observed = { places, pods, scheduled, used, ...(hindrance ? { without: hindranceText(hindrance) } : {}) };
  const seen = `${counted(scheduled, "pod")} with ${words[by].asked} were put on ${counted(used, by)}`;
  if (used < scheduled)
    return fail(seen, observed, [
      { code: "pods-put-together", subject: theCluster, expected: scheduled, actual: used, message: seen },
    ]);
  if (scheduled >= 2) {
    const last = by === "node" && hindrance?.by === "unschedulable" ? ", and one more stays without" : "";
    return pass(`${seen}${last}`, observed);
  }
  const tried = hindrance ? [hindranceMissing("kube/workload-spread", hindrance)] : [];
  const why = hindrance ? `: ${hindranceText(hindrance)}` : "";
  return undetermined(
    `${counted(scheduled, "pod")} got a node, which shows nothing of two${why}`,
    [missing, ...tried],
    observed,
  );
}
