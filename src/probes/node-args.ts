import { read } from "../model/fact.ts";
import type { NodeArgsFact } from "../model/facts/control-plane.ts";
import { defineProbe } from "../model/probe.ts";
import { type GivenFlag, keep, parseArguments, parseHandedOn } from "./flags.ts";
import { reduceList } from "./reading.ts";
import { inOrder, keysAt, textAt, valueAt } from "./untrusted.ts";

type NodeArgs = NodeArgsFact["nodes"][number];

const distributions = ["k3s", "rke2"] as const;

/** Options that may stand in the environment as well: K3S_DATASTORE_ENDPOINT, RKE2_URL (`server`). */
const byEnvironment = new Map([
  ["DATASTORE_ENDPOINT", "datastore-endpoint"],
  ["CLUSTER_INIT", "cluster-init"],
  ["URL", "server"],
]);

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
  for (const distribution of distributions) {
    const annotation = (key: string) => valueAt(node, "metadata", "annotations", `${distribution}.io/${key}`);
    const text = annotation("node-args");
    if (text === undefined) continue;
    const words = parse(text);
    if (!Array.isArray(words)) return undefined;
    const environment = environmentOf(parse(annotation("node-env")), `${distribution.toUpperCase()}_`);
    return { node: name, distribution, ...sorted([...environment, ...parseArguments(words)]) };
  }
  return "none";
}

/** JSON; secrets in it are already masked by k3s, and are not kept anyway. */
function parse(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** The environment with the distribution's prefix, as k3s writes it into an annotation beside the arguments. */
function environmentOf(environment: unknown, prefix: string): GivenFlag[] {
  return keysAt(environment).flatMap((key): GivenFlag[] => {
    const option = key.startsWith(prefix) ? byEnvironment.get(key.slice(prefix.length)) : undefined;
    const value = textAt(environment, key);
    return option === undefined || value === undefined || value === "" ? [] : [[option, value]];
  });
}

function sorted(flags: readonly GivenFlag[]): Pick<NodeArgs, "options" | "apiServer" | "etcd" | "kubelet"> {
  const handedOn = (option: string): GivenFlag[] =>
    flags.flatMap(([name, value]) => (name === option && value !== undefined ? parseHandedOn(value) : []));
  return {
    options: keep(flags),
    apiServer: keep(handedOn("kube-apiserver-arg")),
    etcd: keep(handedOn("etcd-arg")),
    kubelet: keep(handedOn("kubelet-arg")),
  };
}
