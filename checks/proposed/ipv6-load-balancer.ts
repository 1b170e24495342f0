import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import type { ScopedFamily } from "../../src/model/facts/network.ts";
import { pass, undetermined } from "../../src/model/finding.ts";
import { counted, named } from "../../src/model/finding-lists.ts";
import { hasIpv6 } from "../../src/model/network/ipv6.ts";

export const ipv6LoadBalancer = defineCheck({
  id: "proposed/ipv6-load-balancer",
  title: {
    pass: "A load balancer or an ingress has an IPv6 address",
    fail: "No load balancer has an IPv6 address",
  },
  why: "Clients with IPv6 alone reach only what is published over IPv6.",
  looksAt:
    "Addresses in the status of Services of type LoadBalancer, of Ingresses and of Gateways. One with IPv6 shows that it can be had; none shows nothing, since each is as it was asked for. At tier system a Service of the run asks for both families.",
  needs: { oneOf: [["kube/load-balancers", "kube/ingress-addresses", "kube/load-balancer-trial"]] },
  parameters: Type.Object({}),
  remediation: {
    text: "Give the Service `ipFamilyPolicy: PreferDualStack` in a cluster with ranges of both families, on a load balancer with an IPv6 network.",
    platforms: {
      "cluster-api":
        "OpenStack: the cloud controller takes the family of `loadbalancer.openstack.org/subnet-id` or `network-id` of the Service; Octavia gives both by `additional-vips`.",
      gardener: "Where the infrastructure has it, the Shoot's `spec.networking.ipFamilies` decides.",
      managed: "Follow the provider's annotation for dual-stack load balancers.",
    },
  },
  accepted: ["That the address answers is not tried; names in place of addresses are not looked up."],
  evaluate({ facts }) {
    const balancers = facts["kube/load-balancers"];
    const ingress = facts["kube/ingress-addresses"];
    const services = balancers.status === "collected" ? balancers.value.groups : [];
    const objects = ingress.status === "collected" ? ingress.value.groups : [];
    const trial = facts["kube/load-balancer-trial"];
    const own =
      trial.status === "collected" ? [...trial.value.addresses, ...(trial.value.dualStack?.addresses ?? [])] : [];
    const having = [...services, ...objects].filter(({ addresses }) => hasIpv6(addresses));
    const named6 = [...(hasIpv6(own) ? ["a Service of the run"] : []), ...having.flatMap(({ examples }) => examples)];
    const byName = [...services, ...objects].filter(({ addresses, hostname }) => hostname && addresses.length === 0);
    const observed = {
      services: balancers.status === "collected" ? balancers.value.services : "not known",
      ingresses: ingress.status === "collected" ? ingress.value.ingresses : "not known",
      gateways: ingress.status === "collected" ? ingress.value.gateways : "not known",
      ...(trial.status === "collected" ? { ownService: own.map(({ family }) => family) } : {}),
      withIpv6: named6,
      scopes: [
        ...new Set([...ownIpv6(own), ...having.flatMap(({ addresses }) => addresses)].map(({ scope }) => scope)),
      ].sort(),
    };
    if (named6.length > 0) return pass(`IPv6 addresses were given to ${named(named6, 3)}`, observed);
    const missing = {
      fact: "kube/load-balancers",
      reason: "not-visible",
      resolve: "a Service of type LoadBalancer with IPv6 among its families",
    } as const;
    const only =
      byName.length > 0
        ? `; ${counted(byName.flatMap(({ examples }) => examples).length, "one")} known by name alone`
        : "";
    return undetermined(`No load balancer, Ingress or Gateway shows an IPv6 address${only}`, [missing], observed);
  },
});

function ownIpv6(addresses: readonly ScopedFamily[]): readonly ScopedFamily[] {
  return hasIpv6(addresses) ? addresses : [];
}
