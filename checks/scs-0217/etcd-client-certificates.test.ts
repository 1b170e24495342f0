import { describeCheck } from "../../tests/support/check-table.ts";
import { controlPlane, nodes, serverNode, staticPod, staticPods } from "../../tests/support/facts.ts";
import { etcdListener, listeners } from "../../tests/support/running-facts.ts";
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
      name: "every member refuses a client without, though no flag says so",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", { "listen-client-urls": "https" })),
        "kube/listeners": listeners(etcdListener("a")),
        ...one,
      },
      outcome: "pass",
      because: /refused a client/,
    },
    {
      name: "one lets in whoever comes, whatever its flag says",
      facts: {
        "kube/control-plane-pods": staticPods(member("a", "true"), member("b", "true")),
        "kube/listeners": listeners(etcdListener("a"), etcdListener("b", { clientCertificate: "not-requested" })),
        ...two,
      },
      outcome: "fail",
      findings: ["etcd-without-client-certificates"],
    },
    {
      name: "asked for and not required",
      facts: { "kube/listeners": listeners(etcdListener("a", { clientCertificate: "requested" })), ...one },
      outcome: "fail",
    },
    {
      name: "without TLS",
      facts: { "kube/listeners": listeners(etcdListener("a", { speaks: "plain" })), ...one },
      outcome: "fail",
      because: /^An etcd member lets/,
    },
    {
      name: "one refused, of the other one the flag tells",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a"), member("b", "true")),
        "kube/listeners": listeners(etcdListener("a"), etcdListener("b", { clientCertificate: "unknown" })),
        ...two,
      },
      outcome: "pass",
    },
    {
      name: "hosts run etcd, and one of two was reached",
      facts: { "kube/control-plane-pods": staticPods(), "kube/listeners": listeners(etcdListener("a")), ...two },
      outcome: "undetermined",
    },
    {
      name: "hosts run etcd, and all of it was reached",
      facts: { "kube/control-plane-pods": staticPods(), "kube/listeners": listeners(etcdListener("a")), ...one },
      outcome: "pass",
    },
    {
      name: "nothing listens there",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/listeners": listeners(etcdListener("a", { speaks: "refused" })),
        ...one,
      },
      outcome: "undetermined",
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
