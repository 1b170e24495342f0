/** Lists of address ranges, counted and classified: which ranges they are is not kept. */
import type { AccessList } from "../model/facts/access-list.ts";
import { type AddressRange, rangeOf } from "./address-ranges.ts";
import { distinct, printable } from "./untrusted.ts";

/** Ranges of a list, each written one way: `10.0.0.1/8` is `10.0.0.0/8`. Undefined where there is no list. */
export function rangesOf(list: unknown): readonly (string | undefined)[] | undefined {
  return Array.isArray(list) ? list.slice(0, 10_000).map((entry) => normal(printable(entry) ?? "")) : undefined;
}

/** Null where there is no list, or an empty one, which is how no list is written: both let everybody in. */
export function accessList(ranges: ReturnType<typeof rangesOf>): AccessList | null {
  if (ranges === undefined || ranges.length === 0) return null;
  const known = distinct(ranges.filter((range) => range !== undefined));
  const open = known.flatMap((range) =>
    range.endsWith("/0") ? ([range.includes(":") ? "IPv6" : "IPv4"] as const) : [],
  );
  return {
    ranges: known.length,
    openTo: distinct(open),
    malformed: ranges.length - ranges.filter((r) => r !== undefined).length,
  };
}

/** Written ranges that are no entry of the applied list. A range inside a larger one counts as applied with it. */
export function notApplied(written: readonly (string | undefined)[], applied: readonly (string | undefined)[]): number {
  const known = distinct(applied.filter((range) => range !== undefined)).map(bitsOf);
  return distinct(written.filter((range) => range !== undefined)).filter((range) => {
    const bits = bitsOf(range);
    return !known.some((outer) => bits.startsWith(outer));
  }).length;
}

/** A range as its family and the bits of its prefix; undefined for what is none. */
function normal(text: string): string | undefined {
  const range = rangeOf(text);
  if (range === undefined) return undefined;
  const mark = range.family === "IPv6" ? ":" : ".";
  return `${mark}${addressBits(range).slice(0, range.length)}/${range.length}`;
}

function bitsOf(range: string): string {
  return range.slice(0, range.indexOf("/"));
}

function addressBits({ address, family }: Pick<AddressRange, "address" | "family">): string {
  const words = family === "IPv4" ? address.split(".").map(Number) : groupsOf(address);
  return words.map((word) => word.toString(2).padStart(family === "IPv4" ? 8 : 16, "0")).join("");
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::", 2);
  const parse = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [parse(head), parse(tail ?? "")];
  const gap = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => 0);
  return [...left, ...gap, ...right];
}
