/** Where the kubeconfig's server is, seen from here: what its name has in DNS, and which addresses this machine has. */
import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import type { Whereabouts } from "../model/cluster.ts";
import { type Endpoint, familyOf } from "./endpoint.ts";

/** A resolver that says nothing must not hold up a run that has its connection already. */
const longestLookup = 3000;

export async function whereabouts(endpoint: Endpoint): Promise<Whereabouts> {
  const written = familyOf(endpoint);
  const proxied = endpoint.proxy !== undefined;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return {
    written,
    proxied,
    // behind a proxy it is the proxy that looks the name up
    addresses: proxied ? [] : written === "name" ? await lookUp(endpoint.host) : [endpoint.host],
    ownAddresses: own.map(({ address }) => address),
    ownNetworks: own.flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  };
}

/** Of both families, whether or not this machine has them itself; none when the resolver has no answer. */
async function lookUp(host: string): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), longestLookup);
  });
  try {
    const found = lookup(host, { all: true, hints: 0 }).then((all) => all.map(({ address }) => address));
    return await Promise.race([found, late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
