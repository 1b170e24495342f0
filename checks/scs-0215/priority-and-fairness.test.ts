import { describeCheck } from "../../tests/support/check-table.ts";
import {
  apiServers,
  fairnessHook,
  flags,
  inflightHook,
  readyz,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { throttling } from "../../tests/support/running-facts.ts";
import { priorityAndFairness } from "./priority-and-fairness.ts";

const off = { "enable-priority-and-fairness": "false" };

describeCheck(
  priorityAndFairness,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "the only one rejects what is beyond a limit of the run's own",
      facts: { "kube/throttling": throttling(7), "kube/api-server-instances": apiServers(1) },
      outcome: "pass",
    },
    {
      name: "one of three does",
      facts: { "kube/throttling": throttling(7), "kube/api-server-instances": apiServers(3) },
      outcome: "undetermined",
    },
    {
      name: "nothing was rejected: requests may not have met",
      facts: { "kube/throttling": throttling(0), "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
    {
      name: "three API servers, nothing switched off",
      facts: {
        "kube/control-plane-pods": staticPods(...["a", "b", "c"].map((node) => staticPod("kube-apiserver", node))),
        "kube/api-server-instances": apiServers(3, 3),
      },
      outcome: "pass",
    },
    {
      name: "one API server, by its hook",
      facts: { "kube/readyz": readyz(fairnessHook), "kube/api-server-instances": apiServers(1) },
      outcome: "pass",
    },
    {
      name: "one of two switched off: it is named",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a"), staticPod("kube-apiserver", "b", off)),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
      findings: ["fairness-off"],
    },
    {
      name: "recorded k3s with fairness off",
      facts: {
        "kube/node-args": { nodes: [serverNode("k3s", "a", { apiServer: flags(off) })] },
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
    },
    {
      name: "by feature gate",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", { "feature-gates": "Other=true,APIPriorityAndFairness=false" }),
        ),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
    },
    {
      name: "the hook of the other filter",
      facts: { "kube/readyz": readyz(inflightHook), "kube/api-server-instances": apiServers(3) },
      outcome: "fail",
    },
    {
      name: "one that answered behind a single address, which may be virtual",
      facts: { "kube/readyz": readyz(fairnessHook), "kube/api-server-instances": apiServers(0, 1) },
      outcome: "undetermined",
    },
    {
      name: "one of three answered",
      facts: { "kube/readyz": readyz(fairnessHook), "kube/api-server-instances": apiServers(3) },
      outcome: "undetermined",
      because: /answered has it active/,
    },
    {
      name: "headers that were not sent prove nothing",
      facts: { "kube/flow-control-headers": {}, "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
    {
      name: "an answer without either hook",
      facts: { "kube/readyz": readyz(), "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
  ],
);
