import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail, pass, undetermined } from "../../src/model/finding.ts";
import { capped, counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { dualStackRemediation, nodeHasIpv6 } from "../../src/model/network/ipv6.ts";
import { aDeclaration } from "../../src/model/placement/control-plane-nodes.ts";

export const ipv6Nodes = defineCheck({
  id: "proposed/ipv6-nodes",
  title: {
    pass: "Every node has an IPv6 address",
    fail: "Some nodes have an IPv6 address and others have none",
  },
  why: "A node without IPv6 neither reaches nor serves what is reachable over IPv6 alone.",
  looksAt:
    "Addresses that nodes report (InternalIP and ExternalIP), beyond loopback and link-local. A cluster without any says nothing of what can be ordered.",
  needs: { all: ["kube/nodes"] },
  parameters: Type.Object({}),
  remediation: dualStackRemediation,
  accepted: ["A kubelet reports addresses of both families only when it is told to (`--node-ip`, cloud controller)."],
  evaluate({ facts }) {
    const { nodes } = facts["kube/nodes"];
    const having = nodes.filter(nodeHasIpv6);
    const observed = { nodes: nodes.length, withIpv6: having.length };
    if (having.length === 0)
      return undetermined(
        "No node reports an IPv6 address; whether nodes with one are offered does not show",
        [aDeclaration],
        observed,
      );
    const lacking = nonEmpty(
      capped(
        nodes
          .filter((node) => !nodeHasIpv6(node))
          .map(({ name, internalFamilies }) => ({
            code: "node-without-ipv6",
            subject: { kind: "Node", name },
            expected: "IPv6",
            actual: internalFamilies.join(", "),
            message: `The node ${name} reports no IPv6 address`,
          })),
      ),
    );
    return lacking
      ? fail(`${having.length} of ${counted(nodes.length, "node")} report an IPv6 address`, observed, lacking)
      : pass(`All of ${counted(nodes.length, "node")} report an IPv6 address`, observed);
  },
});
