import { describeCheck } from "../../tests/support/check-table.ts";
import { nameless, policies, results, suite } from "../../tests/support/conformance.ts";
import { identity, matrix, matrixStep, version } from "../../tests/support/facts.ts";
import { networkPolicy } from "./network-policy.ts";

const deny =
  "[sig-network] Netpol NetworkPolicy between server and client should support a 'default-deny-ingress' policy";
const sctp = "[sig-network] Netpol [Feature:SCTPConnectivity] NetworkPolicy should enforce policy based on Ports";
const cidr =
  "[sig-network] Netpol NetworkPolicy between server and client should allow egress access to server in CIDR block";

const okToFail = [
  { pattern: "Feature:SCTPConnectivity", reason: "SCTP is optional" },
  {
    pattern: "^\\[sig-network\\] Netpol .* should allow egress access to server in CIDR block$",
    reason: "Cilium, issue 9209",
  },
];

const given = (networkPolicy: Parameters<typeof policies>[0], gitVersion = "v1.36.3", run = {}) => ({
  facts: {
    "input/network-policy-results": results(policies(networkPolicy), run),
    "kube/version": version(gitVersion),
    "kube/identity": identity(),
  },
  parameters: { okToFail },
});

describeCheck(
  networkPolicy,
  ["pass", "fail", "undetermined"],
  [
    { name: "all passed", ...given({ passed: [deny, cidr, sctp] }), outcome: "pass", findings: [] },
    {
      name: "policies of this run did nothing: told, and no more",
      facts: {
        ...given({ passed: [deny, cidr, sctp] }).facts,
        "kube/network-policy-matrix": matrix([
          matrixStep("baseline"),
          matrixStep("deny-ingress", { outcome: "differs" }),
          matrixStep("ip-block", { outcome: "differs", weak: "known" }),
        ]),
      },
      parameters: { okToFail },
      outcome: "pass",
      findings: ["own-matrix-differs"],
      observed: { ownMatrix: "0 of 2 steps as expected" },
    },
    {
      name: "a network on which nothing was seen of policies says nothing",
      facts: {
        ...given({ passed: [deny, cidr, sctp] }).facts,
        "kube/network-policy-matrix": matrix([], { hindrance: { by: "quota", said: "" } }),
      },
      parameters: { okToFail },
      outcome: "pass",
      findings: [],
    },
    {
      name: "policies of this run work, a spec failed",
      facts: {
        ...given({ passed: [], failed: [deny] }).facts,
        "kube/network-policy-matrix": matrix([matrixStep("deny-ingress")]),
      },
      parameters: { okToFail },
      outcome: "fail",
      findings: ["spec-failed"],
    },
    {
      name: "tolerated failures are shown",
      ...given({ passed: [deny], failed: [cidr], notExecuted: [sctp] }),
      outcome: "pass",
      findings: ["tolerated-failure", "tolerated-failure"],
    },
    {
      name: "without a list nothing is tolerated",
      ...given({ passed: [deny], failed: [cidr] }),
      parameters: {},
      outcome: "fail",
    },
    {
      name: "one failed, one tolerated",
      ...given({ passed: [], failed: [deny, cidr] }),
      outcome: "fail",
      findings: ["spec-failed", "tolerated-failure"],
    },
    {
      name: "a pattern with anchors does not match more",
      ...given({ passed: [deny], failed: [`${cidr} twice`] }),
      outcome: "fail",
    },
    { name: "a flake shows", ...given({ passed: [deny], flaked: [deny] }), outcome: "pass", findings: ["flaked"] },
    {
      name: "a conformance run alone holds none of them",
      facts: { "input/network-policy-results": results(suite()), "kube/version": version("v1.36.3") },
      outcome: "undetermined",
      missing: ["a run of the NetworkPolicy specs in `--conformance-results FILE`"],
    },
    {
      name: "a conformance run that lists them as skipped",
      ...given({ notExecuted: [deny, cidr, sctp] }),
      outcome: "undetermined",
    },
    {
      name: "some not executed",
      ...given({ passed: [cidr], notExecuted: [deny] }),
      outcome: "undetermined",
      findings: ["not-executed"],
    },
    {
      name: "a result cut down to one spec",
      ...given({ passed: [deny], required: 50 }),
      outcome: "undetermined",
      because: /there are 50/,
    },
    {
      name: "which specs there are is not known",
      facts: {
        "input/network-policy-results": results({
          networkPolicy: { minor: "1.31", passed: [deny], failed: [], notExecuted: [], flaked: [] },
          kubernetesVersion: "v1.31.2",
        }),
        "kube/version": version("v1.31.2"),
      },
      outcome: "undetermined",
      because: /not known/,
    },
    { name: "only tolerated failures is no pass", ...given({ failed: [cidr] }), outcome: "undetermined" },
    { name: "nothing in the list", ...given({}), outcome: "undetermined" },
    { name: "another minor", ...given({ passed: [deny] }, "v1.35.2"), outcome: "undetermined" },
    { name: "a dry run", ...given({ passed: [deny] }, "v1.36.3", { dryRun: true }), outcome: "undetermined" },
    {
      name: "a result without any identity",
      facts: {
        "input/network-policy-results": nameless(results(policies({ passed: [deny] }))),
        "kube/version": version("v1.36.3"),
      },
      outcome: "undetermined",
      missing: ["a signed statement of the result's subject"],
    },
  ],
);
