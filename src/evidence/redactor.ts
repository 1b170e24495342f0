/** Keyed digests in place of what must not be kept. */
import { createHmac } from "node:crypto";
import type { Redactor } from "../model/probe.ts";

/** Kinds whose values a probe of another view asks with; they are forgotten with the redactor. */
const askedByAnotherView: ReadonlySet<string> = new Set(["provider"]);

/**
 * Replaces values by `<kind>-<64 bits of HMAC-SHA256 in hexadecimal>` (RFC 2104). Without the salt nobody can test guesses;
 * two runs under one salt give the same pseudonyms. The kind goes into the digest, so that kinds do not compare.
 */
export function createRedactor(salt: Uint8Array): Redactor {
  const originals = new Map<string, string>();
  return {
    pseudonym(kind, value) {
      const digest = createHmac("sha256", salt).update(`${kind}\0${value}`).digest("hex");
      const pseudonym = `${kind}-${digest.slice(0, 16)}`;
      if (askedByAnotherView.has(kind)) originals.set(pseudonym, value);
      return pseudonym;
    },
    original: (pseudonym) => originals.get(pseudonym),
  };
}
