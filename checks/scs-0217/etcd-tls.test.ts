import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  apiServerPod,
  apiServers,
  controlPlane,
  flags,
  nodes,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { etcdTls } from "./etcd-tls.ts";

const member = (node: string, clients = "https", peers = "https") =>
  staticPod("etcd", node, { "listen-client-urls": clients, "listen-peer-urls": peers });
const server = (node: string, etcd: string) => apiServerPod(node, { "etcd-servers": etcd });
const one = { "kube/nodes": nodes(controlPlane("a")), "kube/api-server-instances": apiServers(1) };
const external = {
  "kube/kubeadm-config": {
    apiVersion: "kubeadm.k8s.io/v1beta4",
    apiServer: flags(),
    etcd: { placement: "external" as const, flags: flags() },
    podFamilies: [],
    serviceFamilies: [],
  },
};

describeCheck(
  etcdTls,
  ["pass", "fail", "not-applicable", "undetermined"],
  [
    {
      name: "kubeadm's flags",
      facts: { "kube/control-plane-pods": staticPods(member("a"), server("a", "https")), ...one },
      outcome: "pass",
    },
    {
      name: "plain for clients",
      facts: { "kube/control-plane-pods": staticPods(member("a", "http,https")), ...one },
      outcome: "fail",
      findings: ["etcd-without-tls"],
    },
    {
      name: "plain between members, and from an API server",
      facts: { "kube/control-plane-pods": staticPods(member("a", "https", "http"), server("a", "http")), ...one },
      outcome: "fail",
      findings: ["etcd-without-tls", "etcd-without-tls"],
    },
    {
      name: "plain on the machine itself leaves it open",
      facts: { "kube/control-plane-pods": staticPods(member("a", "http-loopback,https")), ...one },
      outcome: "undetermined",
    },
    {
      name: "no URLs: etcd listens on its own machine",
      facts: { "kube/control-plane-pods": staticPods(staticPod("etcd", "a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "settings in a file",
      facts: { "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })), ...one },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "one of three members seen",
      facts: {
        "kube/control-plane-pods": staticPods(member("a")),
        ...one,
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b"), controlPlane("c")),
      },
      outcome: "undetermined",
      because: /^1 of 3/,
    },
    {
      name: "external etcd: the API servers' side alone proves nothing",
      facts: { "kube/control-plane-pods": staticPods(server("a", "https")), ...external, ...one },
      outcome: "undetermined",
      because: /outside the cluster/,
    },
    {
      name: "external etcd, spoken to without TLS",
      facts: { "kube/control-plane-pods": staticPods(server("a", "http")), ...external, ...one },
      outcome: "fail",
    },
    {
      name: "k3s on SQLite has no etcd",
      facts: { "kube/control-plane-pods": staticPods(), "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "not-applicable",
    },
    {
      name: "k3s with etcd writes its settings itself",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a", { options: flags({ "cluster-init": "true" }) })] },
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "pods that may not be listed",
      facts: { "kube/control-plane-pods": unavailable("forbidden", "the right to list pods"), ...one },
      outcome: "undetermined",
      missing: ["the right to list pods"],
    },
  ],
);
