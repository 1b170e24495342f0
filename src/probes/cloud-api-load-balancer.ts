/** The load balancer that has the API server's address, found by virtual or floating IP; no address is kept. */
import { isIP } from "node:net";
import type { CloudReader } from "../model/cloud.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import type { CloudApiLoadBalancerFact } from "../model/facts/cloud.ts";
import { defineProbe } from "../model/probe.ts";
import { accessList, rangesOf } from "./access-list.ts";
import { familiesOf } from "./address-family.ts";
import { malformedBy, provenNodes, unproven } from "./cloud-reading.ts";
import { listAt, textAt, valueAt } from "./untrusted.ts";

const mostAddresses = 6;

export const cloudApiLoadBalancerProbe = defineProbe({
  id: "cloud/api-load-balancer",
  title: "load balancer in front of the API server",
  view: "cloud",
  tier: "observe",
  rights: [],
  requests: 4,
  after: ["cloud/servers"],
  resolve: {
    "not-visible": provenNodes,
    forbidden: "the role `load-balancer_observer`, `reader` or `member` in the project of the load balancer",
    "not-found": "the project whose load balancer has the API server's address",
    "not-served": "Octavia and Neutron in the cloud's catalogue",
  },
  async collect({ cloud, cluster, fact }) {
    const doubt = await unproven({ fact });
    if (doubt) return doubt;
    const { addresses } = await cluster.whereabouts();
    for (const address of addresses.slice(0, mostAddresses)) {
      const found = await balancerAt(cloud, address);
      if (!found.ok) return found;
      if (found.value !== undefined) return described(cloud, found.value, cluster.endpoint.port);
    }
    return unread("not-found", "no load balancer of this project has the API server's address");
  },
});

interface Balancer {
  readonly id: string;
  readonly vipPort: string;
  readonly object: unknown;
}

/** By virtual IP, else by the port behind a floating IP; of several with one virtual IP none can be told to be it. */
async function balancerAt(cloud: CloudReader, address: string): Promise<Reading<Balancer | undefined>> {
  if (isIP(address) === 0) return read(undefined);
  const byVip = await balancers(cloud, "vip_address", address);
  if (!byVip.ok || byVip.value !== undefined) return byVip;
  const path = `/v2.0/floatingips?floating_ip_address=${encodeURIComponent(address)}`;
  const floating = isIP(address) === 4 ? await cloud.list("network", path, "floatingips") : read([]);
  if (!floating.ok) return floating;
  const port = textAt(
    floating.value.find((ip) => textAt(ip, "floating_ip_address") === address),
    "port_id",
  );
  return port === undefined ? read(undefined) : balancers(cloud, "vip_port_id", port);
}

async function balancers(cloud: CloudReader, key: string, value: string): Promise<Reading<Balancer | undefined>> {
  const path = `/v2.0/lbaas/loadbalancers?${key}=${encodeURIComponent(value)}`;
  const list = await cloud.list("load-balancer", path, "loadbalancers");
  if (!list.ok) return list;
  // a service that does not know the filter shows all of them
  const matching = list.value.filter((object) => textAt(object, key) === value);
  if (matching.length > 1)
    return unread("not-found", "several load balancers of this project have the API server's address");
  const [object] = matching;
  if (object === undefined) return read(undefined);
  const [id, vipPort] = [textAt(object, "id"), textAt(object, "vip_port_id")];
  return id === undefined || vipPort === undefined
    ? malformedBy("Octavia", "load balancer")
    : read({ id, vipPort, object });
}

async function described(
  cloud: CloudReader,
  { id, vipPort, object }: Balancer,
  apiPort: number,
): Promise<Reading<CloudApiLoadBalancerFact>> {
  const [listeners, floating] = await Promise.all([
    cloud.list("load-balancer", `/v2.0/lbaas/listeners?loadbalancer_id=${encodeURIComponent(id)}`, "listeners"),
    cloud.list("network", `/v2.0/floatingips?port_id=${encodeURIComponent(vipPort)}`, "floatingips"),
  ]);
  if (!listeners.ok) return listeners;
  if (!floating.ok) return floating;
  const additional = listAt(object, "additional_vips").map((vip) => textAt(vip, "ip_address"));
  const mine = listeners.value.filter((listener) => belongsTo(listener, id));
  return read({
    provider: textAt(object, "provider") ?? "",
    vipFamilies: familiesOf([textAt(object, "vip_address"), ...additional]),
    floatingFamilies: familiesOf(
      floating.value.filter((ip) => textAt(ip, "port_id") === vipPort).map((ip) => textAt(ip, "floating_ip_address")),
    ),
    listeners: mine.filter((listener) => valueAt(listener, "protocol_port") === apiPort).map(listenerRecord),
  });
}

/** Octavia names a listener's load balancers; without that the filter was obeyed. */
function belongsTo(listener: unknown, id: string): boolean {
  const owners = listAt(listener, "loadbalancers").map((owner) => textAt(owner, "id"));
  return owners.length === 0 || owners.includes(id);
}

function listenerRecord(listener: unknown): CloudApiLoadBalancerFact["listeners"][number] {
  return {
    protocol: textAt(listener, "protocol") ?? "",
    enabled: valueAt(listener, "admin_state_up") !== false,
    allowed: accessList(rangesOf(valueAt(listener, "allowed_cidrs"))),
  };
}
