/** Digests of bytes and of JSON values. */
import { createHash } from "node:crypto";
import { canonicalJson, type Parts } from "./canonical-json.ts";
import type { Json } from "./json.ts";
import type { Sha256 } from "./vocabulary.ts";

/** SHA-256 of UTF-8 text or bytes, lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): Sha256 {
  return createHash("sha256").update(data).digest("hex");
}

/** The same of bytes in pieces. */
export function sha256OfParts(parts: Parts): Sha256 {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** SHA-256 of the canonical form of a JSON value. */
export function digestOf(value: Json): Sha256 {
  return sha256(canonicalJson(value));
}

/** A UUID of version 8 (RFC 9562, section 5.8) made of a digest: the same input, the same id. */
export function uuidFromDigest(digest: Sha256): string {
  const hex = digest.slice(0, 32).split("");
  hex[12] = "8";
  hex[16] = ((Number.parseInt(hex[16] ?? "0", 16) & 0x3) | 0x8).toString(16);
  const text = hex.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
