/** Which flavor each node says it has: the cloud's own label, where its name is one of scs-0100. */
import type { NodeRecord } from "../facts/nodes.ts";
import { type FlavorName, parseFlavorName } from "./flavor-name.ts";

export interface NodeFlavor {
  readonly node: NodeRecord;
  /** As the label has it. */
  readonly name: string;
  readonly read: Exclude<FlavorName, { readonly kind: "other" }>;
}

export interface NodeFlavors {
  /** Nodes whose instance type begins with SCS-. */
  readonly named: readonly NodeFlavor[];
  /** Instance types with other names, each once, sorted. */
  readonly others: readonly string[];
  /** Nodes with an instance type of another name. */
  readonly otherNodes: number;
  /** Nodes without the label. */
  readonly unlabelled: number;
}

/** The OpenStack cloud controller writes the flavor's name, or its id where the name cannot be a label's value. */
const labels = ["node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"];

export function nodeFlavors(nodes: readonly NodeRecord[]): NodeFlavors {
  const named: NodeFlavor[] = [];
  const others: string[] = [];
  let unlabelled = 0;
  // a large cluster has many nodes and few types of them
  const known = new Map<string, FlavorName>();
  for (const node of nodes) {
    const name = labels.map((label) => node.labels[label] ?? "").find((value) => value !== "");
    if (name === undefined) {
      unlabelled += 1;
      continue;
    }
    const read = known.get(name) ?? parseFlavorName(name);
    known.set(name, read);
    if (read.kind === "other") others.push(name);
    else named.push({ node, name, read });
  }
  return { named, others: [...new Set(others)].sort(), otherNodes: others.length, unlabelled };
}
