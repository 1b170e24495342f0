/** RFC 8785 (JSON Canonicalization Scheme): the one text of a JSON value whose digest anyone can recompute. */
import type { Json } from "./json.ts";

/** UTF-8 bytes in pieces: what is large is neither joined nor copied. */
export type Parts = readonly Uint8Array[];

/** Canonical texts that are known already, by the value they stand for. */
export interface KnownParts {
  get(value: object): Parts | undefined;
}

/**
 * Keys in UTF-16 code unit order, no white space, numbers and strings as ECMAScript writes them. Throws TypeError on what
 * JSON or I-JSON (RFC 7493) cannot hold: undefined, NaN, infinities, lone surrogates, and objects that are no plain data.
 * Written by hand because evidence of 5,000 nodes is written several times in a run: see the benchmark.
 */
export function canonicalJson(value: Json): string {
  const pieces: string[] = [];
  write(value, 0, { known: undefined, text: (piece) => pieces.push(piece), parts: () => undefined });
  return pieces.join("");
}

/** The same text in UTF-8; what is known of it is taken over, not written again. Throws as canonicalJson does. */
export function canonicalParts(value: Json, known: KnownParts): Parts {
  const parts: Uint8Array[] = [];
  let pieces: string[] = [];
  const flush = (): void => {
    if (pieces.length > 0) parts.push(Buffer.from(pieces.join("")));
    pieces = [];
  };
  write(value, 0, {
    known,
    text: (piece) => pieces.push(piece),
    parts: (taken) => {
      flush();
      parts.push(...taken);
    },
  });
  flush();
  return parts;
}

interface Target {
  readonly known: KnownParts | undefined;
  text(piece: string): void;
  parts(taken: Parts): void;
}

/** So deep it is asked whether a value can be written at once: never more often, however it is nested. */
const deepestLook = 5;

function write(value: unknown, depth: number, target: Target): void {
  const taken = typeof value === "object" && value !== null ? target.known?.get(value) : undefined;
  if (taken) target.parts(taken);
  else if (typeof value !== "object" || value === null) target.text(scalar(value));
  else if (depth <= deepestLook && isCanonical(value, target.known)) target.text(JSON.stringify(value));
  else if (Array.isArray(value)) writeList(value, depth, target);
  else writeObject(value, depth, target);
}

function writeObject(value: object, depth: number, target: Target): void {
  if (!isPlain(value)) throw new TypeError("JSON cannot hold an object of a class");
  let before = "{";
  for (const key of Object.keys(value).sort()) {
    target.text(`${before}${quote(key)}:`);
    write((value as { readonly [key: string]: unknown })[key], depth + 1, target);
    before = ",";
  }
  target.text(before === "{" ? "{}" : "}");
}

function writeList(values: readonly unknown[], depth: number, target: Target): void {
  target.text("[");
  for (let n = 0; n < values.length; n++) {
    if (n > 0) target.text(",");
    write(values[n], depth + 1, target);
  }
  target.text("]");
}

/**
 * Whether JSON.stringify gives the canonical text: all keys in order, all strings well-formed, nothing that it would leave
 * out, and nothing known. Most values are so, read from evidence or made in order; JSON.stringify is three times as fast.
 */
function isCanonical(value: unknown, known: KnownParts | undefined): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "boolean" || value === null) return true;
  if (typeof value !== "object" || known?.get(value)) return false;
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) if (!isCanonical(value[n], known)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  let before = "";
  for (const key of Object.keys(value)) {
    if (key < before || !key.isWellFormed()) return false;
    if (!isCanonical((value as { readonly [key: string]: unknown })[key], known)) return false;
    before = key;
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function scalar(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError(
    `JSON cannot hold ${typeof value === "number" ? String(value) : `a value of type ${typeof value}`}`,
  );
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError("JSON cannot hold a lone surrogate");
  return JSON.stringify(text);
}
