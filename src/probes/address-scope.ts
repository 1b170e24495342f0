/** How far an address reaches, by its range (RFC 6890 and RFC 4291). */
import type { ScopedFamily } from "../model/facts/network.ts";
import type { AddressScope } from "../model/facts/nodes.ts";
import { familyOf } from "./address-family.ts";
import { inAnyOf, unmapped } from "./address-ranges.ts";
import { inOrder } from "./untrusted.ts";

const narrow: readonly (readonly [AddressScope, (address: string) => boolean])[] = [
  ["loopback", inAnyOf(["127.0.0.0/8", "::1/128"])],
  ["link-local", inAnyOf(["169.254.0.0/16", "fe80::/10"])],
  ["private", inAnyOf(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"])],
];

/** Undefined for what is no address. An IPv4 address written as an IPv6 one is one of IPv4. */
export function scopedFamily(text: string): ScopedFamily | undefined {
  const address = unmapped(text.split("%", 1)[0] ?? "");
  const family = address.includes("/") ? undefined : familyOf(address);
  if (family === undefined) return undefined;
  const found = narrow.find(([, holds]) => holds(address));
  return { family, scope: found?.[0] ?? "global" };
}

/** Each combination once, in order. */
export function scopedFamilies(texts: readonly (string | undefined)[]): ScopedFamily[] {
  const found = texts.flatMap((text) => (text === undefined ? [] : (scopedFamily(text) ?? [])));
  const byText = new Map(found.map((one) => [`${one.family} ${one.scope}`, one]));
  return [...byText].sort(([a], [b]) => inOrder(a, b)).map(([, one]) => one);
}
