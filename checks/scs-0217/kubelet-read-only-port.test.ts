import { describeCheck } from "../../tests/support/check-table.ts";
import { kubeletRows, twoServers } from "../../tests/support/kubelet-rows.ts";
import { runningKubelet, runningKubelets, unseenKubelet } from "../../tests/support/running-facts.ts";
import { kubeletReadOnlyPort } from "./kubelet-read-only-port.ts";

describeCheck(
  kubeletReadOnlyPort,
  ["pass", "fail", "undetermined"],
  [
    ...kubeletRows({
      argument: "read-only-port",
      good: { argument: "0", settings: { readOnlyPort: 0 } },
      bad: { argument: "10255", settings: { readOnlyPort: 10_255 } },
      code: "read-only-port-open",
    }),
    {
      name: "one runs with another port open",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), runningKubelet("b", { readOnlyPort: 10_355 })),
        "kube/nodes": twoServers,
      },
      outcome: "fail",
      because: /: b$/,
    },
    {
      name: "one answers there, though it shows no configuration",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), {
          ...unseenKubelet("b"),
          readOnlyPort: "open",
        }),
        "kube/nodes": twoServers,
      },
      outcome: "fail",
      findings: ["read-only-port-open"],
      because: /: b$/,
    },
    {
      name: "that nothing answers on the usual port is not all",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), {
          ...unseenKubelet("b"),
          readOnlyPort: "refused",
        }),
        "kube/nodes": twoServers,
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
  ],
);
