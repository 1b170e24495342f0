/** Which nodes form the control plane, and what their labels say about where they stand (scs-0214, well-known labels). */
import { liveApiServers, unseenApiServers } from "../api-server/api-server-count.ts";
import type { Fact } from "../fact.ts";
import type { ApiServerInstancesFact } from "../facts/control-plane.ts";
import type { NodeRecord, NodesFact } from "../facts/nodes.ts";
import type { PlatformFact } from "../facts/platform.ts";
import { type CheckResult, type Missing, undetermined } from "../finding.ts";
import { counted } from "../finding-lists.ts";

export const zoneLabel = "topology.kubernetes.io/zone";
export const regionLabel = "topology.kubernetes.io/region";
/** Written by the OpenStack cloud controller when a node joins; not refreshed after a live migration. */
export const hostIdLabel = "topology.openstack.org/host-id";
/** Written once by the former reference implementation; dropped from the standard as stale. */
export const legacyHostIdLabel = "topology.scs.community/host-id";

/** Completes "n need ...": what only the provider can say. */
export const aDeclaration: Missing = { fact: "kube/nodes", reason: "not-visible", resolve: "a declaration" };

const controlPlaneRoles = new Set(["control-plane", "master"]);

export function isControlPlane(node: NodeRecord): boolean {
  return node.roles.some((role) => controlPlaneRoles.has(role));
}

interface Unseen {
  readonly because: string;
  readonly missing: Missing;
}

export type ControlPlaneView =
  | ({ readonly visible: false; readonly nodes: readonly NodeRecord[] } & Unseen)
  | {
      readonly visible: true;
      readonly nodes: readonly NodeRecord[];
      /** Set when there are, or may be, more than those seen. */
      readonly unseen?: Unseen;
    };

/**
 * The control-plane nodes, and whether they are all of them. A role is a label that any administrator of the cluster may
 * set: it says nothing where the API servers are not seen to run on the nodes.
 */
export function controlPlaneView(
  nodes: NodesFact,
  platform: Fact<PlatformFact>,
  instances: Fact<ApiServerInstancesFact>,
): ControlPlaneView {
  const seen = nodes.nodes.filter(isControlPlane);
  const live = liveApiServers(instances);
  if (seen.length === 0)
    return {
      visible: false,
      because: "No node of the cluster carries the control-plane role",
      missing: aDeclaration,
      nodes: seen,
    };
  if (platform.status === "unavailable") {
    const { reason, resolve } = platform;
    const because = "Whether the control plane runs on nodes of the cluster is not known";
    return { visible: false, because, missing: { fact: "kube/platform", reason, resolve }, nodes: seen };
  }
  if (platform.value.controlPlane === "hidden") {
    const because = `The control plane of this platform (${platform.value.name}) does not run on nodes of the cluster`;
    return { visible: false, because, missing: aDeclaration, nodes: seen };
  }
  if (platform.value.controlPlane === "unknown") {
    const because = `${counted(seen.length, "node")} carry the control-plane role, but no API server is seen to run on them`;
    return { visible: false, because, missing: unseenApiServers(instances), nodes: seen };
  }
  if (instances.status === "unavailable") {
    const because = `${counted(seen.length, "control-plane node")} can be seen, but not whether more API servers are alive`;
    return { visible: true, nodes: seen, unseen: { because, missing: unseenApiServers(instances) } };
  }
  if (live !== undefined && live > seen.length) {
    const because = `${live} API servers are alive, but only ${counted(seen.length, "control-plane node")} can be seen`;
    return { visible: true, nodes: seen, unseen: { because, missing: aDeclaration } };
  }
  return { visible: true, nodes: seen };
}

/** What the nodes seen prove holds; what they seem to disprove stays open while there may be others. */
export function asFarAsSeen({ unseen }: { readonly unseen?: Unseen }, result: CheckResult): CheckResult {
  return unseen && result.outcome === "fail" ? undetermined(unseen.because, [unseen.missing], result.observed) : result;
}

/** Values of a label over nodes, sorted; nodes without it or with an empty value do not count. */
export function distinctLabels(nodes: readonly NodeRecord[], label: string): readonly string[] {
  return [...new Set(nodes.map((node) => node.labels[label] ?? "").filter((value) => value !== ""))].sort();
}

export function lacking(nodes: readonly NodeRecord[], label: string): readonly string[] {
  return nodes.filter((node) => (node.labels[label] ?? "") === "").map((node) => node.name);
}

/** Zones as pairs with their region where both are labelled: two regions may use one name. */
export function distinctZones(nodes: readonly NodeRecord[]): readonly string[] {
  const zones = nodes.flatMap(({ labels }) => {
    const zone = labels[zoneLabel] ?? "";
    const region = labels[regionLabel] ?? "";
    return zone === "" ? [] : [region === "" ? zone : `${region}/${zone}`];
  });
  return [...new Set(zones)].sort();
}
