import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { controlPlane, flags, nodes, serverNode, worker } from "../../tests/support/facts.ts";
import { kubeletReadOnlyPort } from "./kubelet-read-only-port.ts";

const server = (node: string, value?: string) =>
  serverNode("k3s", node, value === undefined ? {} : { kubelet: flags({ "read-only-port": value }) });
const asked = (settings: KubeletSettings) => ({ source: "kubelet-config" as const, settings });
const two = nodes(controlPlane("a"), controlPlane("b"));

describeCheck(
  kubeletReadOnlyPort,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "stated on every node",
      facts: { "kube/node-args": { nodes: [server("a", "0"), server("b", "0")] }, "kube/nodes": two },
      outcome: "pass",
    },
    {
      name: "one node has it otherwise and is named",
      facts: { "kube/node-args": { nodes: [server("a", "0"), server("b", "10255")] }, "kube/nodes": two },
      outcome: "fail",
      findings: ["read-only-port-open"],
      because: /: b$/,
    },
    {
      name: "one seen otherwise decides, whatever the others have",
      facts: {
        "kube/node-args": { nodes: [server("a", "10255")] },
        "kube/nodes": nodes(controlPlane("a"), worker("b")),
      },
      outcome: "fail",
    },
    {
      name: "a worker shows nothing",
      facts: { "kube/node-args": { nodes: [server("a", "0")] }, "kube/nodes": nodes(controlPlane("a"), worker("b")) },
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
        "kube/kubelet-configuration": asked({ readOnlyPort: 0 }),
        "kube/node-args": { nodes: [] },
        "kube/nodes": two,
      },
      outcome: "undetermined",
      findings: [],
      missing: ['the configuration of every kubelet (tier "system") or a declaration'],
    },
    {
      name: "kubeadm asks for the wrong thing: named, for no kubelet was seen",
      facts: {
        "kube/kubelet-configuration": asked({ readOnlyPort: 10255 }),
        "kube/node-args": { nodes: [] },
        "kube/nodes": two,
      },
      outcome: "undetermined",
      findings: ["read-only-port-open"],
    },
    {
      name: "kubeadm does not say",
      facts: { "kube/kubelet-configuration": asked({}), "kube/node-args": { nodes: [] }, "kube/nodes": two },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "nobody knows how many nodes there are",
      facts: {
        "kube/node-args": { nodes: [server("a", "0")] },
        "kube/nodes": unavailable("forbidden", "the right to list nodes"),
      },
      outcome: "undetermined",
      missing: ["the right to list nodes", 'the configuration of every kubelet (tier "system") or a declaration'],
    },
    {
      name: "no nodes at all",
      facts: { "kube/node-args": { nodes: [] }, "kube/nodes": nodes() },
      outcome: "undetermined",
    },
  ],
);
