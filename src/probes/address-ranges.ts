/** Ranges of addresses, as written by whoever: what is none is left out. */
import { BlockList } from "node:net";
import { familyOf } from "./address-family.ts";

/** An IPv4 address written as an IPv6 one is one of IPv4 (RFC 4291, section 2.5.5.2). */
export function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Whether an address, without a zone, is in one of the ranges; false for what is no address. */
export function inAnyOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", bits = ""] = range.split("/");
    const family = familyOf(network);
    const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (family === undefined || network.includes("%") || !(length <= (family === "IPv4" ? 32 : 128))) continue;
    list.addSubnet(network, length, kindOf(family));
  }
  return (address) => {
    const family = address.includes("/") ? undefined : familyOf(address);
    return family !== undefined && list.check(address, kindOf(family));
  };
}

const kindOf = (family: "IPv4" | "IPv6") => (family === "IPv4" ? "ipv4" : "ipv6");
