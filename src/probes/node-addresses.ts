/** Addresses of nodes as they may be dialled: written by a cluster that nobody has to trust, so only what a node can have. */
import type { DialledAddress } from "../model/facts/dialled-ports.ts";
import { inAnyOf, unmapped } from "./address-ranges.ts";
import { scopedFamily } from "./address-scope.ts";
import { listAt, printable, textAt } from "./untrusted.ts";

export interface NodeAddress extends Pick<DialledAddress, "type" | "family" | "scope"> {
  readonly address: string;
}

const mostAddresses = 4;
const types = ["InternalIP", "ExternalIP"] as const;

/** "This network", multicast, reserved and broadcast (RFC 6890), unspecified and multicast (RFC 4291). */
const isNobodys = inAnyOf(["0.0.0.0/8", "224.0.0.0/3", "::/128", "ff00::/8"]);

/** Addresses, never names; each once; none that leads back to this machine or stays on one link. */
export function nodeAddresses(node: unknown): readonly NodeAddress[] {
  const found = new Map<string, NodeAddress>();
  for (const entry of listAt(node, "status", "addresses")) {
    const type = types.find((known) => known === textAt(entry, "type"));
    const address = unmapped(textAt(entry, "address") ?? "");
    const scoped = scopedFamily(address);
    if (type === undefined || scoped === undefined || address.includes("%")) continue;
    if (scoped.scope !== "private" && scoped.scope !== "global") continue;
    if (isNobodys(address) || found.has(address)) continue;
    found.set(address, { type, ...scoped, address });
  }
  return [...found.values()].slice(0, mostAddresses);
}

/** `spec.podCIDRs`, as written. */
export function podRangesOf(node: unknown): readonly string[] {
  return listAt(node, "spec", "podCIDRs").flatMap((range) => printable(range) ?? []);
}
