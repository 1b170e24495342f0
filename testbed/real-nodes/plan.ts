import type { ControlPlaneOptions } from "../options.ts";
import { type Bridge, claimBridge, type Pair } from "./addresses.ts";
import type { RealNodesOptions } from "./options.ts";

/** One node before it is started. */
export interface PlannedNode {
  readonly name: string;
  /** From 1, over all nodes of the cluster. */
  readonly number: number;
  readonly controlPlane: boolean;
  readonly address: Pair;
  readonly zone: string | undefined;
  /** Also the name of the machine's end of its network cable. */
  readonly cgroup: string;
}

/** All that is decided before anything runs. */
export interface Plan {
  readonly bridge: Bridge;
  readonly dualStack: boolean;
  readonly nodes: readonly PlannedNode[];
  readonly controlPlanes: readonly [PlannedNode, ...PlannedNode[]];
  /** Where kubelets and kubeconfigs find the API. */
  readonly url: string;
  readonly controlPlane: ControlPlaneOptions;
}

/** The port of API servers, as kubeadm has it. */
export const apiPort = 6443;

const defaultZones = ["zone-1", "zone-2", "zone-3"];

/** Claims a bridge and names the nodes: `cp-1`, `worker-1` and so on. The caller removes the bridge. */
export function planCluster(options: RealNodesOptions): Plan {
  const { controlPlanes = 1, workers = 2, zones = defaultZones, family = "dual" } = options;
  if (controlPlanes < 1) {
    throw new Error("A cluster of real nodes needs at least one control-plane node.");
  }
  const bridge = claimBridge(options.reach);
  const planned = (prefix: string, index: number, number: number): PlannedNode => {
    const name = `${prefix}-${index + 1}`;
    const zone = zones[index % zones.length];
    const controlPlane = prefix === "cp";
    return { name, number, controlPlane, address: bridge.node(number), zone, cgroup: `${bridge.name}-${name}` };
  };
  const first = planned("cp", 0, 1);
  const others = Array.from({ length: controlPlanes - 1 }, (_, index) => planned("cp", index + 1, index + 2));
  const rest = Array.from({ length: workers }, (_, index) => planned("worker", index, controlPlanes + index + 1));
  return {
    bridge,
    dualStack: family === "dual",
    nodes: [first, ...others, ...rest],
    controlPlanes: [first, ...others],
    url: `https://${first.address.v4}:${apiPort}`,
    controlPlane: {
      apiServers: Array.from({ length: controlPlanes }, () => options.apiServer ?? {}),
      dualStack: family === "dual",
      etcdExtraFlags: options.etcdExtraFlags ?? [],
      priorityAndFairness: options.priorityAndFairness ?? true,
    },
  };
}

/** A node's addresses in the families of the cluster. */
export function addressesOf(node: PlannedNode, { dualStack }: Pick<Plan, "dualStack">): readonly string[] {
  return dualStack ? [node.address.v4, node.address.v6] : [node.address.v4];
}
