import { describeCheck } from "../../tests/support/check-table.ts";
import { admissions, apiServerPod, apiServers, flags, serverNode, staticPods } from "../../tests/support/facts.ts";
import { nodeRestriction } from "./node-restriction.ts";

const one = { "kube/api-server-instances": apiServers(1) };
const plugins = (value: string) => apiServerPod("a", { "enable-admission-plugins": value });
const hosted = { "kube/control-plane-pods": staticPods() };

describeCheck(
  nodeRestriction,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "enabled",
      facts: { "kube/control-plane-pods": staticPods(plugins("NodeRestriction")), ...one },
      outcome: "pass",
    },
    {
      name: "enabled, not as the first",
      facts: { "kube/control-plane-pods": staticPods(plugins("EventRateLimit,NodeRestriction")), ...one },
      outcome: "pass",
    },
    {
      name: "not enabled",
      facts: { "kube/control-plane-pods": staticPods(plugins("EventRateLimit")), ...one },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "no list of plugins at all: it is off by default",
      facts: { "kube/control-plane-pods": staticPods(apiServerPod("a")), ...one },
      outcome: "fail",
    },
    {
      name: "a list that is not kept",
      facts: {
        "kube/control-plane-pods": staticPods(apiServerPod("a", {}, ["enable-admission-plugins"])),
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "hosted: its calls are counted",
      facts: { ...hosted, "kube/api-server-metrics": admissions("NodeRestriction/admit", "LimitRanger/admit"), ...one },
      outcome: "pass",
    },
    {
      name: "hosted: others are called in its phase, it is not",
      facts: {
        ...hosted,
        "kube/api-server-metrics": admissions("LimitRanger/admit", "Priority/admit", "ServiceAccount/admit"),
        ...one,
      },
      outcome: "fail",
      because: /the one that answered$/,
    },
    {
      name: "hosted: too few are shown for the list to be whole",
      facts: {
        ...hosted,
        "kube/api-server-metrics": admissions("LimitRanger/admit", "ResourceQuota/validate"),
        ...one,
      },
      outcome: "undetermined",
    },
    {
      name: "hosted: nothing was called yet",
      facts: { ...hosted, "kube/api-server-metrics": admissions(), ...one },
      outcome: "undetermined",
    },
    {
      name: "hosted: flags in force, an empty list",
      facts: { ...hosted, "kube/flagz": { flags: flags({ "enable-admission-plugins": "" }) }, ...one },
      outcome: "fail",
    },
    {
      name: "k3s enables it itself",
      facts: { "kube/node-args": { nodes: [serverNode("k3s", "a")] }, ...one },
      outcome: "undetermined",
    },
    {
      name: "k3s, switched off by an argument",
      facts: {
        "kube/node-args": {
          nodes: [serverNode("k3s", "a", { apiServer: flags({ "disable-admission-plugins": "NodeRestriction" }) })],
        },
        ...one,
      },
      outcome: "fail",
    },
    {
      name: "hosted: a node that would change another one is refused",
      facts: { ...hosted, "kube/node-restriction": { refused: true }, ...one },
      outcome: "pass",
      observed: { byDryRun: "on" },
    },
    {
      name: "hosted: one of two API servers refused it",
      facts: { ...hosted, "kube/node-restriction": { refused: true }, "kube/api-server-instances": apiServers(2) },
      outcome: "undetermined",
    },
    {
      name: "hosted: a node could change another one",
      facts: { ...hosted, "kube/node-restriction": { refused: false }, ...one },
      outcome: "fail",
      findings: ["plugin-not-enabled"],
    },
    {
      name: "hosted: something else refused it",
      facts: { ...hosted, "kube/node-restriction": { refused: null }, ...one },
      outcome: "undetermined",
    },
  ],
);
