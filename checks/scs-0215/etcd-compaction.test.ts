import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  controlPlane,
  controlPlaneThere,
  flags,
  node,
  nodes,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { etcdCompaction } from "./etcd-compaction.ts";

const wanted = { "auto-compaction-mode": "periodic", "auto-compaction-retention": "8h" };
const etcd = (name: string, values: Record<string, string> = wanted) => staticPod("etcd", name, values);
const server = (name: string, roles = ["control-plane", "master"]) => node(name, { roles });

const external = {
  apiVersion: "kubeadm.k8s.io/v1beta3",
  apiServer: flags(),
  etcd: { placement: "external" as const, flags: flags() },
  podFamilies: [],
  serviceFamilies: [],
};

describeCheck(
  etcdCompaction,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    {
      name: "set on all three",
      facts: {
        "kube/control-plane-pods": staticPods(etcd("a"), etcd("b"), etcd("c")),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b"), controlPlane("c")),
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "written for all members and rolled out in the management cluster",
      facts: { "management/control-plane": controlPlaneThere({ etcd: { placement: "local", flags: flags(wanted) } }) },
      outcome: "pass",
      because: /^All etcd members of the KubeadmControlPlane are set/,
    },
    {
      name: "not written for the members there",
      facts: { "management/control-plane": controlPlaneThere() },
      outcome: "fail",
      findings: ["no-compaction-retention"],
    },
    {
      name: "not rolled out there, or outside the cluster, or of no control plane that has one",
      facts: { "management/control-plane": controlPlaneThere({ rolledOut: false }) },
      outcome: "undetermined",
    },
    {
      name: "external by what is written there",
      facts: { "management/control-plane": controlPlaneThere({ etcd: { placement: "external", flags: flags() } }) },
      outcome: "undetermined",
      because: /outside the cluster/,
    },
    {
      name: "the same time written otherwise",
      facts: {
        "kube/control-plane-pods": staticPods(etcd("a", { ...wanted, "auto-compaction-retention": "480m0s" })),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "pass",
    },
    {
      name: "a bare number counts hours; the mode is periodic by default",
      facts: {
        "kube/control-plane-pods": staticPods(etcd("a", { "auto-compaction-retention": "8" })),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "pass",
      findings: ["mode-by-default"],
    },
    {
      name: "kubeadm default: nothing set",
      facts: { "kube/control-plane-pods": staticPods(etcd("a", {})), "kube/nodes": nodes(controlPlane("a")) },
      outcome: "fail",
      findings: ["no-compaction-retention"],
    },
    {
      name: "another mode and time",
      facts: {
        "kube/control-plane-pods": staticPods(
          etcd("a", { "auto-compaction-mode": "revision", "auto-compaction-retention": "1000" }),
        ),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "fail",
      findings: ["other-compaction-mode", "other-compaction-retention"],
    },
    {
      name: "one of three lacks it: it is named, whatever is not seen",
      facts: { "kube/control-plane-pods": staticPods(etcd("a"), etcd("b", {})) },
      outcome: "fail",
      findings: ["no-compaction-retention"],
    },
    {
      name: "two of three seen",
      facts: {
        "kube/control-plane-pods": staticPods(etcd("a"), etcd("b")),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b"), controlPlane("c")),
      },
      outcome: "undetermined",
      because: /^2 of 3/,
    },
    {
      name: "how many members there are takes the right to see nodes",
      facts: {
        "kube/control-plane-pods": staticPods(etcd("a"), etcd("b")),
        "kube/nodes": unavailable("forbidden", "the right to list nodes"),
      },
      outcome: "undetermined",
      missing: ["the right to list nodes"],
    },
    {
      name: "RKE2: settings in a file",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })),
        "kube/nodes": nodes(server("a", ["control-plane", "etcd", "master"])),
      },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "RKE2: the file holds what its arguments hand on",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })),
        "kube/node-args": { nodes: [serverNode("rke2", "a", { etcd: flags(wanted) })] },
        "kube/nodes": nodes(server("a", ["control-plane", "etcd", "master"])),
      },
      outcome: "pass",
    },
    {
      name: "RKE2: handed on is another value",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })),
        "kube/node-args": {
          nodes: [serverNode("rke2", "a", { etcd: flags({ ...wanted, "auto-compaction-retention": "1h" }) })],
        },
      },
      outcome: "fail",
      findings: ["other-compaction-retention"],
    },
    {
      name: "RKE2 with a file, but another value in its arguments",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("etcd", "a", { "auto-compaction-retention": "1h" }, { configFile: true }),
        ),
      },
      outcome: "fail",
    },
    {
      name: "k3s with one server and SQLite",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/node-args": { nodes: [serverNode("k3s", "edge")] },
        "kube/nodes": nodes(server("edge")),
      },
      outcome: "not-applicable",
      observed: { server: "edge", clusterInit: false, datastoreEndpoint: false, etcdRole: false },
    },
    {
      name: "k3s with embedded etcd and the flags handed on",
      facts: {
        "kube/node-args": {
          nodes: [serverNode("k3s", "a", { options: flags({ "cluster-init": "true" }), etcd: flags(wanted) })],
        },
        "kube/nodes": nodes(server("a", ["control-plane", "etcd", "master"])),
      },
      outcome: "pass",
    },
    {
      name: "k3s with embedded etcd, nothing handed on",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a")] },
        "kube/nodes": nodes(server("a", ["control-plane", "etcd"])),
      },
      outcome: "undetermined",
    },
    {
      name: "k3s with a database elsewhere",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a", { options: flags({}, ["datastore-endpoint"]) })] },
        "kube/nodes": nodes(server("a")),
      },
      outcome: "undetermined",
      because: /external datastore/,
    },
    {
      name: "k3s, nodes not readable: SQLite is not proved",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] } },
      outcome: "undetermined",
    },
    {
      name: "two k3s servers without any sign of etcd",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a"), serverNode("k3s", "b")] },
        "kube/nodes": nodes(server("a"), server("b")),
      },
      outcome: "undetermined",
    },
    {
      name: "external etcd",
      facts: { "kube/control-plane-pods": staticPods(), "kube/kubeadm-config": external },
      outcome: "undetermined",
      because: /outside/,
    },
    {
      name: "hosted control plane",
      facts: { "kube/control-plane-pods": staticPods(), "kube/node-args": { nodes: [] } },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "pods not readable",
      facts: { "kube/node-args": { nodes: [] } },
      outcome: "undetermined",
      missing: ["the right to read kube/control-plane-pods"],
    },
  ],
);
