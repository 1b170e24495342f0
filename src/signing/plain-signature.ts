/**
 * Signatures as programs without SSH expect them, over bytes as they are: Ed25519 (RFC 8032), ECDSA in DER with the hash of its
 * curve (FIPS 186-5, RFC 3279 2.2.3), RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2).
 */
import { sign, verify } from "node:crypto";
import { curves } from "./curves.ts";
import type { PrivateKey } from "./private-key.ts";
import type { PublicKey } from "./public-key.ts";
import { MalformedError, WireReader } from "./ssh-wire.ts";

/** Undefined: Ed25519 has its own. */
function hashOf({ curve, type }: Pick<PublicKey, "curve" | "type">): string | null {
  if (curve !== undefined) return curves[curve].hash;
  return type === "ssh-rsa" ? "sha256" : null;
}

export function signPlain(key: PrivateKey, bytes: Uint8Array): Buffer {
  return sign(hashOf(key.publicKey), bytes, key.key);
}

/** Whether this very key made the signature. False for security keys: what they sign is never the bytes alone. */
export function verifyPlain(key: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (key.application !== undefined) return false;
  return verify(hashOf(key), bytes, key.key, signature);
}

/** A signature in SSH wire form (RFC 8332, RFC 5656 3.1.2, RFC 8709 6) in the plain one. MalformedError when it cannot be. */
export function plainFromSsh(key: PublicKey, wire: Uint8Array): Buffer {
  const reader = new WireReader(wire);
  const algorithm = reader.name("signature algorithm");
  const value = reader.string("signature value");
  reader.end("signature value");
  if (algorithm !== (key.type === "ssh-rsa" ? "rsa-sha2-256" : key.type))
    throw new MalformedError("the signature is by another algorithm than was asked for");
  if (key.curve === undefined) return value;
  const numbers = new WireReader(value);
  const pair = [numbers.string("number r"), numbers.string("number s")].map((number) => der(0x02, number));
  numbers.end("numbers r and s");
  return der(0x30, Buffer.concat(pair));
}

/** An mpint of SSH already has the bytes of a DER INTEGER; nothing here is longer than 255 bytes. */
function der(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}
