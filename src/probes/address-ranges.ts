/** Ranges of addresses, as written by whoever: what is none is left out. */
import { BlockList } from "node:net";
import type { AddressFamily } from "../model/facts/nodes.ts";
import { familyOf } from "./address-family.ts";

export interface AddressRange {
  readonly family: AddressFamily;
  /** As written: bits behind the prefix may be set. */
  readonly address: string;
  /** Bits of the prefix. */
  readonly length: number;
}

/** An address alone is a range of one. Undefined for what is no range; one with a zone is none. */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = "", bits, ...more] = text.split("/");
  const family = familyOf(address);
  if (family === undefined || address.includes("%") || more.length > 0) return undefined;
  const longest = family === "IPv4" ? 32 : 128;
  if (bits === undefined) return { family, address, length: longest };
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  return length <= longest ? { family, address, length } : undefined;
}

/** An IPv4 address written as an IPv6 one is one of IPv4 (RFC 4291, section 2.5.5.2). */
export function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Whether an address, without a zone, is in one of the ranges; false for what is no address. */
export function inAnyOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { family, address, length } of ranges.flatMap((range) => rangeOf(range) ?? []))
    list.addSubnet(address, length, kindOf(family));
  return (address) => {
    const family = address.includes("/") ? undefined : familyOf(address);
    return family !== undefined && list.check(address, kindOf(family));
  };
}

const kindOf = (family: AddressFamily) => (family === "IPv4" ? "ipv4" : "ipv6");
