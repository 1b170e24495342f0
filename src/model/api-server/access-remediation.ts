/** Where an access list for the API server is written, per platform. */
import type { Remediation } from "../check.ts";

export const accessRemediation: Remediation = {
  text: "Give the API server's load balancer the list, let it be one that can apply it, and look from an address outside the list.",
  platforms: {
    kubeadm:
      "Restrict the load balancer before the API servers (Octavia: `openstack loadbalancer listener set --allowed-cidr RANGE`), or the security group of the control-plane machines.",
    rke2: "Restrict the load balancer before the servers, or the security group of their machines: ports 6443 and 9345.",
    k3s: "Restrict the load balancer before the servers, or the security group of their machines: port 6443.",
    talos:
      "Machine config: `NetworkDefaultActionConfig` with `ingress: block` and a `NetworkRuleConfig` for port 6443.",
    "cluster-api":
      "OpenStackCluster: `spec.apiServerLoadBalancer.allowedCIDRs` with `provider: amphora` (ovn cannot apply a list); compare `status.apiServerLoadBalancer.allowedCIDRs`. The addresses of the management cluster and of the nodes' router have to be on it.",
    gardener: "Shoot: the extension `acl` in `spec.extensions` with `rule.action: ALLOW`.",
    hosted: "TenantControlPlane (Kamaji): `spec.networkProfile.loadBalancerSourceRanges`.",
    managed: "The provider's own setting (authorized networks, public access ranges).",
  },
};
