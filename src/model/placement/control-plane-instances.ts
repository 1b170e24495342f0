/** How often each component of the control plane runs: API servers by their leases, nodes by role, static pods by name. */

import type { Fact } from "../fact.ts";
import type { ApiServerInstancesFact, ControlPlanePodsFact } from "../facts/control-plane.ts";
import type { LeaderLeasesFact } from "../facts/leader-leases.ts";
import type { NodesFact } from "../facts/nodes.ts";
import type { PlatformFact } from "../facts/platform.ts";
import type { JsonObject } from "../json.ts";
import { isControlPlane } from "./control-plane-nodes.ts";

export interface InstanceFacts {
  readonly "kube/api-server-instances": Fact<ApiServerInstancesFact>;
  readonly "kube/nodes": Fact<NodesFact>;
  readonly "kube/platform": Fact<PlatformFact>;
  readonly "kube/control-plane-pods": Fact<ControlPlanePodsFact>;
  readonly "kube/leader-leases": Fact<LeaderLeasesFact>;
}

/** Undefined: could not be read. Every number is a lower bound for what runs, but for nodes, which are all listed. */
export interface Instances {
  /** Live identity leases; undefined as well when no API server keeps one. */
  readonly leases: number | undefined;
  /** Addresses behind the Service default/kubernetes: a virtual one stands for any number. */
  readonly addresses: number | undefined;
  /** Undefined as well where it is not known whether the nodes with the role run the control plane. */
  readonly nodes: number | undefined;
  /** Static pods by component, of those that have any. */
  readonly pods: ReadonlyMap<string, number>;
  /** All of it, for the reader. */
  readonly observed: JsonObject;
}

export function controlPlaneInstances(facts: InstanceFacts): Instances {
  const servers = facts["kube/api-server-instances"];
  const live = servers.status === "collected" ? servers.value.instances.filter((one) => one.live).length : 0;
  const leases = live === 0 ? undefined : live;
  const addresses = servers.status === "collected" ? servers.value.endpoints : undefined;
  const list = facts["kube/nodes"];
  const nodes = list.status === "collected" ? serversAmong(list.value, facts["kube/platform"]) : undefined;
  const pods = podsByComponent(facts["kube/control-plane-pods"]);
  const leaders = facts["kube/leader-leases"];
  const observed = {
    apiServerLeasesAlive: leases ?? "not known",
    apiServerAddresses: addresses ?? "not known",
    controlPlaneNodes: nodes ?? "not known",
    ...(pods.size > 0 ? { staticPods: Object.fromEntries(pods) } : {}),
    ...(leaders.status === "collected" && leaders.value.leases.length > 0
      ? { leaders: leaders.value.leases.map(({ component, transitions }) => ({ component, transitions })) }
      : {}),
  };
  return { leases, addresses, nodes, pods, observed };
}

/** Nodes with the role count where the control plane is seen to run on nodes; where it runs elsewhere there are none. */
function serversAmong({ nodes }: NodesFact, platform: Fact<PlatformFact>): number | undefined {
  const servers = nodes.filter(isControlPlane).length;
  if (servers === 0) return 0;
  if (platform.status === "unavailable" || platform.value.controlPlane === "unknown") return undefined;
  return platform.value.controlPlane === "hidden" ? 0 : servers;
}

function podsByComponent(pods: Fact<ControlPlanePodsFact>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (pods.status === "unavailable") return counts;
  for (const { component, mirror } of pods.value.pods)
    if (mirror) counts.set(component, (counts.get(component) ?? 0) + 1);
  return counts;
}
