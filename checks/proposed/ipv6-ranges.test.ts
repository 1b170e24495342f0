import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes, serviceRanges } from "../../tests/support/facts.ts";
import { ipv6Ranges } from "./ipv6-ranges.ts";

const both: ["IPv4", "IPv6"] = ["IPv4", "IPv6"];
const dual = nodes(node("a", { podCidrFamilies: both }), node("b", { podCidrFamilies: both }));

describeCheck(
  ipv6Ranges,
  ["pass", "undetermined"],
  [
    {
      name: "dual stack",
      facts: { "kube/service-ranges": serviceRanges(...both), "kube/nodes": dual },
      outcome: "pass",
      observed: { serviceFamilies: ["IPv4", "IPv6"], nodesWithIpv6PodRange: 2 },
    },
    {
      name: "IPv6 alone",
      facts: {
        "kube/service-ranges": serviceRanges("IPv6"),
        "kube/nodes": nodes(node("a", { podCidrFamilies: ["IPv6"] })),
      },
      outcome: "pass",
    },
    {
      name: "before ServiceCIDRs, by the address of DNS",
      facts: {
        "kube/service-ranges": { ranges: [], kubernetes: ["IPv4"], dns: [{ name: "kube-dns", families: both }] },
        "kube/nodes": dual,
      },
      outcome: "pass",
      observed: { serviceRanges: "not served" },
    },
    {
      name: "IPv4 alone: what can be ordered does not show",
      facts: { "kube/service-ranges": serviceRanges("IPv4"), "kube/nodes": nodes(node("a")) },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "services, and pod ranges that the network keeps to itself",
      facts: { "kube/service-ranges": serviceRanges(...both), "kube/nodes": nodes(node("a", { podCidrFamilies: [] })) },
      outcome: "undetermined",
      because: /0 of 1 nodes show one for pods/,
    },
    {
      name: "no nodes: nothing was seen of pods",
      facts: { "kube/service-ranges": serviceRanges(...both), "kube/nodes": nodes() },
      outcome: "undetermined",
    },
    {
      name: "a Service would get addresses of both families, where ranges of services are not shown",
      facts: {
        "kube/service-ranges": serviceRanges("IPv4"),
        "kube/nodes": dual,
        "kube/dual-stack-services": { dualStack: true, families: both },
      },
      outcome: "pass",
      observed: { dualStackService: true, serviceFamilies: ["IPv4", "IPv6"] },
    },
    {
      name: "a Service would get one family",
      facts: {
        "kube/service-ranges": serviceRanges("IPv4"),
        "kube/nodes": nodes(node("a")),
        "kube/dual-stack-services": { dualStack: false, families: [] },
      },
      outcome: "undetermined",
      observed: { dualStackService: false },
    },
  ],
);
