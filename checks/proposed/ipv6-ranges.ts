import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { dualStackRemediation } from "../../src/model/network/ipv6.ts";

export const ipv6Ranges = defineCheck({
  id: "proposed/ipv6-ranges",
  title: {
    pass: "The cluster has IPv6 ranges for pods and services",
    fail: "The cluster has no IPv6 ranges for pods and services",
  },
  why: "Pods and services get IPv6 addresses only where the cluster has ranges for them.",
  looksAt:
    "ServiceCIDRs (Kubernetes 1.31 and newer), the addresses of the Services kubernetes and of DNS, and the pod ranges of nodes; at tier dry-run which addresses a Service that requires both families would get. A cluster without says nothing of what can be ordered.",
  needs: { all: ["kube/service-ranges", "kube/nodes"], uses: ["kube/dual-stack-services"] },
  parameters: Type.Object({}),
  remediation: dualStackRemediation,
  accepted: [
    "The Service default/kubernetes always has one family, the primary one: it shows IPv6, and its absence shows nothing.",
    "Some networks (Cilium, Calico, clouds) leave pod ranges of nodes empty and still give pods IPv6 addresses: undetermined.",
  ],
  evaluate({ facts }) {
    const { apiVersion, ranges, kubernetes, dns } = facts["kube/service-ranges"];
    const { nodes } = facts["kube/nodes"];
    const asked = facts["kube/dual-stack-services"];
    const answered = asked.status === "collected" ? asked.value.families : [];
    const services = new Set([...ranges, ...dns].flatMap(({ families }) => families).concat(kubernetes, answered));
    const withRange = nodes.filter(({ podCidrFamilies }) => podCidrFamilies.includes("IPv6"));
    const observed = {
      serviceFamilies: [...services].sort(),
      serviceRanges: apiVersion === undefined ? "not served" : ranges.length,
      nodes: nodes.length,
      nodesWithIpv6PodRange: withRange.length,
      ...(asked.status === "collected" ? { dualStackService: asked.value.dualStack } : {}),
    };
    const pods = nodes.length > 0 && withRange.length === nodes.length;
    if (services.has("IPv6") && pods) return pass("Services and the pods of every node have IPv6 ranges", observed);
    const missing = { fact: "kube/service-ranges", reason: "not-visible", resolve: "a declaration" } as const;
    if (!services.has("IPv6"))
      return undetermined(
        "No IPv6 range or address of services is visible; what can be ordered does not show",
        [missing],
        observed,
      );
    return undetermined(
      `Services have an IPv6 range; ${withRange.length} of ${nodes.length} nodes show one for pods`,
      [{ ...missing, fact: "kube/nodes" }],
      observed,
    );
  },
});
