/** Of which family an address or a range is. */
import { isIP } from "node:net";
import type { AddressFamily } from "../model/facts/nodes.ts";
import { distinct } from "./untrusted.ts";

/** Family of an address or a range; undefined for names and nonsense. */
export function familyOf(address: string): AddressFamily | undefined {
  const slash = address.indexOf("/");
  const family = isIP(slash < 0 ? address : address.slice(0, slash));
  return family === 4 ? "IPv4" : family === 6 ? "IPv6" : undefined;
}

/** Families of a list of addresses or ranges, each once. */
export function familiesOf(addresses: readonly (string | undefined)[]): AddressFamily[] {
  const families = new Set<AddressFamily>();
  for (const address of addresses) {
    const family = address === undefined ? undefined : familyOf(address);
    if (family !== undefined) families.add(family);
  }
  return distinct(families);
}
