/** Where this machine stands, by its own addresses against those of the nodes: signs that it is inside, never a proof that it is not. */
import { BlockList } from "node:net";
import type { Whereabouts } from "../model/cluster.ts";
import { type InsideSign, insideSigns } from "../model/facts/dialled-ports.ts";
import { scopedFamily } from "./address-scope.ts";

export interface NodesAbout {
  readonly addresses: readonly string[];
  readonly podRanges: readonly string[];
}

type Standing = Pick<Whereabouts, "addresses" | "ownAddresses" | "ownNetworks" | "proxied">;

export function signsOfInside(own: Standing, nodes: NodesAbout): InsideSign[] {
  const mine = own.ownAddresses.filter(isReachable);
  const networks = own.ownNetworks.filter((range) => isReachable(range.split("/")[0] ?? ""));
  const seen: { readonly [Sign in InsideSign]: boolean } = {
    "own-address": mine.some((address) => nodes.addresses.includes(address)),
    "own-network": anyIn(nodes.addresses, networks),
    "pod-range": anyIn(mine, nodes.podRanges),
    "private-endpoint": !own.proxied && own.addresses.some((address) => scopedFamily(address)?.scope === "private"),
  };
  return insideSigns.filter((sign) => seen[sign]);
}

function isReachable(address: string): boolean {
  const scope = scopedFamily(address)?.scope;
  return scope === "private" || scope === "global";
}

function anyIn(addresses: readonly string[], ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", bits = ""] = range.split("/");
    const family = scopedFamily(network)?.family;
    const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (family === undefined || network.includes("%") || !(length <= (family === "IPv4" ? 32 : 128))) continue;
    list.addSubnet(network, length, family === "IPv4" ? "ipv4" : "ipv6");
  }
  return addresses.some((address) => {
    const family = scopedFamily(address)?.family;
    return family !== undefined && list.check(address, family === "IPv4" ? "ipv4" : "ipv6");
  });
}
