import { read, unread } from "../model/fact.ts";
import type { DialledAddress } from "../model/facts/dialled-ports.ts";
import type { Dialled, ListenerReader } from "../model/listeners.ts";
import { wellKnownPorts } from "../model/network/well-known-ports.ts";
import { isControlPlane } from "../model/placement/control-plane-nodes.ts";
import { defineProbe } from "../model/probe.ts";
import { createQueue } from "../model/queue.ts";
import { scopedFamilies } from "./address-scope.ts";
import { signsOfInside } from "./inside-signs.ts";
import { type NodeAddress, nodeAddresses, podRangesOf } from "./node-addresses.ts";
import { nodeRecord } from "./node-record.ts";
import { reduceList } from "./reading.ts";
import { inOrder } from "./untrusted.ts";

/** A few tell how nodes are filtered; more of them look like a scan. */
const mostNodes = 10;
const atOnce = 16;
const mostSeconds = 60;

export const dialledPortsProbe = defineProbe({
  id: "kube/dialled-ports",
  title: `well-known ports of at most ${mostNodes} nodes, by connections straight from here: ${atOnce} at once, for ${mostSeconds} s`,
  tier: "system",
  rights: [{ kind: "resource", verb: "list", group: "", resource: "nodes" }],
  requests: 1,
  resolve: { "not-visible": "addresses in the status of nodes" },
  async collect({ cluster, listeners, redactor }) {
    const reading = await reduceList(cluster, "/api/v1/nodes", { limit: 500 }, (node) => {
      const record = nodeRecord(node, redactor);
      if (record === undefined) return undefined;
      const controlPlane = isControlPlane(record) || record.roles.includes("etcd");
      return { name: record.name, controlPlane, addresses: nodeAddresses(node), podRanges: podRangesOf(node) };
    });
    if (!reading.ok) return reading;
    const nodes = reading.value.items
      .filter(({ addresses }) => addresses.length > 0)
      .sort((a, b) => Number(b.controlPlane) - Number(a.controlPlane) || inOrder(a.name, b.name));
    if (nodes.length === 0) return unread("not-visible", "no node names an address that could be dialled");
    const own = await cluster.whereabouts();
    const targets = nodes.slice(0, mostNodes).flatMap(({ name, controlPlane, addresses }) =>
      addresses.map((address) => ({
        node: name,
        address,
        ports: wellKnownPorts.filter((known) => controlPlane || !known.controlPlane).map(({ port }) => port),
      })),
    );
    const end = performance.now() + mostSeconds * 1000;
    return read({
      addresses: await dialAll(targets, listeners, () => performance.now() < end),
      nodesLeftOut: Math.max(0, nodes.length - mostNodes),
      runner: scopedFamilies(own.ownAddresses).filter(({ scope }) => scope === "private" || scope === "global"),
      inside: signsOfInside(own, {
        addresses: nodes.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
        podRanges: nodes.flatMap(({ podRanges }) => podRanges),
      }),
    });
  },
});

export interface Target {
  readonly node: string;
  readonly address: NodeAddress;
  readonly ports: readonly number[];
}

/** Port by port, a bounded number of them at the same time; none once the time is over. */
export async function dialAll(
  targets: readonly Target[],
  { dial }: Pick<ListenerReader, "dial">,
  isTime: () => boolean,
): Promise<DialledAddress[]> {
  const queue = createQueue(atOnce);
  return Promise.all(
    targets.map(async ({ node, address: { address, ...about }, ports }) => {
      const answers = await Promise.all(
        ports.map((port) => queue(async (): Promise<Dialled> => (isTime() ? dial(address, port) : "not-tried"))),
      );
      const thatWere = (outcome: Dialled) => ports.filter((_, index) => answers[index] === outcome);
      return {
        node,
        ...about,
        open: thatWere("open"),
        refused: thatWere("refused"),
        silent: thatWere("silent"),
        noRoute: thatWere("no-route"),
        notTried: thatWere("not-tried"),
      };
    }),
  );
}
