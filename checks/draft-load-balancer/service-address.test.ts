import { describeCheck } from "../../tests/support/check-table.ts";
import { loadBalancers, loadBalancerTrial } from "../../tests/support/facts.ts";
import { serviceAddress } from "./service-address.ts";

const global4 = [{ family: "IPv4", scope: "global" } as const];
const of = (...groups: Parameters<typeof loadBalancers>) => ({
  facts: { "kube/load-balancers": loadBalancers(...groups) },
});
const tried = (...given: Parameters<typeof loadBalancerTrial>) => ({
  facts: { "kube/load-balancer-trial": loadBalancerTrial(...given) },
});
const needed = ["a Service of type LoadBalancer without options"];

describeCheck(
  serviceAddress,
  ["pass", "undetermined"],
  [
    { name: "an address", ...of({ addresses: global4 }), outcome: "pass", because: /shop\/web-1$/ },
    {
      name: "a private one, as on a private network",
      ...of({ addresses: [{ family: "IPv4", scope: "private" }] }),
      outcome: "pass",
    },
    { name: "a name, as Octavia may give it", ...of({ hostname: true }), outcome: "pass" },
    {
      name: "some wait: they may ask for what is not there",
      ...of({ addresses: global4, services: 2 }, { services: 3 }),
      outcome: "pass",
      observed: { services: 5, withAddress: 2, plainWithAddress: 2 },
    },
    {
      name: "one that was helped along",
      ...of({ addresses: global4, plain: false }),
      outcome: "undetermined",
      because: /^1 of 1 Service of type LoadBalancer have an address, none of them without options/,
      missing: needed,
    },
    { name: "one that waits", ...of({}), outcome: "undetermined", missing: needed },
    {
      name: "a Service of the run that answers",
      ...tried({}),
      outcome: "pass",
      because: /got an address after 31 s and answered$/,
      findings: [],
    },
    {
      name: "a Service of the run whose load balancer stays behind",
      ...tried({ removed: false }),
      outcome: "pass",
      findings: ["load-balancer-not-removed"],
    },
    {
      name: "a Service of the run that waits for ever",
      ...tried({ addresses: [], events: ["SyncLoadBalancerFailed: quota exceeded for load balancers."] }),
      outcome: "undetermined",
      because: /got no address in 31 s: SyncLoadBalancerFailed: quota exceeded for load balancers$/,
      missing: ["a load balancer that answers a plain Service"],
    },
    {
      name: "no controller says anything",
      ...tried({ addresses: [] }),
      outcome: "undetermined",
      because: /got no address in 31 s$/,
    },
    {
      name: "a Service of the run that nobody answers for, others are seen",
      facts: { ...tried({ answer: "timeout" }).facts, ...of({ addresses: global4 }).facts },
      outcome: "pass",
      because: /shop/,
    },
    { name: "an address that does not answer", ...tried({ answer: "timeout" }), outcome: "undetermined" },
    {
      name: "a quota for load balancers",
      ...tried({ hindrance: { by: "quota", said: "exceeded quota: services.loadbalancers" } }),
      outcome: "undetermined",
      because: /quota/,
    },
    { name: "none", ...of(), outcome: "undetermined", because: /^There is no Service/, missing: needed },
  ],
);
