/** Where this machine stands, by its own addresses against those of the nodes: signs that it is inside, never a proof that it is not. */
import type { Whereabouts } from "../model/cluster.ts";
import { type InsideSign, insideSigns } from "../model/facts/dialled-ports.ts";
import { inAnyOf } from "./address-ranges.ts";
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
    "own-network": nodes.addresses.some(inAnyOf(networks)),
    "pod-range": mine.some(inAnyOf(nodes.podRanges)),
    "private-endpoint": !own.proxied && own.addresses.some((address) => scopedFamily(address)?.scope === "private"),
  };
  return insideSigns.filter((sign) => seen[sign]);
}

function isReachable(address: string): boolean {
  const scope = scopedFamily(address)?.scope;
  return scope === "private" || scope === "global";
}
