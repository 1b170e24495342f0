import type { Api } from "../api.ts";
import type { Machine } from "./machine.ts";

interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly podCIDRs?: readonly string[] };
}

/** The ranges of pod addresses by node, or undefined as long as a node has none. */
export async function podRanges(api: Api, nodes: number): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const list = (await api.json("GET", "/api/v1/nodes")) as { readonly items: readonly NodeObject[] };
  const found = list.items.flatMap(({ metadata, spec }) =>
    spec.podCIDRs === undefined ? [] : [[metadata.name, spec.podCIDRs] as const],
  );
  return found.length === nodes ? new Map(found) : undefined;
}

/** Gives every node its pod network: the plugins' configuration, and routes to the pods of the others. */
export async function connectPods(
  machines: readonly Machine[],
  ranges: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  await Promise.all(
    machines.map(async (machine) => {
      const own = ranges.get(machine.node.name) ?? [];
      for (const { node } of machines.filter((other) => other !== machine)) {
        for (const range of ranges.get(node.name) ?? []) {
          const via = range.includes(":") ? node.address.v6 : node.address.v4;
          await machine.run(["ip", "route", "replace", range, "via", via]);
        }
      }
      // from inside: what is written below the node's /etc from outside is not noticed there
      const file = "/etc/cni/net.d/10-bridge.conflist";
      const write = 'printf %s "$1" >"$2.new" && mv "$2.new" "$2"';
      await machine.run(["bash", "-c", write, "bash", JSON.stringify(pluginConfiguration(own)), file]);
    }),
  );
}

function pluginConfiguration(ranges: readonly string[]): object {
  const anywhere = ranges.map((range) => ({ dst: range.includes(":") ? "::/0" : "0.0.0.0/0" }));
  return {
    cniVersion: "0.4.0",
    name: "pods",
    plugins: [
      {
        type: "bridge",
        bridge: "cni0",
        isGateway: true,
        ipMasq: false,
        hairpinMode: true,
        ipam: { type: "host-local", ranges: ranges.map((subnet) => [{ subnet }]), routes: anywhere },
      },
      { type: "portmap", capabilities: { portMappings: true }, snat: true },
    ],
  };
}
