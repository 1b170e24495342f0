import { describeCheck, withFacts } from "../../tests/support/check-table.ts";
import {
  apiServers,
  controlPlane,
  controlPlaneThere,
  nodes,
  platform,
  staticPod,
  staticPods,
  worker,
} from "../../tests/support/facts.ts";
import { controlPlaneRedundancy } from "./control-plane-redundancy.ts";

const leader = (component: "kube-scheduler" | "kube-controller-manager") => ({
  component,
  holder: "a",
  transitions: 3,
  renewedAt: "2026-11-23T09:59:58Z",
});
const leaders = { leases: [leader("kube-controller-manager"), leader("kube-scheduler")] };
const parts = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"] as const;
const allOn = (...names: string[]) => names.flatMap((name) => parts.map((part) => staticPod(part, name)));
const hosted = {
  "kube/control-plane-pods": staticPods(),
  "kube/nodes": nodes(worker("w")),
};

describeCheck(
  controlPlaneRedundancy,
  ["pass", "fail", "undetermined"],
  withFacts({ "kube/platform": platform("kubeadm") }, [
    {
      name: "three of everything",
      facts: {
        "kube/api-server-instances": apiServers(3, 3),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b"), controlPlane("c"), worker("w")),
        "kube/control-plane-pods": staticPods(...allOn("a", "b", "c")),
        "kube/leader-leases": leaders,
      },
      outcome: "pass",
      because: /^3 API servers are alive, there are 3 control-plane nodes$/,
      observed: { leaders: [{ component: "kube-controller-manager", transitions: 3 }, {}], staticPods: { etcd: 3 } },
    },
    {
      name: "Kamaji with one replica, by what is rolled out in the management cluster",
      facts: {
        "kube/api-server-instances": apiServers(1, 1),
        ...hosted,
        "management/control-plane": controlPlaneThere({ kind: "TenantControlPlane", replicas: 1 }),
      },
      outcome: "fail",
      findings: ["single-replica"],
    },
    {
      name: "Kamaji with two replicas: the datastore stays unseen",
      facts: {
        "kube/api-server-instances": apiServers(2, 1),
        ...hosted,
        "management/control-plane": controlPlaneThere({ kind: "TenantControlPlane", replicas: 2 }),
      },
      outcome: "undetermined",
      observed: { replicasWritten: 2 },
    },
    {
      name: "Kamaji with one replica written, and two still alive",
      facts: {
        "kube/api-server-instances": apiServers(2, 1),
        ...hosted,
        "management/control-plane": controlPlaneThere({ kind: "TenantControlPlane", replicas: 1 }),
      },
      outcome: "undetermined",
    },
    {
      name: "a Shoot that has to survive a node",
      facts: {
        "kube/api-server-instances": apiServers(2, 1),
        ...hosted,
        "management/control-plane": controlPlaneThere({ kind: "Shoot", failureTolerance: "node", hidesFlags: true }),
      },
      outcome: "undetermined",
      observed: { failureToleranceWritten: "node" },
    },
    {
      name: "hosted: two leases are two API servers, and nothing about etcd",
      facts: { "kube/api-server-instances": apiServers(2, 1), ...hosted },
      outcome: "undetermined",
      because: /^2 API servers are alive; the rest of the control plane is not visible$/,
    },
    {
      name: "k3s with two servers, no leases readable",
      facts: { "kube/nodes": nodes(controlPlane("a"), controlPlane("b")), "kube/control-plane-pods": staticPods() },
      outcome: "pass",
      because: /^There are 2 control-plane nodes$/,
    },
    {
      name: "two nodes, pods not readable: there may be but one etcd",
      facts: { "kube/nodes": nodes(controlPlane("a"), controlPlane("b")) },
      outcome: "undetermined",
      missing: ["the right to read kube/control-plane-pods"],
    },
    {
      name: "hosted: one lease may be that of several servers with one host name",
      facts: { "kube/api-server-instances": apiServers(1, 1), ...hosted },
      outcome: "undetermined",
    },
    {
      name: "one control-plane node with one API server",
      facts: {
        "kube/api-server-instances": apiServers(1, 1),
        "kube/nodes": nodes(controlPlane("edge")),
      },
      outcome: "fail",
      findings: ["single-api-server"],
      because: /only control-plane node$/,
    },
    {
      name: "two servers, one of which holds the only etcd",
      facts: {
        "kube/api-server-instances": apiServers(2, 2),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b")),
        "kube/control-plane-pods": staticPods(
          ...allOn("a"),
          staticPod("kube-apiserver", "b"),
          staticPod("kube-scheduler", "b"),
          staticPod("kube-controller-manager", "b"),
        ),
      },
      outcome: "fail",
      findings: ["single-component"],
      because: /^etcd runs only once$/,
    },
    {
      name: "leases of the dead do not count",
      facts: { "kube/api-server-instances": apiServers(0, 1), ...hosted },
      outcome: "undetermined",
      missing: ["a view of every API server"],
    },
    {
      name: "one lease, but two addresses",
      facts: { "kube/api-server-instances": apiServers(1, 2), ...hosted },
      outcome: "undetermined",
    },
    {
      name: "one lease, nodes not readable",
      facts: { "kube/api-server-instances": apiServers(1, 1) },
      outcome: "undetermined",
      missing: ["the right to read kube/nodes"],
    },
    {
      name: "one lease and no control-plane node: whether it is hidden is not known",
      facts: {
        "kube/api-server-instances": apiServers(1, 1),
        "kube/nodes": nodes(worker("w")),
      },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "one control-plane node, leases not readable: others may run where no kubelet does",
      facts: { "kube/nodes": nodes(controlPlane("a")) },
      outcome: "undetermined",
      missing: ["the right to read kube/api-server-instances"],
    },
    {
      name: "only pods are readable: they may all be of one machine",
      facts: { "kube/control-plane-pods": staticPods(...allOn("a")) },
      outcome: "undetermined",
    },
    {
      name: "a tenant gave his workers the role of the control plane, which runs elsewhere",
      facts: {
        "kube/api-server-instances": apiServers(1, 1),
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b")),
        "kube/control-plane-pods": staticPods(),
        "kube/platform": platform("hosted", "hidden"),
      },
      outcome: "undetermined",
      because: /the rest of the control plane is not visible$/,
    },
    {
      name: "two nodes with the role, but nothing shows that API servers run there",
      facts: {
        "kube/nodes": nodes(controlPlane("a"), controlPlane("b")),
        "kube/control-plane-pods": staticPods(),
        "kube/platform": platform("kubeadm", "unknown"),
      },
      outcome: "undetermined",
    },
  ]),
);
