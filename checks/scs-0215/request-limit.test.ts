import { describeCheck } from "../../tests/support/check-table.ts";
import {
  apiServers,
  defaultLevels,
  defaultSeats,
  fairnessHook,
  flags,
  inflightHook,
  readyz,
  serverNode,
  staticPod,
  staticPods,
} from "../../tests/support/facts.ts";
import { throttling } from "../../tests/support/running-facts.ts";
import { requestLimit } from "./request-limit.ts";

const off = { "enable-priority-and-fairness": "false" };
const zero = { ...off, "max-requests-inflight": "0", "max-mutating-requests-inflight": "0" };

describeCheck(
  requestLimit,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "the only one rejects what is beyond a limit of the run's own",
      facts: { "kube/throttling": throttling(7), "kube/api-server-instances": apiServers(1) },
      outcome: "pass",
      observed: {
        tried:
          "7 of 8 requests beyond a limit made for them were rejected, 1 of 1 of another user's were answered meanwhile",
      },
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
      name: "kubeadm: no flag at all, fairness by default",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
      observed: { byFlags: [{ apiServer: "kube-apiserver-a", limiter: "priority and fairness" }] },
    },
    {
      name: "k3s with fairness off and its limits set",
      facts: {
        "kube/node-args": {
          nodes: [
            serverNode("k3s", "a", {
              apiServer: flags({ ...off, "max-requests-inflight": "200", "max-mutating-requests-inflight": "50" }),
            }),
          ],
        },
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
      observed: { byFlags: [{ apiServer: "a", limiter: "200 reading and 50 changing requests in flight" }] },
    },
    {
      name: "fairness off, default limits",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", off)),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
    },
    {
      name: "hosted, one API server: its hook tells",
      facts: {
        "kube/readyz": readyz(fairnessHook),
        "kube/api-server-instances": apiServers(1, 1),
        "kube/control-plane-pods": staticPods(),
      },
      outcome: "pass",
    },
    {
      name: "hosted, one API server: its seats tell the limit in force",
      facts: {
        "kube/readyz": readyz(fairnessHook),
        "kube/api-server-metrics": defaultSeats,
        "kube/priority-levels": defaultLevels,
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
      because: /effective limit of 598-600 requests$/,
      observed: { effectiveLimitOnOne: "598-600" },
    },
    {
      name: "one of two: without the shares its seats tell the limit within their rounding",
      facts: {
        "kube/readyz": readyz(fairnessHook),
        "kube/api-server-metrics": defaultSeats,
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "undetermined",
      observed: { effectiveLimitOnOne: "595-602" },
    },
    {
      name: "one API server: the headers tell",
      facts: { "kube/flow-control-headers": { flowSchemaUid: "uid" }, "kube/api-server-instances": apiServers(1) },
      outcome: "pass",
    },
    {
      name: "both limits 0",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", zero)),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
      findings: ["requests-unlimited"],
    },
    {
      name: "one of them 0",
      facts: {
        "kube/control-plane-pods": staticPods(
          staticPod("kube-apiserver", "a", { ...off, "max-mutating-requests-inflight": "0" }),
        ),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "fail",
    },
    {
      name: "0 is no harm while fairness is on",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", { "max-requests-inflight": "0" })),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "pass",
    },
    {
      name: "one of two without limit, the third not seen",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a"), staticPod("kube-apiserver", "b", zero)),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "fail",
      findings: ["requests-unlimited"],
    },
    {
      name: "by /flagz",
      facts: {
        "kube/flagz": { flags: flags(zero) },
        "kube/readyz": readyz(inflightHook),
        "kube/api-server-instances": apiServers(2),
      },
      outcome: "fail",
    },
    {
      name: "hook of the in-flight filter alone does not tell the limits",
      facts: { "kube/readyz": readyz(inflightHook), "kube/api-server-instances": apiServers(1) },
      outcome: "undetermined",
    },
    {
      name: "one of three behind a load balancer speaks for itself only",
      facts: {
        "kube/readyz": readyz(fairnessHook),
        "kube/api-server-instances": apiServers(3),
        "kube/control-plane-pods": staticPods(),
      },
      outcome: "undetermined",
      because: /^0 of 3 API servers/,
    },
    {
      name: "two of three show their flags",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a"), staticPod("kube-apiserver", "b")),
        "kube/api-server-instances": apiServers(3),
      },
      outcome: "undetermined",
      because: /^2 of 3 API servers/,
      missing: ["a view of every API server"],
    },
    {
      name: "nobody knows how many there are",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a")),
        "kube/readyz": readyz(fairnessHook),
      },
      outcome: "undetermined",
      missing: ["the right to read kube/api-server-instances"],
    },
    {
      name: "flags in a script that the pod only names",
      facts: {
        "kube/control-plane-pods": staticPods(staticPod("kube-apiserver", "a", {}, { configFile: true })),
        "kube/api-server-instances": apiServers(1),
      },
      outcome: "undetermined",
    },
  ],
);
