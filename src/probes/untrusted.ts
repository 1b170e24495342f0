/**
 * Reads fields of objects that a cluster sent. Nothing here throws and nothing here is believed: what does not have the
 * expected form is absent. Only own properties count, so `__proto__` and `constructor` are keys like any other.
 */
import { parseInstant } from "../model/instant.ts";
import type { Instant } from "../model/vocabulary.ts";

/** Longest text that is kept: longer ones are no value of Kubernetes that a check could use. */
const longest = 512;

/** C0, DEL, C1, line separators, bidirectional overrides and lone surrogates: no value of Kubernetes holds them. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The value at a path of keys, undefined where the path ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as { readonly [key: string]: unknown })[key];
  }
  return current;
}

/** The text at a path; undefined when it is no text, or longer than anything that could be meant. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  return printable(valueAt(value, ...path));
}

const printableAscii = /^[ -~]*$/;

/** A text that may be kept: characters that could act on a terminal or a page are replaced. */
export function printable(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > longest) return undefined;
  if (printableAscii.test(value)) return value;
  return value.replace(unprintable, "\ufffd");
}

/** Elements of the list at a path; empty when there is none. `null` is how an empty list of metadata is written. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Keys of the object at a path; empty when there is none. */
export function keysAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = valueAt(value, ...path);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? Object.keys(found) : [];
}

/** The whole number from 0 at a path. */
export function countAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}

/** The time at a path, fractions of a second cut. */
export function instantOf(value: unknown, ...path: readonly string[]): Instant | undefined {
  const text = textAt(value, ...path);
  return text === undefined ? undefined : parseInstant(text);
}

/** A copy that holds on to nothing: a piece cut from a large text keeps the whole of it alive. */
export function detached(text: string): string {
  return Buffer.from(text).toString();
}

/** Order by code units: the same on every machine. */
export function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Distinct texts, in order. */
export function distinct<T extends string>(texts: Iterable<T>): T[] {
  return [...new Set(texts)].sort(inOrder);
}
