/** How many API servers a cluster has: what an answer of one of them, or of some, is worth. */

import type { Fact } from "../fact.ts";
import type { ApiServerInstancesFact } from "../facts/control-plane.ts";
import type { Missing } from "../finding.ts";

/**
 * The least number of API servers that are alive: live identity leases, or addresses behind the Service default/kubernetes
 * if there are more. Undefined when neither is known: one address alone may be a virtual one with any number behind it.
 */
export function liveApiServers(instances: Fact<ApiServerInstancesFact>): number | undefined {
  if (instances.status === "unavailable") return undefined;
  const live = instances.value.instances.filter((instance) => instance.live).length;
  const addresses = instances.value.endpoints ?? 0;
  return live === 0 && addresses < 2 ? undefined : Math.max(live, addresses);
}

/** What is missing when fewer API servers were looked at than are alive, or when nobody knows how many there are. */
export function unseenApiServers(instances: Fact<ApiServerInstancesFact>): Missing {
  const fact = "kube/api-server-instances";
  if (instances.status === "unavailable") return { fact, reason: instances.reason, resolve: instances.resolve };
  return { fact, reason: "not-visible", resolve: "a view of every API server" };
}
