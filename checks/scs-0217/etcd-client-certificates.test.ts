import { describeCheck } from "../../tests/support/check-table.ts";
import { controlPlane, nodes, serverNode, staticPod, staticPods } from "../../tests/support/facts.ts";
import { etcdClientCertificates } from "./etcd-client-certificates.ts";

const member = (node: string, value: string) =>
  staticPod("etcd", node, { "listen-client-urls": "https", "client-cert-auth": value });
const one = { "kube/nodes": nodes(controlPlane("a")) };
const two = { "kube/nodes": nodes(controlPlane("a"), controlPlane("b")) };

describeCheck(
  etcdClientCertificates,
  ["pass", "fail", "not-applicable", "undetermined"],
  [
    {
      name: "asked for by both members",
      facts: { "kube/control-plane-pods": staticPods(member("a", "true"), member("b", "true")), ...two },
      outcome: "pass",
    },
    {
      name: "one of two does not ask",
      facts: { "kube/control-plane-pods": staticPods(member("a", "true"), member("b", "false")), ...two },
      outcome: "fail",
      findings: ["etcd-without-client-certificates"],
    },
    {
      name: "not asked for by default",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", { "listen-client-urls": "https" })),
        ...one,
      },
      outcome: "fail",
    },
    {
      name: "settings in a file",
      facts: { "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })), ...one },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "settings that are not on the command line",
      facts: { "kube/control-plane-pods": staticPods(staticPod("etcd", "a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "one of two seen",
      facts: { "kube/control-plane-pods": staticPods(member("a", "true")), ...two },
      outcome: "undetermined",
      missing: ["a view of every etcd member"],
    },
    {
      name: "k3s on SQLite has no etcd",
      facts: { "kube/control-plane-pods": staticPods(), "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "not-applicable",
    },
    {
      name: "hosted",
      facts: { "kube/control-plane-pods": staticPods(), "kube/nodes": nodes() },
      outcome: "undetermined",
    },
  ],
);
