/** How many API servers a cluster has: what an answer of one of them, or of some, is worth. */

import type { Fact } from "./fact.ts";
import type { ApiServerInstancesFact } from "./facts/control-plane.ts";
import type { Missing } from "./finding.ts";

/**
 * The least number of API servers that are alive: live identity leases, or addresses behind the Service default/kubernetes
 * if there are more. Either may be too low (one hostname on two servers, one virtual address). Undefined: neither is known.
 */
export function liveApiServers(instances: Fact<ApiServerInstancesFact>): number | undefined {
  if (instances.status === "unavailable") return undefined;
  const live = instances.value.instances.filter((instance) => instance.live).length;
  const most = Math.max(live, instances.value.endpoints ?? 0);
  return most === 0 ? undefined : most;
}

/** What is missing when fewer API servers were looked at than are alive, or when nobody knows how many there are. */
export function unseenApiServers(instances: Fact<ApiServerInstancesFact>): Missing {
  const fact = "kube/api-server-instances";
  if (instances.status === "unavailable") return { fact, reason: instances.reason, resolve: instances.resolve };
  return { fact, reason: "not-visible", resolve: "a view of every API server" };
}
