/** The servers behind the nodes: found by provider id, or by the system UUID, which is the server's id where Nova sets it. */
import type { CloudReader } from "../model/cloud.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";
import type { CloudServerRecord, CloudServersFact } from "../model/facts/cloud.ts";
import type { NodeRecord } from "../model/facts/nodes.ts";
import { defineProbe, type Redactor } from "../model/probe.ts";
import { createQueue } from "../model/queue.ts";
import { nobodyAnswers } from "../model/vocabulary.ts";
import { hypervisorsOf } from "./cloud-hypervisors.ts";
import { byMicroversion, readerRole } from "./cloud-reading.ts";
import { groupsOf } from "./cloud-server-groups.ts";
import { type SeenServer, seenServer } from "./cloud-server-record.ts";
import { inOrder } from "./untrusted.ts";

/** Asked one by one, so only so many: those of the control plane and of etcd first. */
const mostServers = 64;
const atOnce = 4;

/** Server groups since 2.71, the flavor in full since 2.47 (Nova REST API version history). */
const microversions = ["2.71", "2.47"];

type Unavailable = CloudServersFact["unavailable"][number];

export const cloudServersProbe = defineProbe({
  id: "cloud/servers",
  title: "servers behind the nodes",
  view: "cloud",
  tier: "observe",
  rights: [],
  requests: 5,
  after: ["kube/nodes"],
  resolve: {
    forbidden: readerRole,
    "not-found": "nodes with OpenStack provider ids (cloud controller manager)",
    "not-served": "Nova of OpenStack Pike or newer in the catalogue",
  },
  async collect({ cloud, fact, redactor }) {
    const nodes = await fact("kube/nodes");
    if (nodes.status === "unavailable")
      return unread(nodes.reason, "the nodes were not shown, whose servers these are");
    const named = nodes.value.nodes.map((node) => ({ node, server: serverOf(node, redactor) }));
    const wanted = named.filter(({ server }) => server !== undefined).sort((a, b) => rank(a.node) - rank(b.node));
    if (wanted.length === 0) return unread("not-found", "no node names a server of OpenStack");
    const seen: SeenServer[] = [];
    const unavailable: Unavailable[] = wanted.slice(mostServers).map(({ node }) => ({
      node: node.name,
      reason: "too-large",
      message: `only ${mostServers} servers are looked at`,
    }));
    let silence: Unread | undefined;
    const queue = createQueue(atOnce);
    const readings = await Promise.all(
      wanted.slice(0, mostServers).map((one) =>
        queue(async () => {
          const reading = silence ?? (await seenBy(cloud, one, redactor));
          if (!reading.ok && nobodyAnswers.includes(reading.reason)) silence ??= reading;
          return { node: one.node.name, reading };
        }),
      ),
    );
    for (const { node, reading } of readings) {
      if (reading.ok) seen.push(reading.value);
      else unavailable.push({ node, reason: reading.reason, message: reading.message });
    }
    const refusal = unavailable.find(({ reason }) => reason !== "not-found" && reason !== "too-large");
    if (seen.length === 0 && refusal) return unread(refusal.reason, refusal.message);
    const [groups, hypervisors] = await Promise.all([groupsOf(cloud, seen, redactor), hypervisorsOf(cloud, seen)]);
    const servers = seen.map(({ record, groupIds, hypervisorHost }): CloudServerRecord => {
      const hypervisor = hypervisorHost === undefined ? undefined : hypervisors.get(hypervisorHost);
      return {
        ...record,
        groups: groupIds.flatMap((id) => groups.get(id) ?? []),
        ...(hypervisor === undefined ? {} : { hypervisor }),
      };
    });
    return read({
      servers,
      unavailable: unavailable.sort((a, b) => inOrder(a.node, b.node)),
      nodesWithoutServer: named.length - wanted.length,
    });
  },
});

const rank = ({ roles }: NodeRecord): number =>
  roles.some((role) => ["control-plane", "master", "etcd"].includes(role)) ? 0 : 1;

const uuid = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
const providerForm = new RegExp(`^openstack://([^/]{0,255})/(${uuid})$`, "i");

interface NodeServer {
  readonly id: string;
  /** As the provider id has it, "" for none. */
  readonly region: string;
}

/** Without a provider id every node has a system UUID, of whatever machine it is; one of another cloud is not found. */
function serverOf(node: NodeRecord, redactor: Redactor): NodeServer | undefined {
  if (node.providerRef === undefined) {
    const id = node.systemUuid.toLowerCase();
    return new RegExp(`^${uuid}$`).test(id) ? { id, region: "" } : undefined;
  }
  const match = providerForm.exec(redactor.original(node.providerRef) ?? "");
  return match?.[2] === undefined ? undefined : { id: match[2].toLowerCase(), region: match[1] ?? "" };
}

async function seenBy(
  cloud: CloudReader,
  { node, server }: { readonly node: NodeRecord; readonly server: NodeServer | undefined },
  redactor: Redactor,
): Promise<Reading<SeenServer>> {
  if (server === undefined) return unread("not-found", "the node names no server of OpenStack");
  if (server.region !== "" && cloud.region !== undefined && server.region !== cloud.region)
    return unread("not-found", "the server is in another region than the one of clouds.yaml");
  const reading = await byMicroversion(cloud, "compute", `/servers/${server.id}`, microversions);
  return reading.ok ? seenServer(reading.value, server.id, node, redactor) : reading;
}
