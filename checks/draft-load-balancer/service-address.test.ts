import { describeCheck } from "../../tests/support/check-table.ts";
import { loadBalancers } from "../../tests/support/facts.ts";
import { serviceAddress } from "./service-address.ts";

const global4 = [{ family: "IPv4", scope: "global" } as const];
const of = (...groups: Parameters<typeof loadBalancers>) => ({
  facts: { "kube/load-balancers": loadBalancers(...groups) },
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
    { name: "none", ...of(), outcome: "undetermined", because: /^There is no Service/, missing: needed },
  ],
);
