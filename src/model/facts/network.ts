/** Addresses that a cluster hands out, by family and scope: the addresses themselves are not kept. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf, UnavailableReason } from "../vocabulary.ts";
import { AddressFamily, AddressScope } from "./nodes.ts";

const Count = Type.Integer({ minimum: 0 });
const Families = Type.Array(AddressFamily);

export const ScopedFamily = Type.Object({ family: AddressFamily, scope: AddressScope });
export type ScopedFamily = Static<typeof ScopedFamily>;

/** What several objects got, counted together. */
const Given = {
  addresses: Type.Array(ScopedFamily),
  /** A name instead of an address, or beside it. */
  hostname: Type.Boolean(),
  /** `namespace/name` of at most three of them. */
  examples: Type.Array(Type.String()),
};

/** Services of type LoadBalancer, by what they asked for and got. */
export const LoadBalancersFact = Type.Object({
  services: Count,
  groups: Type.Array(
    Type.Object({
      services: Type.Integer({ minimum: 1 }),
      /** `spec.ipFamilies`. */
      families: Families,
      /** Neither class, address, source ranges, traffic policy Local nor an annotation that speaks to a load balancer is set. */
      plain: Type.Boolean(),
      ...Given,
    }),
  ),
});
export type LoadBalancersFact = Static<typeof LoadBalancersFact>;

/** Ingresses and Gateways (gateway.networking.k8s.io), by the addresses in their status. */
export const IngressAddressesFact = Type.Object({
  ingresses: Count,
  gateways: Count,
  groups: Type.Array(
    Type.Object({
      kind: oneOf(["Ingress", "Gateway"]),
      objects: Type.Integer({ minimum: 1 }),
      ...Given,
    }),
  ),
});
export type IngressAddressesFact = Static<typeof IngressAddressesFact>;

/** Where addresses of Services come from, and those of the two Services that every cluster has. */
export const ServiceRangesFact = Type.Object({
  /** API version that serves ServiceCIDRs (v1 from 1.33, v1beta1 in 1.31 and 1.32); absent: the API server has none. */
  apiVersion: Type.Optional(oneOf(["networking.k8s.io/v1", "networking.k8s.io/v1beta1"])),
  ranges: Type.Array(Type.Object({ name: Type.String(), families: Families })),
  /** Service default/kubernetes: always of one family, the primary one. */
  kubernetes: Families,
  /** Services of the cluster's DNS (label k8s-app=kube-dns) and the families of their addresses. */
  dns: Type.Array(Type.Object({ name: Type.String(), families: Families })),
});
export type ServiceRangesFact = Static<typeof ServiceRangesFact>;

/** The API server's endpoint as the kubeconfig names it, and TLS handshakes with it from where this ran. */
export const ApiEndpointFact = Type.Object({
  /** How the kubeconfig writes the host. */
  written: oneOf(["name", "IPv4", "IPv6"]),
  /** Reached through a proxy: then the proxy looks the name up and connects. */
  proxied: Type.Boolean(),
  /** What the name has in DNS, or the address written. */
  addresses: Type.Array(ScopedFamily),
  /** Families of which the machine that this ran on has an address beyond loopback and link-local. */
  runner: Families,
  handshakes: Type.Array(
    Type.Object({
      family: AddressFamily,
      /** The chain verifies, and the certificate is valid for the host as written; absent: there was no handshake. */
      trusted: Type.Optional(Type.Boolean()),
      /** Why there was none. */
      reason: Type.Optional(UnavailableReason),
    }),
  ),
});
export type ApiEndpointFact = Static<typeof ApiEndpointFact>;
