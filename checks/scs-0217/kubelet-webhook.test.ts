import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { controlPlane, flags, givenKubelets, identity, nodes, serverNode, worker } from "../../tests/support/facts.ts";
import { runningKubelet, runningKubelets } from "../../tests/support/running-facts.ts";
import { kubeletWebhook } from "./kubelet-webhook.ts";

const server = (node: string, value?: string) =>
  serverNode("k3s", node, value === undefined ? {} : { kubelet: flags({ "authorization-mode": value }) });
const asked = (settings: KubeletSettings) => ({ source: "kubelet-config" as const, settings });
const everyKubelet =
  "the configuration of every kubelet (tier system, or a result of Sonobuoy in `--conformance-results FILE`) or a declaration";
const two = nodes(controlPlane("a"), controlPlane("b"));

describeCheck(
  kubeletWebhook,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "stated on every node",
      facts: { "kube/node-args": { nodes: [server("a", "Webhook"), server("b", "Webhook")] }, "kube/nodes": two },
      outcome: "pass",
    },
    {
      name: "one node has it otherwise and is named",
      facts: { "kube/node-args": { nodes: [server("a", "Webhook"), server("b", "AlwaysAllow")] }, "kube/nodes": two },
      outcome: "fail",
      findings: ["kubelet-without-webhook"],
      because: /: b$/,
    },
    {
      name: "one seen otherwise decides, whatever the others have",
      facts: {
        "kube/node-args": { nodes: [server("a", "AlwaysAllow")] },
        "kube/nodes": nodes(controlPlane("a"), worker("b")),
      },
      outcome: "fail",
    },
    {
      name: "a worker shows nothing",
      facts: {
        "kube/node-args": { nodes: [server("a", "Webhook")] },
        "kube/nodes": nodes(controlPlane("a"), worker("b")),
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "the distribution's default is not taken for seen",
      facts: { "kube/node-args": { nodes: [server("a")] }, "kube/nodes": nodes(controlPlane("a")) },
      outcome: "undetermined",
    },
    {
      name: "kubeadm asks for the right thing",
      facts: {
        "kube/kubelet-configuration": asked({ authorizationMode: "Webhook" }),
        "kube/node-args": { nodes: [] },
        "kube/nodes": two,
      },
      outcome: "undetermined",
      findings: [],
      missing: [everyKubelet],
    },
    {
      name: "kubeadm asks for the wrong thing: named, for no kubelet was seen",
      facts: {
        "kube/kubelet-configuration": asked({ authorizationMode: "AlwaysAllow" }),
        "kube/node-args": { nodes: [] },
        "kube/nodes": two,
      },
      outcome: "undetermined",
      findings: ["kubelet-without-webhook"],
    },
    {
      name: "kubeadm does not say",
      facts: { "kube/kubelet-configuration": asked({}), "kube/node-args": { nodes: [] }, "kube/nodes": two },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "every kubelet as a result of this cluster shows it",
      facts: { ...givenKubelets(["a", "b"], { authorizationMode: "Webhook" }), "kube/nodes": two },
      outcome: "pass",
      observed: { sources: ["result of 2026-11-21T10:00:00Z"] },
    },
    {
      name: "one of them otherwise",
      facts: { ...givenKubelets(["a"], { authorizationMode: "AlwaysAllow" }), "kube/nodes": two },
      outcome: "fail",
      because: /: a$/,
    },
    {
      name: "a result of another cluster is named and not used",
      facts: {
        ...givenKubelets(["a", "b"], { authorizationMode: "AlwaysAllow" }),
        "kube/nodes": two,
        "kube/identity": identity("2026-01-01T00:00:00Z", "other"),
      },
      outcome: "undetermined",
      because: /it is of another cluster$/,
    },
    {
      name: "a result that names no cluster counts for exactly these nodes",
      facts: { ...givenKubelets(["a", "b"], { authorizationMode: "Webhook" }, null), "kube/nodes": two },
      outcome: "pass",
    },
    {
      name: "and not for others",
      facts: { ...givenKubelets(["a", "b", "c"], { authorizationMode: "AlwaysAllow" }, null), "kube/nodes": two },
      outcome: "undetermined",
      because: /of another cluster/,
    },
    {
      name: "whose kubelets they are takes the cluster's uid",
      facts: {
        ...givenKubelets(["a"], { authorizationMode: "AlwaysAllow" }),
        "kube/nodes": two,
        "kube/identity": unavailable("forbidden", "x"),
      },
      outcome: "undetermined",
      because: /uid is not known$/,
    },
    {
      name: "a node made after the run only has the name of one that was looked at",
      facts: {
        ...givenKubelets(["a", "b"], { authorizationMode: "Webhook" }),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b", {}, { createdAt: "2026-11-22T10:00:00Z" })),
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "nobody knows how many nodes there are",
      facts: {
        "kube/node-args": { nodes: [server("a", "Webhook")] },
        "kube/nodes": unavailable("forbidden", "the right to list nodes"),
      },
      outcome: "undetermined",
      missing: ["the right to list nodes", everyKubelet],
    },
    {
      name: "every kubelet runs with it",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b")),
        "kube/nodes": two,
      },
      outcome: "pass",
      observed: { sources: ["its /configz"] },
    },
    {
      name: "one runs without it",
      facts: {
        "kube/running-kubelets": runningKubelets(
          runningKubelet("a"),
          runningKubelet("b", { authorizationMode: "AlwaysAllow" }),
        ),
        "kube/nodes": two,
      },
      outcome: "fail",
      because: /: b$/,
    },
    {
      name: "no nodes at all",
      facts: { "kube/node-args": { nodes: [] }, "kube/nodes": nodes() },
      outcome: "undetermined",
    },
  ],
);
