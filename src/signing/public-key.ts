/** SSH public keys (RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, PROTOCOL.u2f), parsed strictly: one key, one blob, one fingerprint. */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { type CurveName, curves, isCurveName } from "./curves.ts";
import { decodeBase64, MalformedError, WireReader } from "./ssh-wire.ts";

export interface PublicKey {
  readonly type: KeyType;
  readonly blob: Buffer;
  readonly key: KeyObject;
  readonly curve: CurveName | undefined;
  /** Application (relying party) of a security key; absent for all others. */
  readonly application: Buffer | undefined;
}

export const keyTypes = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "ssh-rsa",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
] as const;
export type KeyType = (typeof keyTypes)[number];

/** A kind of key that exists and that this code does not check; ssh-keygen may. */
export class UnsupportedKeyError extends MalformedError {}

/** Smallest RSA modulus taken, in bits. */
const smallestRsa = 2048;
const largestRsa = 16384;

/** A public key from its SSH wire form. MalformedError on anything unusual, UnsupportedKeyError for certificates and ML-DSA. */
export function parsePublicBlob(bytes: Uint8Array): PublicKey {
  const reader = new WireReader(bytes);
  const type = supportedType(reader.name("key type"));
  const curve = curveOf(type);
  const jwk = readJwk(reader, type, curve);
  const application = type.startsWith("sk-") ? reader.string("application") : undefined;
  reader.end("public key");
  return { type, blob: Buffer.from(bytes), key: importPublic(jwk), curve, application };
}

/** A line of a .pub file: type, base64, perhaps a comment. */
export function parsePublicLine(line: string): PublicKey {
  const [type, base64] = line.trim().split(/[ \t]+/);
  const blob = base64 === undefined ? undefined : decodeBase64(base64);
  if (type === undefined || blob === undefined) throw new MalformedError("it is not a line of key type and base64");
  const key = parsePublicBlob(blob);
  if (key.type !== type) throw new MalformedError(`the line says ${printable(type)}, the key in it is ${key.type}`);
  return key;
}

/** The bytes of a key of any kind from a line of a .pub file. MalformedError for what is no such line. */
export function publicBlobOfLine(line: string): Buffer {
  const [type, base64 = ""] = line.trim().split(/[ \t]+/);
  const blob = decodeBase64(base64);
  if (blob === undefined || new WireReader(blob).name("key type") !== type) {
    throw new MalformedError("it is not a line of key type and base64");
  }
  return blob;
}

/** `SHA256:` and unpadded base64, as ssh-keygen prints it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** The line of a .pub file, without a comment. */
export function publicLineOf(key: PublicKey): string {
  return `${key.type} ${key.blob.toString("base64")}`;
}

/** Hostile text made fit for one line of a message. */
export function printable(text: string): string {
  const shown = text.replace(/[^\x20-\x7e]/g, "?");
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown;
}

function supportedType(type: string): KeyType {
  const known = keyTypes.find((candidate) => candidate === type);
  if (known !== undefined) return known;
  if (/-cert-v0[01]@openssh\.com$/.test(type)) {
    throw new UnsupportedKeyError("an OpenSSH certificate cannot stand here, use a plain key");
  }
  if (type === "ssh-mldsa44-ed25519@openssh.com") {
    throw new UnsupportedKeyError("ML-DSA keys are not supported yet, use ed25519, ecdsa or rsa");
  }
  if (type === "ssh-dss") throw new MalformedError("DSA keys are too weak, use ed25519");
  throw new MalformedError(`the key type ${printable(type)} is not known here, use ed25519, ecdsa or rsa`);
}

function curveOf(type: KeyType): CurveName | undefined {
  const name = /ecdsa-sha2-(nistp\d+)/.exec(type)?.[1];
  return name !== undefined && isCurveName(name) ? name : undefined;
}

function readJwk(reader: WireReader, type: KeyType, curve: CurveName | undefined): JsonWebKey {
  if (curve !== undefined) return ecJwk(reader, curve);
  if (type === "ssh-rsa") return rsaJwk(reader);
  const x = reader.string("public key");
  if (x.length !== 32) throw new MalformedError(`an ed25519 key has 32 bytes, this one ${x.length}`);
  return { kty: "OKP", crv: "Ed25519", x: x.toString("base64url") };
}

function ecJwk(reader: WireReader, curve: CurveName): JsonWebKey {
  if (reader.name("curve") !== curve) throw new MalformedError("the curve is not the one of the key type");
  const { jwk, bytes } = curves[curve];
  const point = reader.string("point");
  if (point.length !== 1 + 2 * bytes || point[0] !== 4)
    throw new MalformedError("the point is not in uncompressed form");
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return { kty: "EC", crv: jwk, x: x.toString("base64url"), y: y.toString("base64url") };
}

function rsaJwk(reader: WireReader): JsonWebKey {
  const e = reader.mpint("exponent");
  const n = reader.mpint("modulus");
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
  if (bits < smallestRsa) throw new MalformedError(`an RSA key needs ${smallestRsa} bits, this one has ${bits}`);
  if (bits > largestRsa) throw new MalformedError(`an RSA key may have ${largestRsa} bits, this one has ${bits}`);
  if (e.length > 8 || (e.length === 1 && (e[0] ?? 0) < 3)) throw new MalformedError("the RSA exponent is out of range");
  return { kty: "RSA", n: n.toString("base64url"), e: e.toString("base64url") };
}

function importPublic(jwk: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    throw new MalformedError("its numbers are not a public key");
  }
}
