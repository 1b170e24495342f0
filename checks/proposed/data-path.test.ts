import { describeCheck } from "../../tests/support/check-table.ts";
import { path, paths } from "../../tests/support/facts.ts";
import { dataPath } from "./data-path.ts";

const given = (...given: Parameters<typeof paths>) => ({ facts: { "kube/data-path": paths(...given) } });

describeCheck(
  dataPath,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "every way",
      ...given([path("pod"), path("pod", { placement: "same-node" }), path("service")]),
      outcome: "pass",
      observed: { tried: 3, reached: 3 },
    },
    {
      name: "one family between nodes",
      ...given([path("pod"), path("pod", { family: "IPv6", answer: "timeout" })]),
      outcome: "fail",
      findings: ["not-reached"],
      because: /pod over IPv6 \(TCP, other-node\)$/,
    },
    {
      name: "Services that kube-proxy does not serve",
      ...given([path("pod"), path("service", { answer: "refused" })]),
      outcome: "fail",
    },
    {
      name: "node ports on other addresses are shown alone",
      ...given([path("pod"), path("node-port", { answer: "refused" })]),
      outcome: "pass",
      findings: ["node-port-not-reached"],
    },
    {
      name: "a name that is not resolved is a matter of DNS",
      ...given([path("pod"), path("headless-name", { answer: "no-name" })]),
      outcome: "pass",
      observed: { tried: 1 },
    },
    {
      name: "nothing at all",
      ...given([path("pod", { answer: "timeout" }), path("service", { answer: "timeout" })]),
      outcome: "undetermined",
      findings: [],
    },
    { name: "one node", ...given([path("pod", { placement: "same-node" })]), outcome: "undetermined" },
    {
      name: "pods that are not scheduled",
      ...given([], { hindrance: { by: "unschedulable", said: "0/3 nodes are available" } }),
      outcome: "undetermined",
      because: /unschedulable/,
    },
  ],
);
