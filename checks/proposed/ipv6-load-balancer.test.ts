import { describeCheck } from "../../tests/support/check-table.ts";
import { ingressAddresses, loadBalancers, loadBalancerTrial } from "../../tests/support/facts.ts";
import { ipv6LoadBalancer } from "./ipv6-load-balancer.ts";

const global6 = [
  { family: "IPv4", scope: "global" },
  { family: "IPv6", scope: "global" },
] as const;

describeCheck(
  ipv6LoadBalancer,
  ["pass", "undetermined"],
  [
    {
      name: "a Service with both",
      facts: { "kube/load-balancers": loadBalancers({ addresses: [...global6] }, {}) },
      outcome: "pass",
      because: /shop\/web-1$/,
      observed: { services: 2, ingresses: "not known" },
    },
    {
      name: "a Service of the run that asked for both",
      facts: {
        "kube/load-balancer-trial": loadBalancerTrial({ dualStack: { addresses: [...global6] } }),
        "kube/load-balancers": loadBalancers(),
      },
      outcome: "pass",
      because: /a Service of the run$/,
      observed: { ownService: ["IPv4", "IPv4", "IPv6"] },
    },
    {
      name: "a Service of the run that got IPv4 all the same",
      facts: { "kube/load-balancer-trial": loadBalancerTrial() },
      outcome: "undetermined",
    },
    {
      name: "a Gateway",
      facts: {
        "kube/load-balancers": loadBalancers(),
        "kube/ingress-addresses": ingressAddresses({ kind: "Gateway", addresses: [...global6] }),
      },
      outcome: "pass",
      observed: { gateways: 1, scopes: ["global"] },
    },
    {
      name: "an Ingress that shows the address of the link",
      facts: { "kube/ingress-addresses": ingressAddresses({ addresses: [{ family: "IPv6", scope: "link-local" }] }) },
      outcome: "undetermined",
    },
    {
      name: "IPv4 alone: it may not have been asked for more",
      facts: { "kube/load-balancers": loadBalancers({ addresses: [{ family: "IPv4", scope: "global" }] }) },
      outcome: "undetermined",
      missing: ["a Service of type LoadBalancer with IPv6 among its families"],
    },
    {
      name: "a name alone",
      facts: { "kube/load-balancers": loadBalancers({ hostname: true }) },
      outcome: "undetermined",
      because: /known by name alone$/,
    },
    {
      name: "nothing is published",
      facts: { "kube/load-balancers": loadBalancers(), "kube/ingress-addresses": ingressAddresses() },
      outcome: "undetermined",
    },
  ],
);
