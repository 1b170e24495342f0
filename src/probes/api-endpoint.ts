import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { ApiEndpointFact } from "../model/facts/network.ts";
import type { AddressFamily } from "../model/facts/nodes.ts";
import { defineProbe } from "../model/probe.ts";
import { scopedFamilies } from "./address-scope.ts";
import { distinct } from "./untrusted.ts";

const families = ["IPv4", "IPv6"] as const;

export const apiEndpointProbe = defineProbe({
  id: "kube/api-endpoint",
  title: "the endpoint's addresses, and TLS over each family",
  tier: "observe",
  rights: [],
  requests: 2,
  async collect({ cluster }) {
    const { written, proxied, addresses, ownAddresses } = await cluster.whereabouts();
    const found = scopedFamilies(addresses);
    const own = scopedFamilies(ownAddresses).filter(({ scope }) => scope === "global" || scope === "private");
    // Behind a proxy a handshake tells nothing of families.
    const tried = proxied ? [] : families.filter((family) => found.some((address) => address.family === family));
    const handshakes: ApiEndpointFact["handshakes"] = [];
    for (const family of tried) handshakes.push(await handshakeOver(cluster, family));
    return read({
      written,
      proxied,
      addresses: found,
      runner: distinct(own.map(({ family }) => family)),
      handshakes,
    });
  },
});

async function handshakeOver(
  cluster: ClusterReader,
  family: AddressFamily,
): Promise<ApiEndpointFact["handshakes"][number]> {
  const peer = await cluster.handshake({ family });
  return peer.ok ? { family, trusted: peer.value.trusted } : { family, reason: peer.reason };
}
