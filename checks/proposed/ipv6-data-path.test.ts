import { describeCheck } from "../../tests/support/check-table.ts";
import { path, paths } from "../../tests/support/facts.ts";
import { ipv6DataPath } from "./ipv6-data-path.ts";

const given = (...given: Parameters<typeof paths>) => ({ facts: { "kube/data-path": paths(...given) } });
const six = { family: "IPv6" } as const;

describeCheck(
  ipv6DataPath,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "pods and Services",
      ...given([path("pod"), path("pod", six), path("service", six)]),
      outcome: "pass",
      observed: { tried: 2, reached: 2 },
    },
    {
      name: "addresses that lead nowhere",
      ...given([path("pod"), path("pod", { ...six, answer: "timeout" }), path("service", six)]),
      outcome: "fail",
      findings: ["not-reached"],
    },
    {
      name: "IPv4 between nodes is another matter",
      ...given([path("pod", { answer: "timeout" }), path("pod", six), path("service", six)]),
      outcome: "pass",
    },
    {
      name: "a cluster without IPv6",
      ...given([path("pod")], { podFamilies: ["IPv4"], serviceFamilies: ["IPv4"] }),
      outcome: "undetermined",
      missing: ["a declaration"],
      findings: [],
    },
    {
      name: "nothing over either family",
      ...given([path("pod", { answer: "timeout" }), path("pod", { ...six, answer: "timeout" })]),
      outcome: "undetermined",
    },
    { name: "Services without IPv6", ...given([path("pod", six)]), outcome: "undetermined", because: /^Services/ },
    {
      name: "one node",
      ...given([path("pod", { ...six, placement: "same-node" }), path("service", { ...six, placement: "same-node" })]),
      outcome: "undetermined",
    },
    {
      name: "node ports",
      ...given([path("pod", six), path("service", six), path("node-port", { ...six, answer: "refused" })]),
      outcome: "pass",
      findings: ["node-port-not-reached"],
    },
    { name: "no pods", ...given([], { hindrance: { by: "image", said: "" } }), outcome: "undetermined" },
  ],
);
