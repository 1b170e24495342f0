/** What Octavia itself says of the access list in front of the API server. */
import type { Fact } from "../fact.ts";
import type { CloudApiLoadBalancerFact } from "../facts/cloud.ts";
import type { JsonObject } from "../json.ts";

/** `closed`: every listener in use has a list that lets nobody in by itself; `unknown`: not seen, or not to be believed. */
export type BalancerList = "closed" | "open" | "unknown";

/** Octavia's provider ovn keeps a list and cannot apply it; `octavia` is another name of amphora. */
const applies: ReadonlySet<string> = new Set(["amphora", "octavia"]);

export function balancerList(balancer: Fact<CloudApiLoadBalancerFact>): BalancerList {
  if (balancer.status === "unavailable" || !applies.has(balancer.value.provider)) return "unknown";
  const used = balancer.value.listeners.filter(({ enabled }) => enabled);
  if (used.length === 0) return "unknown";
  if (used.some(({ allowed }) => allowed === null || allowed.openTo.length > 0)) return "open";
  return used.every(({ allowed }) => allowed !== null && allowed.malformed === 0 && allowed.ranges > 0)
    ? "closed"
    : "unknown";
}

/** For the result: provider, families and the list of each listener. */
export function balancerSeen(balancer: Fact<CloudApiLoadBalancerFact>): JsonObject {
  if (balancer.status === "unavailable") return {};
  const { provider, vipFamilies, floatingFamilies, listeners } = balancer.value;
  const lists = listeners.map(({ allowed }) => (allowed === null ? "no list" : `${allowed.ranges} ranges`));
  return { atOctavia: { provider, families: [...vipFamilies, ...floatingFamilies], lists } };
}
