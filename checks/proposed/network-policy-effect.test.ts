import type { MatrixCell, MatrixStep, NetworkPolicyMatrixFact } from "../../src/model/facts/network-paths.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { matrix, matrixStep } from "../../tests/support/facts.ts";
import { networkPolicyEffect } from "./network-policy-effect.ts";

const cell = (expected: MatrixCell["expected"], ...answers: MatrixCell["seen"][number]["answer"][]): MatrixCell => ({
  from: "x",
  to: "far",
  port: 8080,
  protocol: "TCP",
  expected,
  seen: answers.map((answer, index) => ({ over: index === 0 ? "IPv4" : "IPv6", answer })),
});
const given = (steps: readonly MatrixStep[], more: Partial<NetworkPolicyMatrixFact> = {}) => ({
  facts: { "kube/network-policy-matrix": matrix(steps, more) },
});
const fine = matrixStep("baseline");
const known = { weak: "some networks know pods by identity" };

describeCheck(
  networkPolicyEffect,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "all steps",
      ...given([fine, matrixStep("deny-ingress"), matrixStep("delete")]),
      outcome: "pass",
      findings: [],
      observed: { steps: 3, asExpected: 3, nodes: 2, families: ["IPv4", "IPv6"] },
    },
    {
      name: "nothing is blocked",
      ...given([
        fine,
        matrixStep("deny-ingress", { outcome: "differs", cells: [cell("blocked", "allowed", "allowed")] }),
        matrixStep("allow-pods", { outcome: "not-run" }),
      ]),
      outcome: "fail",
      findings: ["not-blocked"],
      because: /deny-ingress$/,
    },
    {
      name: "one family alone is enforced",
      ...given([
        fine,
        matrixStep("deny-ingress", { outcome: "differs", cells: [cell("blocked", "timeout", "allowed")] }),
      ]),
      outcome: "fail",
      findings: ["not-blocked"],
    },
    {
      name: "what is to get through does not",
      ...given([
        fine,
        matrixStep("allow-pods", { outcome: "differs", cells: [cell("allowed", "refused", "timeout")] }),
      ]),
      outcome: "fail",
      findings: ["not-let-through"],
    },
    {
      name: "ipBlock where pods are known by identity",
      ...given([
        fine,
        matrixStep("deny-ingress"),
        matrixStep("ip-block", { ...known, outcome: "differs", cells: [cell("allowed", "timeout", "timeout")] }),
      ]),
      outcome: "pass",
      findings: ["differs-for-a-known-reason"],
    },
    {
      name: "a network that carries nothing is no finding about policies",
      ...given([
        matrixStep("baseline", { outcome: "differs", cells: [cell("allowed", "timeout", "allowed")] }),
        matrixStep("deny-ingress", { outcome: "not-run" }),
      ]),
      outcome: "undetermined",
      because: /without any policy of the run \(x -> far:8080\/TCP over IPv4\)/,
      findings: [],
    },
    {
      name: "names are dead, policies are not",
      ...given([fine, matrixStep("lookup", { outcome: "differs" }), matrixStep("deny-ingress")]),
      outcome: "pass",
    },
    {
      name: "a policy engine refuses a policy",
      ...given([fine, matrixStep("deny-ingress"), matrixStep("end-port", { outcome: "not-applied", message: "no" })]),
      outcome: "undetermined",
      because: /end-port \(no\)$/,
      missing: ["another run"],
    },
    {
      name: "streams break off",
      ...given([fine, matrixStep("deny-ingress", { outcome: "not-looked-at" })]),
      outcome: "undetermined",
    },
    {
      name: "a single node",
      ...given([fine, matrixStep("deny-ingress")], {
        nodes: [
          { peer: "near", node: 1 },
          { peer: "far", node: 1 },
        ],
      }),
      outcome: "undetermined",
      missing: ["a second node that takes pods"],
    },
    {
      name: "pods that a quota refuses",
      ...given([], { hindrance: { by: "quota", said: "exceeded quota: pods." } }),
      outcome: "undetermined",
      because: /\(quota: exceeded quota: pods\)$/,
      missing: ["a cluster that runs the run's pods"],
    },
    { name: "no step at all", ...given([]), outcome: "undetermined" },
  ],
);
