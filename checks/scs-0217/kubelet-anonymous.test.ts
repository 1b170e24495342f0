import { describeCheck } from "../../tests/support/check-table.ts";
import { controlPlane, nodes } from "../../tests/support/facts.ts";
import { kubeletRows, twoServers } from "../../tests/support/kubelet-rows.ts";
import {
  kubeletListener,
  listeners,
  runningKubelet,
  runningKubelets,
  unseenKubelet,
} from "../../tests/support/running-facts.ts";
import { kubeletAnonymous } from "./kubelet-anonymous.ts";

describeCheck(
  kubeletAnonymous,
  ["pass", "fail", "undetermined"],
  [
    ...kubeletRows({
      argument: "anonymous-auth",
      good: { argument: "false", settings: { anonymous: false } },
      bad: { argument: "true", settings: { anonymous: true } },
      code: "anonymous-kubelet",
    }),
    {
      name: "every kubelet rejects a request without credentials, whatever it says of itself",
      facts: { "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b")), "kube/nodes": twoServers },
      outcome: "pass",
      observed: { sources: ["a request without credentials"] },
    },
    {
      name: "one lets anonymous requests through to authorization",
      facts: {
        "kube/listeners": listeners(kubeletListener("a"), kubeletListener("b", { anonymous: "forbidden" })),
        "kube/nodes": twoServers,
      },
      outcome: "fail",
      findings: ["anonymous-kubelet"],
      because: /: b$/,
    },
    {
      name: "one answers whoever asks, though its configuration denies it",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a")),
        "kube/listeners": listeners(kubeletListener("a", { anonymous: "allowed" })),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "fail",
    },
    {
      name: "what it did is not known, and there is no configuration",
      facts: {
        "kube/running-kubelets": runningKubelets(runningKubelet("a"), unseenKubelet("b")),
        "kube/listeners": listeners(kubeletListener("b", { anonymous: "unknown" })),
        "kube/nodes": twoServers,
      },
      outcome: "undetermined",
      because: /^1 of 2/,
    },
  ],
);
