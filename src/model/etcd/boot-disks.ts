/** Which disk a machine was booted from, where the cloud shows it. */
import type { Fact } from "../fact.ts";
import type { CloudServersFact } from "../facts/cloud.ts";
import type { NodeRecord } from "../facts/nodes.ts";
import type { Finding } from "../finding.ts";

export interface BootDisks {
  /** Nodes whose server the cloud showed. */
  readonly known: number;
  readonly fromVolume: readonly Finding[];
}

/** A server without an image has a volume as its root disk, whatever its flavor is called. */
export function bootDisks(nodes: readonly NodeRecord[], servers: Fact<CloudServersFact>): BootDisks {
  if (servers.status === "unavailable") return { known: 0, fromVolume: [] };
  const names = new Set(nodes.map(({ name }) => name));
  const mine = servers.value.servers.filter(({ node }) => names.has(node));
  const fromVolume = mine
    .filter(({ bootedFrom }) => bootedFrom === "volume")
    .map(({ node }): Finding => {
      const message = `Node ${node} was booted from a volume: its disk is on the network, whatever its flavor is called`;
      const subject = { kind: "Node", name: node };
      return { code: "boots-from-volume", subject, expected: "the disk of the flavor", actual: "a volume", message };
    });
  return { known: mine.length, fromVolume };
}

/** The nodes with the flavor that the cloud names, where their own label names none of SCS: Kubernetes may have its id there. */
export function withCloudFlavors(nodes: readonly NodeRecord[], servers: Fact<CloudServersFact>): readonly NodeRecord[] {
  if (servers.status === "unavailable") return nodes;
  const flavors = new Map(servers.value.servers.map(({ node, flavor }) => [node, flavor.name]));
  return nodes.map((node) => {
    const labels = { ...node.labels };
    const flavor = flavors.get(node.name);
    if (flavor === undefined || labels[typeLabel]?.startsWith("SCS-")) return node;
    return { ...node, labels: { ...labels, [typeLabel]: flavor } };
  });
}

const typeLabel = "node.kubernetes.io/instance-type";
