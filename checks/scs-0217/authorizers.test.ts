import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  apiServerPod,
  apiServers,
  flags,
  metrics,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { authorizers } from "./authorizers.ts";

const decided = (...types: string[]) =>
  metrics({
    apiserver_authorization_decisions_total: types.map((type) => ({ labels: { type, decision: "allowed" }, value: 3 })),
  });
const one = { "kube/api-server-instances": apiServers(1) };
const mode = (node: string, value: string) => apiServerPod(node, { "authorization-mode": value });

const hosted = { "kube/control-plane-pods": staticPods() };

describeCheck(
  authorizers,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "Node and RBAC on both of two",
      facts: {
        "kube/control-plane-pods": staticPods(mode("a", "Node,RBAC"), mode("b", "RBAC,Node")),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "pass",
      findings: [],
    },
    {
      name: "one of several that the text allows",
      facts: { "kube/control-plane-pods": staticPods(mode("a", "Node,Webhook")), ...one },
      parameters: { anyOf: ["RBAC", "ABAC", "Webhook"] },
      outcome: "pass",
    },
    {
      name: "one of two lacks it and is named",
      facts: {
        "kube/control-plane-pods": staticPods(mode("a", "Node,RBAC"), mode("b", "RBAC")),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
      findings: ["authorizer-missing"],
      because: /not on kube-apiserver-b$/,
    },
    {
      name: "AlwaysAllow alone, and by default",
      facts: {
        "kube/control-plane-pods": staticPods(mode("a", "AlwaysAllow"), apiServerPod("b")),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
      findings: ["authorizer-missing", "authorizer-missing", "always-allow", "always-allow"],
    },
    {
      name: "AlwaysAllow beside the others is named",
      facts: { "kube/control-plane-pods": staticPods(mode("a", "Node,RBAC,AlwaysAllow")), ...one },
      outcome: "pass",
      findings: ["always-allow"],
    },
    {
      name: "a configuration file hides them",
      facts: {
        "kube/control-plane-pods": staticPods(apiServerPod("a", {}, ["authorization-config"])),
        ...one,
      },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "a configuration file, but Node has decided",
      facts: {
        "kube/control-plane-pods": staticPods(apiServerPod("a", {}, ["authorization-config"])),
        "kube/api-server-metrics": decided("Node", "RBAC"),
        ...one,
      },
      outcome: "pass",
    },
    {
      name: "hosted, one API server: by the flags in force",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/flagz": { flags: flags({ "authorization-mode": "Node,RBAC" }) },
        ...one,
      },
      outcome: "pass",
    },
    {
      name: "hosted: flags in force disprove",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/flagz": { flags: flags({ "authorization-mode": "RBAC" }) },
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "fail",
      because: /the one that answered$/,
    },
    {
      name: "flags in force with a configuration file say nothing",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/flagz": { flags: flags({ "authorization-mode": "" }) },
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "hosted, three API servers: one answered",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/api-server-metrics": decided("Node"),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "undetermined",
      because: /^0 of 3 .*; it is active on the one that answered$/,
    },
    {
      name: "an authorizer that has decided nothing may still be there",
      facts: {
        "kube/control-plane-pods": staticPods(),
        "kube/api-server-metrics": decided("RBAC"),
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "a pod that shows hardly anything has its settings elsewhere",
      facts: { "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")), ...one },
      outcome: "undetermined",
    },
    {
      name: "k3s writes its authorizers itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "undetermined",
    },
    {
      name: "k3s, handed on without Node",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a", { apiServer: flags({ "authorization-mode": "RBAC" }) })] },
        ...one,
      },
      outcome: "fail",
    },
    {
      name: "pods not readable, nothing else",
      facts: {
        "kube/control-plane-pods": unavailable("forbidden", "the right to list pods"),
        "kube/api-server-metrics": metrics({}),
        ...one,
      },
      outcome: "undetermined",
      missing: ["the right to list pods"],
    },
    {
      name: "hosted: the Node authorizer gives its reason",
      facts: { ...hosted, "kube/authorizers": { node: true, rbac: true, allowsAnyone: false }, ...one },
      outcome: "pass",
    },
    {
      name: "hosted: a node is refused without its reason",
      facts: { ...hosted, "kube/authorizers": { node: false, rbac: true, allowsAnyone: false }, ...one },
      outcome: "fail",
    },
    {
      name: "hosted: another authorizer spoke",
      facts: { ...hosted, "kube/authorizers": { node: null, rbac: true, allowsAnyone: false }, ...one },
      outcome: "undetermined",
    },
    {
      name: "hosted: RBAC gives its reason, one of three asked for",
      facts: { ...hosted, "kube/authorizers": { node: true, rbac: true, allowsAnyone: false }, ...one },
      parameters: { anyOf: ["ABAC", "RBAC", "Webhook"] },
      outcome: "pass",
    },
    {
      name: "hosted: RBAC kept silent, which tells nothing",
      facts: { ...hosted, "kube/authorizers": { node: true, rbac: null, allowsAnyone: false }, ...one },
      parameters: { anyOf: ["ABAC", "RBAC", "Webhook"] },
      outcome: "undetermined",
    },
  ],
);
