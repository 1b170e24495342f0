/** One signature by one key, in SSH wire form: RFC 8332 (RSA), RFC 5656 3.1.2 (ECDSA), RFC 8709 6 (Ed25519), PROTOCOL.u2f. */
import { createHash, sign, verify } from "node:crypto";
import { type CurveName, curves } from "./curves.ts";
import type { PrivateKey } from "./private-key.ts";
import type { PublicKey } from "./public-key.ts";
import { MalformedError, mpint, string, WireReader } from "./ssh-wire.ts";

const rsaHashes = { "rsa-sha2-512": "sha512", "rsa-sha2-256": "sha256" } as const;

export interface IntactSignature {
  /** The user touched the security key, as the signed flags say; true for keys that cannot tell. */
  readonly touched: boolean;
}

/** Signs with the strongest algorithm of the key: RSA always with SHA-512, never with SHA-1. */
export function signBytes(key: PrivateKey, bytes: Uint8Array): Buffer {
  const { type, curve } = key.publicKey;
  if (type === "ssh-rsa") return Buffer.concat([string("rsa-sha2-512"), string(sign("sha512", bytes, key.key))]);
  if (curve === undefined) return Buffer.concat([string(type), string(sign(null, bytes, key.key))]);
  const { hash, bytes: length } = curves[curve];
  const pair = sign(hash, bytes, { key: key.key, dsaEncoding: "ieee-p1363" });
  const numbers = Buffer.concat([mpint(pair.subarray(0, length)), mpint(pair.subarray(length))]);
  return Buffer.concat([string(type), string(numbers)]);
}

/** Whether the key made this signature over these bytes; undefined: it did not. MalformedError when it is no signature at all. */
export function verifyBytes(key: PublicKey, bytes: Uint8Array, signature: Uint8Array): IntactSignature | undefined {
  const reader = new WireReader(signature);
  const algorithm = reader.name("signature algorithm");
  const value = reader.string("signature value");
  const flags = key.application === undefined ? undefined : reader.take(5, "flags and counter");
  reader.end("signature value");
  const signed = key.application && flags ? securityKeyBytes(key.application, flags, bytes) : bytes;
  if (!verifyValue(key, algorithm, signed, value)) return undefined;
  return { touched: flags === undefined || ((flags[0] ?? 0) & 1) === 1 };
}

function securityKeyBytes(application: Buffer, flagsAndCounter: Buffer, bytes: Uint8Array): Buffer {
  const digest = (data: Uint8Array) => createHash("sha256").update(data).digest();
  return Buffer.concat([digest(application), flagsAndCounter, digest(bytes)]);
}

function verifyValue(key: PublicKey, algorithm: string, bytes: Uint8Array, value: Buffer): boolean {
  if (key.type === "ssh-rsa") return verify(rsaHash(algorithm), bytes, key.key, value);
  if (algorithm !== key.type) throw new MalformedError("its algorithm is not the one of its key");
  if (key.curve === undefined) return verify(null, bytes, key.key, value);
  const pair = readPair(value, key.curve);
  return verify(curves[key.curve].hash, bytes, { key: key.key, dsaEncoding: "ieee-p1363" }, pair);
}

function rsaHash(algorithm: string): string {
  if (algorithm === "ssh-rsa") throw new MalformedError("it is an RSA signature with SHA-1, which anyone may forge");
  if (algorithm === "rsa-sha2-512" || algorithm === "rsa-sha2-256") return rsaHashes[algorithm];
  throw new MalformedError("its algorithm is not the one of its key");
}

function readPair(value: Buffer, curve: CurveName): Buffer {
  const { bytes } = curves[curve];
  const reader = new WireReader(value);
  const numbers = [reader.mpint("number r"), reader.mpint("number s")];
  reader.end("numbers r and s");
  return Buffer.concat(
    numbers.map((number) => {
      if (number.length > bytes) throw new MalformedError("a number of it is larger than its curve");
      return Buffer.concat([Buffer.alloc(bytes - number.length), number]);
    }),
  );
}
