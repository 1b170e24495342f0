/** Where an access list for the API server is written, per platform. */
import type { Remediation } from "../check.ts";

export const accessRemediation: Remediation = {
  text: "Give the API server's load balancer the list, let it be one that can apply it, and look from an address outside the list.",
  platforms: {
    "cluster-api":
      "OpenStackCluster: `spec.apiServerLoadBalancer.allowedCIDRs` with `provider: amphora` (ovn cannot apply a list); compare `status.apiServerLoadBalancer.allowedCIDRs`. The addresses of the management cluster and of the nodes' router have to be on it.",
    gardener: "Shoot: the extension `acl` in `spec.extensions` with `rule.action: ALLOW`.",
    hosted: "TenantControlPlane (Kamaji): `spec.networkProfile.loadBalancerSourceRanges`.",
    managed: "The provider's own setting (authorized networks, public access ranges).",
  },
};
