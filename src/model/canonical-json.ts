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

function writeObject(value: object, known: KnownTexts | undefined): string {
  const pieces: string[] = [];
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) pieces.push(write(value[n], known));
    return `[${listed(pieces)}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError("JSON cannot hold an object of a class");
  for (const key of Object.keys(value).sort()) {
    const member: unknown = (value as { readonly [key: string]: unknown })[key];
    pieces.push(`${quote(key)}:${write(member, known)}`);
  }
  return `{${listed(pieces)}}`;
}

/**
 * V8 keeps a sum of texts as a tree of its pieces: slow and large when the pieces are small. Joining copies them, which is
 * slow and large when they are not, and are copied once more for each object around them.
 */
function listed(pieces: readonly string[]): string {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  if (length < 100_000) return pieces.join(",");
  let text = "";
  for (const piece of pieces) text += text === "" ? piece : `,${piece}`;
  return text;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("JSON cannot hold a lone surrogate");
  return JSON.stringify(text);
}
