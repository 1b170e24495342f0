/** Private keys in OpenSSH's own format (PROTOCOL.key), as ssh-keygen writes them since 7.8. */
import { createPrivateKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { curves, isCurveName } from "./curves.ts";
import { openPrivatePart } from "./key-cipher.ts";
import { type AskPassphrase, PassphraseError, type PrivateKey, withPublicHalf } from "./private-key.ts";
import { decodeBase64, MalformedError, WireReader } from "./ssh-wire.ts";

const header = "-----BEGIN OPENSSH PRIVATE KEY-----";
const footer = "-----END OPENSSH PRIVATE KEY-----";
const magic = Buffer.from("openssh-key-v1\0");
const halvesDiffer = "its public and its private half do not belong together";

export function isOpensshKey(text: string): boolean {
  return text.startsWith(header);
}

/** What a file says before its private part: the public key, and whether the rest is encrypted. MalformedError for a broken file. */
export function opensshHeader(text: string): { readonly publicBlob: Buffer; readonly encrypted: boolean } {
  const reader = new WireReader(dearmorKey(text));
  const { cipher, publicBlob } = readHeader(reader);
  return { publicBlob, encrypted: cipher !== "none" };
}

function readHeader(reader: WireReader) {
  if (!reader.take(magic.length, "preamble").equals(magic))
    throw new MalformedError("it is not in the format openssh-key-v1");
  const cipher = reader.name("cipher");
  const kdf = reader.name("key derivation");
  const kdfOptions = reader.string("key derivation options");
  const keys = reader.uint32("number of keys");
  if (keys !== 1) throw new MalformedError(`it holds ${keys} keys, one is expected`);
  return { cipher, kdf, kdfOptions, publicBlob: reader.string("public key") };
}

/** The key of a file. MalformedError for a broken file or a kind of key that cannot sign here, PassphraseError for the passphrase. */
export async function readOpensshKey(text: string, passphrase: AskPassphrase): Promise<PrivateKey> {
  const reader = new WireReader(dearmorKey(text));
  const { cipher, kdf, kdfOptions, publicBlob } = readHeader(reader);
  const encrypted = reader.string("private part");
  const rest = reader.take(reader.left, "end");
  const plain = cipher === "none";
  if (plain && (kdf !== "none" || rest.length > 0)) throw new MalformedError("it does not end where it should");
  const clear = plain ? encrypted : await openPrivatePart({ cipher, kdf, kdfOptions, encrypted, rest }, passphrase);
  const key = withPublicHalf(readPrivatePart(clear, plain));
  if (!key.publicKey.blob.equals(publicBlob)) throw new MalformedError(halvesDiffer);
  return key;
}

function dearmorKey(text: string): Buffer {
  const lines = text.trimEnd().split(/\r?\n/);
  if (lines[0] !== header || lines.at(-1) !== footer) throw new MalformedError(`it does not end with ${footer}`);
  const bytes = decodeBase64(lines.slice(1, -1).join(""));
  if (bytes === undefined) throw new MalformedError("it is not base64");
  return bytes;
}

function readPrivatePart(clear: Buffer, plain: boolean): KeyObject {
  const reader = new WireReader(clear);
  const checks = [reader.uint32("check number"), reader.uint32("check number")];
  if (checks[0] !== checks[1]) {
    throw plain ? new MalformedError("its check numbers differ") : new PassphraseError("the passphrase is wrong");
  }
  const jwk = readJwk(reader, reader.name("key type"));
  reader.string("comment");
  if (!reader.take(reader.left, "padding").every((byte, index) => byte === index + 1)) {
    throw new MalformedError("its padding is not 1, 2, 3 ...");
  }
  const key = importPrivate(jwk);
  if (key.export({ format: "jwk" }).x !== jwk.x) throw new MalformedError(halvesDiffer);
  return key;
}

function importPrivate(jwk: JsonWebKey): KeyObject {
  try {
    return createPrivateKey({ key: jwk, format: "jwk" });
  } catch {
    throw new MalformedError("its numbers are not a private key");
  }
}

function readJwk(reader: WireReader, type: string): JsonWebKey {
  if (type === "ssh-ed25519") {
    const x = reader.string("public key");
    const seed = reader.string("private key");
    if (seed.length !== 64) throw new MalformedError("its private key has the wrong length");
    if (!seed.subarray(32).equals(x)) throw new MalformedError(halvesDiffer);
    return { kty: "OKP", crv: "Ed25519", x: base64url(x), d: base64url(seed.subarray(0, 32)) };
  }
  if (type === "ssh-rsa") return readRsa(reader);
  const curve = /^ecdsa-sha2-(.+)$/.exec(type)?.[1] ?? "";
  if (isCurveName(curve)) {
    const { jwk, bytes } = curves[curve];
    reader.name("curve");
    const point = reader.string("point");
    const d = reader.mpint("private number");
    if (point.length !== 1 + 2 * bytes || d.length > bytes)
      throw new MalformedError("its numbers do not fit its curve");
    const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
    return { kty: "EC", crv: jwk, x: base64url(x), y: base64url(y), d: base64url(leftPad(d, bytes)) };
  }
  if (type.startsWith("sk-")) throw new MalformedError("it lives on a security key, sign through ssh-agent");
  throw new MalformedError("its kind of key is not supported, use ed25519, ecdsa or rsa");
}

/** The file has no exponents for the two primes; RFC 8017 3.2 says how they come about. */
function readRsa(reader: WireReader): JsonWebKey {
  const [n, e, d] = [reader.mpint("modulus"), reader.mpint("exponent"), reader.mpint("private exponent")];
  const [qi, p, q] = [reader.mpint("coefficient"), reader.mpint("first prime"), reader.mpint("second prime")];
  const number = (bytes: Buffer) => BigInt(`0x${bytes.toString("hex")}`);
  const exponent = (prime: Buffer) => {
    if (number(prime) < 3n) throw new MalformedError("its primes are too small");
    const hex = (number(d) % (number(prime) - 1n)).toString(16);
    return base64url(leftPad(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex"), prime.length));
  };
  const given = { n, e, d, p, q, qi };
  const texts = Object.fromEntries(Object.entries(given).map(([name, bytes]) => [name, base64url(bytes)]));
  return { kty: "RSA", ...texts, dp: exponent(p), dq: exponent(q) };
}

function leftPad(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([Buffer.alloc(Math.max(0, length - bytes.length)), bytes]);
}

function base64url(bytes: Buffer): string {
  return bytes.toString("base64url");
}
