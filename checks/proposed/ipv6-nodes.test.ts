import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes } from "../../tests/support/facts.ts";
import { ipv6Nodes } from "./ipv6-nodes.ts";

type Scopes = NonNullable<ReturnType<typeof node>["ipv6Scopes"]>;
const cluster = (...scopes: Scopes[]) => ({
  facts: {
    "kube/nodes": nodes(
      ...scopes.map((ipv6Scopes, index) => node(`node-${index + 1}`, ipv6Scopes.length > 0 ? { ipv6Scopes } : {})),
    ),
  },
});

describeCheck(
  ipv6Nodes,
  ["pass", "fail", "undetermined"],
  [
    { name: "every node", ...cluster(["global"], ["private"]), outcome: "pass", observed: { nodes: 2, withIpv6: 2 } },
    { name: "one without", ...cluster(["global"], []), outcome: "fail", findings: ["node-without-ipv6"] },
    { name: "none: it may be on offer", ...cluster([], []), outcome: "undetermined", missing: ["a declaration"] },
    { name: "link-local ones reach nobody", ...cluster(["link-local"], ["loopback"]), outcome: "undetermined" },
    { name: "no nodes", ...cluster(), outcome: "undetermined" },
  ],
);
