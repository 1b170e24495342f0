/** One rule about kubelets, judged over every node. */

import type { Needs } from "../check.ts";
import type { Fact } from "../fact.ts";
import type { NodeArgsFact } from "../facts/control-plane.ts";
import type { KubeletConfigurationFact, KubeletSettings, RunningKubeletsFact } from "../facts/kubelet.ts";
import type { ListenersFact } from "../facts/listeners.ts";
import {
  type CheckResult,
  type Finding,
  fail,
  type Missing,
  pass,
  type Subject,
  theCluster,
  undetermined,
} from "../finding.ts";
import { capped, counted, named, nonEmpty } from "../finding-lists.ts";
import type { Json } from "../json.ts";
import {
  type GivenKubeletFacts,
  type KubeletView,
  kubeletsByArguments,
  kubeletsByResults,
  kubeletsRunning,
} from "./kubelet-settings.ts";

/** Where a setting of kubelets may be seen; which nodes and which cluster there are says whether that is all of them. */
export const kubeletNeeds = {
  oneOf: [
    [
      "kube/running-kubelets",
      "kube/listeners",
      "kube/kubelet-configuration",
      "kube/node-args",
      "input/node-configuration",
    ],
  ],
  uses: ["kube/nodes", "kube/identity"],
} as const satisfies Needs;

/** What every rule about kubelets takes for good, and why. */
export const kubeletAccepted = [
  "kubelet-config is a claim: a node may have joined before it was changed, or have flags and patches of its own.",
  "A kubelet that was seen to break the rule within the quarter fails, though it may have been mended since: give a newer result.",
  "Defaults of k3s and RKE2 are not taken for seen: only what an argument states counts.",
] as const;

export interface KubeletFacts extends GivenKubeletFacts {
  readonly "kube/kubelet-configuration": Fact<KubeletConfigurationFact>;
  readonly "kube/node-args": Fact<NodeArgsFact>;
  readonly "kube/running-kubelets": Fact<RunningKubeletsFact>;
  readonly "kube/listeners": Fact<ListenersFact>;
}

export interface KubeletRule {
  readonly code: string;
  readonly expected: Json;
  /** The setting as found; undefined: not stated. */
  readonly found: (settings: KubeletSettings) => Json | undefined;
  readonly holds: (settings: KubeletSettings) => boolean;
  /** Completes "the kubelet of NODE ...": `rejects anonymous requests`. */
  readonly good: string;
  readonly bad: string;
}

const everyKubelet: Missing = {
  fact: "kube/kubelet-configuration",
  reason: "not-visible",
  resolve:
    "the configuration of every kubelet (tier system, or a result of Sonobuoy in `--conformance-results FILE`) or a declaration",
};

/**
 * What a kubelet runs with decides for it. One kubelet that breaks the rule fails; a pass needs the setting of every node. What was asked for (kubelet-config) decides
 * nothing: a node may have joined before, or have flags and patches of its own.
 */
export function judgeKubelets(facts: KubeletFacts, rule: KubeletRule): CheckResult {
  const given = kubeletsByResults(facts);
  const running = kubeletsRunning(facts["kube/running-kubelets"], facts["kube/listeners"]);
  const stating = (views: readonly KubeletView[]) =>
    views.flatMap(({ node, settings, source }) => {
      const found = rule.found(settings);
      return found === undefined ? [] : [{ node, found, source, holds: rule.holds(settings) }];
    });
  const now = stating(running);
  const before = stating([...kubeletsByArguments(facts["kube/node-args"]), ...given.views]);
  // of a kubelet that was seen as it runs nothing older counts
  const seen = [...now, ...before.filter(({ node }) => !now.some((one) => one.node === node))];
  const config = facts["kube/kubelet-configuration"];
  const asked = config.status === "collected" ? config.value.settings : undefined;
  const askedFor = asked && rule.found(asked);
  const nodes = facts["kube/nodes"];
  const names = nodes.status === "collected" ? nodes.value.nodes.map(({ name }) => name) : undefined;
  const observed = {
    nodes: names?.length ?? "not known",
    nodesSeen: new Set(seen.map(({ node }) => node)).size,
    sources: [...new Set(seen.map(({ source }) => source))],
    ...(asked ? { askedForByKubeletConfig: askedFor ?? "not stated" } : {}),
  };
  const broken = seen.filter(({ holds }) => !holds);
  const violations = nonEmpty(
    capped(
      broken.map(({ node, found, source }) =>
        finding(rule, { kind: "Node", name: node }, found, `The kubelet of ${node} ${rule.bad} (${source})`),
      ),
    ),
  );
  if (violations) return fail(`A kubelet ${rule.bad}: ${named(broken.map(({ node }) => node))}`, observed, violations);
  const seenNodes = new Set(seen.map(({ node }) => node));
  const open = names?.filter((name) => !seenNodes.has(name));
  if (names !== undefined && names.length > 0 && open?.length === 0)
    return pass(`The kubelets of all ${counted(names.length, "node")} say that each ${rule.good}`, observed);
  const notes =
    asked && askedFor !== undefined && !rule.holds(asked)
      ? [finding(rule, theCluster, askedFor, `kubelet-config asks for kubelets of which each ${rule.bad}`)]
      : [];
  const claim = asked
    ? `; kubelet-config asks for ${askedFor === undefined ? "nothing here" : JSON.stringify(askedFor)}, which does not show what each does`
    : "";
  const missing =
    nodes.status === "unavailable"
      ? [{ fact: "kube/nodes", reason: nodes.reason, resolve: nodes.resolve }, everyKubelet]
      : [everyKubelet];
  const unused = given.unused === undefined ? "" : `; the result given does not count: ${given.unused}`;
  return undetermined(
    `${observed.nodesSeen} of ${names?.length ?? "an unknown number of"} kubelets show their setting${claim}${unused}`,
    missing,
    observed,
    notes,
  );
}

function finding({ code, expected }: KubeletRule, subject: Subject, actual: Json, message: string): Finding {
  return { code, subject, expected, actual, message };
}
