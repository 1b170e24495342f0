import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { controlPlane, flags, givenKubelets, identity, nodes, serverNode, worker } from "../../tests/support/facts.ts";
import {
  kubeletListener,
  listeners,
  runningKubelet,
  runningKubelets,
  unseenKubelet,
} from "../../tests/support/running-facts.ts";
import { kubeletAnonymous } from "./kubelet-anonymous.ts";

const server = (node: string, value?: string) =>
  serverNode("k3s", node, value === undefined ? {} : { kubelet: flags({ "anonymous-auth": value }) });
const asked = (settings: KubeletSettings) => ({ source: "kubelet-config" as const, settings });
const everyKubelet =
  "the configuration of every kubelet (tier system, or a result of Sonobuoy in `--conformance-results FILE`) or a declaration";
const two = nodes(controlPlane("a"), controlPlane("b"));

describeCheck(
  kubeletAnonymous,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "stated on every node",
      facts: { "kube/node-args": { nodes: [server("a", "false"), server("b", "false")] }, "kube/nodes": two },
      outcome: "pass",
    },
    {
      name: "one node has it otherwise and is named",
      facts: { "kube/node-args": { nodes: [server("a", "false"), server("b", "true")] }, "kube/nodes": two },
      outcome: "fail",
      findings: ["anonymous-kubelet"],
      because: /: b$/,
    },
    {
      name: "one seen otherwise decides, whatever the others have",
      facts: {
        "kube/node-args": { nodes: [server("a", "true")] },
        "kube/nodes": nodes(controlPlane("a"), worker("b")),
      },
      outcome: "fail",
    },
    {
      name: "a worker shows nothing",
      facts: {
        "kube/node-args": { nodes: [server("a", "false")] },
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
        "kube/kubelet-configuration": asked({ anonymous: false }),
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
        "kube/kubelet-configuration": asked({ anonymous: true }),
        "kube/node-args": { nodes: [] },
        "kube/nodes": two,
      },
      outcome: "undetermined",
      findings: ["anonymous-kubelet"],
    },
    {
      name: "kubeadm does not say",
      facts: { "kube/kubelet-configuration": asked({}), "kube/node-args": { nodes: [] }, "kube/nodes": two },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "every kubelet as a result of this cluster shows it",
      facts: { ...givenKubelets(["a", "b"], { anonymous: false }), "kube/nodes": two },
      outcome: "pass",
      observed: { sources: ["result of 2026-11-21T10:00:00Z"] },
    },
    {
      name: "one of them otherwise",
      facts: { ...givenKubelets(["a"], { anonymous: true }), "kube/nodes": two },
      outcome: "fail",
      because: /: a$/,
    },
    {
      name: "a result of another cluster is named and not used",
      facts: {
        ...givenKubelets(["a", "b"], { anonymous: true }),
        "kube/nodes": two,
        "kube/identity": identity("2026-01-01T00:00:00Z", "other"),
      },
      outcome: "undetermined",
      because: /it is of another cluster$/,
    },
    {
      name: "a result that names no cluster counts for exactly these nodes",
      facts: { ...givenKubelets(["a", "b"], { anonymous: false }, null), "kube/nodes": two },
      outcome: "pass",
    },
    {
      name: "and not for others",
      facts: { ...givenKubelets(["a", "b", "c"], { anonymous: true }, null), "kube/nodes": two },
      outcome: "undetermined",
      because: /of another cluster/,
    },
    {
      name: "whose kubelets they are takes the cluster's uid",
      facts: {
        ...givenKubelets(["a"], { anonymous: true }),
        "kube/nodes": two,
        "kube/identity": unavailable("forbidden", "x"),
      },
      outcome: "undetermined",
      because: /uid is not known$/,
    },
    {
      name: "a node made after the run only has the name of one that was looked at",
      facts: {
        ...givenKubelets(["a", "b"], { anonymous: false }),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b", {}, { createdAt: "2026-11-22T10:00:00Z" })),
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "nobody knows how many nodes there are",
      facts: {
        "kube/node-args": { nodes: [server("a", "false")] },
        "kube/nodes": unavailable("forbidden", "the right to list nodes"),
      },
      outcome: "undetermined",
      missing: ["the right to list nodes", everyKubelet],
    },
    {
      name: "every kubelet says so of itself",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b")),
        "kube/nodes": two,
      },
      outcome: "pass",
      observed: { sources: ["its /configz"] },
    },
    {
      name: "every kubelet rejects a request without credentials, whatever it says of itself",
      facts: { "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b")), "kube/nodes": two },
      outcome: "pass",
      observed: { sources: ["a request without credentials"] },
    },
    {
      name: "one lets anonymous requests through to authorization",
      facts: {
        "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b", { anonymous: "forbidden" })),
        "kube/nodes": two,
      },
      outcome: "fail",
      findings: ["anonymous-kubelet"],
      because: /: b$/,
    },
    {
      name: "one answers whoever asks, though its configuration denies it",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a")),
        "kube/listeners": listeners(kubeletListener("a", { anonymous: "allowed" })),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "fail",
    },
    {
      name: "what it did is not known, and there is no configuration",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), unseenKubelet("b")),
        "kube/listeners": listeners(kubeletListener("b", { anonymous: "unknown" })),
        "kube/nodes": two,
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
    {
      name: "what it runs with decides over an older result",
      facts: {
        ...givenKubelets(["a", "b"], { anonymous: true }),
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b")),
        "kube/nodes": two,
      },
      outcome: "pass",
    },
    {
      name: "no nodes at all",
      facts: { "kube/node-args": { nodes: [] }, "kube/nodes": nodes() },
      outcome: "undetermined",
    },
  ],
);
