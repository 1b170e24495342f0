import { describeCheck } from "../../tests/support/check-table.ts";
import { apiServerPod, apiServers, flags, serverNode, staticPods } from "../../tests/support/facts.ts";
import { etcdListener, listeners } from "../../tests/support/running-facts.ts";
import { etcdSeparateCa } from "./etcd-separate-ca.ts";

const one = { "kube/api-server-instances": apiServers(1) };
const both = flags({}, ["client-ca-file", "etcd-cafile"]);
const server = (sharedFiles?: string[][]) =>
  staticPods({ ...apiServerPod("a", {}, ["client-ca-file", "etcd-cafile"]), ...(sharedFiles ? { sharedFiles } : {}) });

describeCheck(
  etcdSeparateCa,
  ["pass", "fail", "undetermined"],
  [
    { name: "two files", facts: { "kube/control-plane-pods": server(), ...one }, outcome: "pass" },
    {
      name: "two files, of which clients and the front proxy share one",
      facts: { "kube/control-plane-pods": server([["client-ca-file", "requestheader-client-ca-file"]]), ...one },
      outcome: "pass",
    },
    {
      name: "one file for both",
      facts: { "kube/control-plane-pods": server([["client-ca-file", "etcd-cafile"]]), ...one },
      outcome: "fail",
      findings: ["etcd-shares-ca"],
    },
    {
      name: "no authorities of etcd are named",
      facts: { "kube/control-plane-pods": staticPods(apiServerPod("a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "two files, and etcd's certificate is signed by another CA",
      facts: { "kube/control-plane-pods": server(), "kube/listeners": listeners(etcdListener("a")), ...one },
      outcome: "pass",
      observed: { etcd: [{ node: "a", byClusterCa: false }] },
    },
    {
      name: "two files with the same CA in them",
      facts: {
        "kube/control-plane-pods": server(),
        "kube/listeners": listeners(etcdListener("a", { issuedByClusterCa: true })),
        ...one,
      },
      outcome: "fail",
      findings: ["etcd-shares-ca"],
    },
    {
      name: "another CA's certificate alone does not show whom it lets in",
      facts: { "kube/listeners": listeners(etcdListener("a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "who has signed it is not known",
      facts: { "kube/listeners": listeners(etcdListener("a", { issuedByClusterCa: null })), ...one },
      outcome: "undetermined",
    },
    {
      name: "k3s writes them itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a", { apiServer: both })] }, ...one },
      outcome: "undetermined",
    },
  ],
);
