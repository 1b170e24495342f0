import { read } from "../model/fact.ts";
import type { NodeArgsFact } from "../model/facts/control-plane.ts";
import { defineProbe } from "../model/probe.ts";
import { type GivenFlag, keep, parseArguments, parseHandedOn } from "./flags.ts";
import { reduceList } from "./reading.ts";
import { inOrder, textAt, valueAt } from "./untrusted.ts";

type NodeArgs = NodeArgsFact["nodes"][number];

const annotations = [
  ["k3s.io/node-args", "k3s"],
  ["rke2.io/node-args", "rke2"],
] as const;

/** Servers carry the role of the control plane, those of RKE2 that run etcd alone only that of etcd; values differ. */
const servers = "node-role.kubernetes.io/control-plane";
const etcdOnly = "node-role.kubernetes.io/etcd,!node-role.kubernetes.io/control-plane";

export const nodeArgsProbe = defineProbe({
  id: "kube/node-args",
  title: "arguments of k3s and RKE2 servers",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "nodes" }],
  requests: 1,
  async collect({ cluster }) {
    const list = (labelSelector: string) =>
      reduceList(cluster, "/api/v1/nodes", { limit: 500, metadataOnly: true, labelSelector }, argumentsOf);
    const first = await list(servers);
    if (!first.ok) return first;
    const found = first.value.items.filter((node) => node !== "none");
    // Only k3s and RKE2 have servers without the role of the control plane.
    if (found.length > 0) {
      const more = await list(etcdOnly);
      if (!more.ok) return more;
      found.push(...more.value.items.filter((node) => node !== "none"));
    }
    return read({ nodes: found.sort((a, b) => inOrder(a.node, b.node)) });
  },
});

function argumentsOf(node: unknown): NodeArgs | "none" | undefined {
  const name = textAt(node, "metadata", "name");
  if (name === undefined || name === "") return undefined;
  for (const [annotation, distribution] of annotations) {
    const text = valueAt(node, "metadata", "annotations", annotation);
    if (text === undefined) continue;
    const words = parse(text);
    return words && { node: name, distribution, ...sorted(parseArguments(words)) };
  }
  return "none";
}

/** A list as JSON; secrets in it are already masked by k3s, and are not kept anyway. */
function parse(text: unknown): readonly unknown[] | undefined {
  try {
    const words: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
    return Array.isArray(words) ? words : undefined;
  } catch {
    return undefined;
  }
}

function sorted(flags: readonly GivenFlag[]): Pick<NodeArgs, "options" | "apiServer" | "etcd"> {
  const handedOn = (option: string): GivenFlag[] =>
    flags.flatMap(([name, value]) => (name === option && value !== undefined ? parseHandedOn(value) : []));
  return {
    options: keep(flags),
    apiServer: keep(handedOn("kube-apiserver-arg")),
    etcd: keep(handedOn("etcd-arg")),
  };
}
