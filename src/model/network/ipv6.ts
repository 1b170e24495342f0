/** What counts as having IPv6: an address beyond the machine and its link. */
import type { Remediation } from "../check.ts";
import type { ScopedFamily } from "../facts/network.ts";
import type { NodeRecord } from "../facts/nodes.ts";

export function reachesOut({ scope }: Pick<ScopedFamily, "scope">): boolean {
  return scope === "global" || scope === "private";
}

export function hasIpv6(addresses: readonly ScopedFamily[]): boolean {
  return addresses.some((address) => address.family === "IPv6" && reachesOut(address));
}

export function nodeHasIpv6({ ipv6Scopes = [] }: NodeRecord): boolean {
  return ipv6Scopes.some((scope) => reachesOut({ scope }));
}

export const dualStackRemediation: Remediation = {
  text: "Build the cluster with ranges of both families for pods and services, on a network with an IPv6 subnet; families of a cluster are chosen when it is made.",
  platforms: {
    kubeadm:
      "ClusterConfiguration: `networking.podSubnet` and `networking.serviceSubnet` with one range of each family, separated by a comma; `node-ip` of every kubelet with both addresses.",
    "cluster-api":
      "Cluster: `spec.clusterNetwork.pods.cidrBlocks` and `services.cidrBlocks` with one range of each family; OpenStackCluster: a subnet of each family.",
    kind: "`networking.ipFamily: dual` in the configuration of kind.",
    rke2: "`cluster-cidr` and `service-cidr` with one range of each family in /etc/rancher/rke2/config.yaml, before the first start.",
    k3s: "`cluster-cidr` and `service-cidr` with one range of each family in /etc/rancher/k3s/config.yaml, before the first start.",
    talos: "Machine config: `cluster.network.podSubnets` and `serviceSubnets` with one range of each family.",
    gardener: "Shoot: `spec.networking.ipFamilies: [IPv4, IPv6]`, where the infrastructure has it.",
    hosted:
      "Kamaji: `spec.networkProfile.podCidr` and `serviceCidr` of the TenantControlPlane, as far as it takes two ranges.",
    managed: "Choose dual stack when the cluster is made, where the provider offers it.",
  },
};
