/** RFC 8785 (JSON Canonicalization Scheme): the one text of a JSON value whose digest anyone can recompute. */
import type { Json } from "./json.ts";

/** Canonical texts that are known already, by the value they stand for. */
export interface KnownTexts {
  get(value: object): string | undefined;
}

/**
 * Keys in UTF-16 code unit order, no white space, numbers and strings as ECMAScript writes them. Throws TypeError on what
 * JSON or I-JSON (RFC 7493) cannot hold: undefined, NaN, infinities, lone surrogates, and objects that are no plain data.
 * Written by hand because evidence of 5,000 nodes is written several times in a run: see the benchmark.
 */
export function canonicalJson(value: Json, known?: KnownTexts): string {
  return write(value, known);
}

function write(value: unknown, known: KnownTexts | undefined): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "object") return known?.get(value) ?? writeObject(value, known);
  throw new TypeError(
    `JSON cannot hold ${typeof value === "number" ? String(value) : `a value of type ${typeof value}`}`,
  );
}

/** Pieces are joined, not added up: V8 keeps a sum as a tree of its pieces, which took 1.6 times as long. */
function writeObject(value: object, known: KnownTexts | undefined): string {
  const pieces: string[] = [];
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) pieces.push(write(value[n], known));
    return `[${pieces.join(",")}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError("JSON cannot hold an object of a class");
  for (const key of Object.keys(value).sort()) {
    const member: unknown = (value as { readonly [key: string]: unknown })[key];
    pieces.push(`${quote(key)}:${write(member, known)}`);
  }
  return `{${pieces.join(",")}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("JSON cannot hold a lone surrogate");
  return JSON.stringify(text);
}
