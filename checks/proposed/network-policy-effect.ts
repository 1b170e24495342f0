import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { MatrixStep, NetworkPolicyMatrixFact } from "../../src/model/facts/network-paths.ts";
import { type Finding, fail, type Missing, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { heldUp } from "../../src/model/network/hindered-trial.ts";
import { enforcing } from "../../src/model/network/network-plugins.ts";
import { lookupStep, strayWays } from "../../src/model/network/policy-matrix.ts";

const fact = "kube/network-policy-matrix";

export const networkPolicyEffect = defineCheck({
  id: "proposed/network-policy-effect",
  title: {
    pass: "NetworkPolicies of this run blocked and let through what they say",
    fail: "NetworkPolicies of this run did not block, or let through, what they say",
  },
  why: "A network plugin that ignores policies says nothing of it: every object is accepted.",
  looksAt:
    "Five pods of the run in two namespaces and on two nodes, over every address family: first without policies, then under one set after the other (deny all, pod and namespace selectors, ports, egress, ipBlock, updates, deletion). An early warning, quick and of our own: the upstream specs alone decide the testcase.",
  needs: { all: [fact] },
  parameters: Type.Object({}),
  remediation: enforcing,
  accepted: [
    "ipBlock between pods differs on Cilium, which knows pods by identity, and lookups on nodes with a DNS cache of their own: such steps are shown and do not fail.",
    "SCTP, policies about nodes and about what is outside the cluster are not tried.",
    "A time-out and a refusal both count as blocked: each way was open before the first policy.",
  ],
  evaluate({ facts }) {
    const matrix = facts[fact];
    if (matrix.hindrance) return heldUp(fact, matrix.hindrance);
    const steps = matrix.steps.filter(({ id }) => id !== lookupStep);
    const observed = matrixObserved(matrix, steps);
    const [baseline] = steps;
    const open = (because: string, resolve: string, reason: Missing["reason"] = "not-visible") =>
      undetermined(because, [{ fact, reason, resolve }], observed, notes(steps));
    if (baseline === undefined || baseline.outcome !== "as-expected") {
      const ways = baseline ? strayWays(baseline) : [];
      return open(
        `Pods do not reach each other without any policy of the run (${named(ways, 3) || "not seen"}); nothing was learned of policies`,
        "a network, and new namespaces without policies, in which pods reach each other",
      );
    }
    const failures = nonEmpty(capped(steps.filter(({ weak }) => weak === undefined).flatMap(strayFindings)));
    if (failures) {
      const failed = steps.filter(({ outcome, weak }) => outcome === "differs" && weak === undefined);
      return fail(`Policies do not do what they say: ${named(failed.map(({ id }) => id))}`, observed, [
        ...failures,
        ...notes(steps),
      ]);
    }
    const unseen = steps.filter(({ outcome, weak }) => !["as-expected", "differs"].includes(outcome) && !weak);
    const [first] = unseen;
    if (first)
      return open(
        `Not all steps could be taken: ${named(unseen.map(({ id }) => id))}${first.message ? ` (${first.message})` : ""}`,
        "another run",
      );
    const { nodes } = matrix;
    if (new Set(nodes.map(({ node }) => node)).size < 2)
      return open("All pods were put on one node; between nodes nothing was seen", "a second node that takes pods");
    return pass(
      `${counted(steps.length, "step")} as expected over ${matrix.families.join(" and ")}, on a node and between nodes`,
      observed,
      notes(steps),
    );
  },
});

function matrixObserved({ families, nodes, milliseconds }: NetworkPolicyMatrixFact, steps: readonly MatrixStep[]) {
  const having = (outcome: MatrixStep["outcome"]) => steps.filter((step) => step.outcome === outcome);
  return {
    families,
    nodes: new Set(nodes.map(({ node }) => node)).size,
    steps: steps.length,
    asExpected: having("as-expected").length,
    differing: having("differs").map(({ id }) => id),
    notSeen: steps.length - having("as-expected").length - having("differs").length,
    seconds: Math.round(milliseconds / 1000),
  };
}

function strayFindings(step: MatrixStep): readonly Finding[] {
  if (step.outcome !== "differs") return [];
  const subject = { kind: "NetworkPolicy", name: step.id };
  const [allowed, blocked] = (["allowed", "blocked"] as const).map((expected) =>
    strayWays({ ...step, cells: step.cells.filter((cell) => cell.expected === expected) }),
  );
  const told = (code: string, ways: readonly string[] | undefined, expected: string, actual: string): Finding[] =>
    ways === undefined || ways.length === 0
      ? []
      : [{ code, subject, expected, actual, message: `${step.id}: ${actual} ${named(ways)}` }];
  return [...told("not-blocked", blocked, "blocked", "open"), ...told("not-let-through", allowed, "open", "blocked")];
}

/** Steps that differ for a known reason. */
function notes(steps: readonly MatrixStep[]): readonly Finding[] {
  return steps
    .filter(({ outcome, weak }) => outcome === "differs" && weak !== undefined)
    .map((step) => ({
      code: "differs-for-a-known-reason",
      subject: { kind: "NetworkPolicy", name: step.id },
      expected: "as the policy says",
      actual: named(strayWays(step), 3),
      message: `${step.id} differs, which does not count: ${step.weak ?? ""}`,
    }));
}
