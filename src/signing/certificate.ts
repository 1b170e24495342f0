/** OpenSSH certificates (PROTOCOL.certkeys): a key, for whom and how long it may speak, and who says so. */
import { type PublicKey, parsePublicBlob, UnsupportedKeyError } from "./public-key.ts";
import { verifyBytes } from "./raw-signature.ts";
import { MalformedError, string, WireReader } from "./ssh-wire.ts";

export interface Certificate {
  readonly key: PublicKey;
  /** Of a person; the other kind is of hosts. */
  readonly ofUser: boolean;
  readonly principals: readonly string[];
  /** Seconds since the epoch; the first within, the last without. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** Names of limits that whoever does not know them must take as a refusal. */
  readonly criticalOptions: readonly string[];
  readonly authority: PublicKey;
}

/** Fields of the key itself, after its type. */
const keyFields: { readonly [type: string]: number | undefined } = {
  "ssh-ed25519": 1,
  "ssh-rsa": 2,
  "ecdsa-sha2-nistp256": 2,
  "ecdsa-sha2-nistp384": 2,
  "ecdsa-sha2-nistp521": 2,
  "sk-ssh-ed25519@openssh.com": 2,
  "sk-ecdsa-sha2-nistp256@openssh.com": 3,
};

const userCertificate = 1;

export function isCertificate(blob: Uint8Array): boolean {
  return /-cert-v01@openssh\.com$/.test(new WireReader(blob).name("key type"));
}

/** MalformedError for a broken one, and for one that its authority did not sign; UnsupportedKeyError for kinds not known here. */
export function parseCertificate(blob: Uint8Array): Certificate {
  const reader = new WireReader(blob);
  const { type, fields } = readKey(reader);
  reader.take(8, "serial number");
  const kind = reader.uint32("kind of certificate");
  reader.string("key id");
  const principals = strings(reader.string("principals"), "principal");
  const [validAfter, validBefore] = [uint64(reader), uint64(reader)];
  const criticalOptions = pairs(reader.string("critical options"));
  reader.string("extensions");
  reader.string("reserved field");
  const authority = parsePublicBlob(reader.string("authority's key"));
  const signed = Buffer.from(blob).subarray(0, blob.length - reader.left);
  const signature = reader.string("authority's signature");
  reader.end("certificate");
  if (verifyBytes(authority, signed, signature) === undefined)
    throw new MalformedError("its certificate is not signed by the authority it names");
  const key = parsePublicBlob(Buffer.concat([string(type), ...fields.map((field) => string(field))]));
  return { key, ofUser: kind === userCertificate, principals, validAfter, validBefore, criticalOptions, authority };
}

/** The plain key in a certificate; any other blob as it is. What ssh-keygen prints as a certificate's fingerprint is that of its key. */
export function plainKeyOf(blob: Buffer): Buffer {
  if (!isCertificate(blob)) return blob;
  const { type, fields } = readKey(new WireReader(blob));
  return Buffer.concat([string(type), ...fields.map((field) => string(field))]);
}

/** Why a certificate does not let its key speak for a principal at a time, in milliseconds; undefined when it does. */
export function certificateFault(certificate: Certificate, principal: string, at: number): string | undefined {
  const { criticalOptions, ofUser, principals, validAfter, validBefore } = certificate;
  const seconds = BigInt(Math.floor(at / 1000));
  if (!ofUser) return "it is a host's";
  if (criticalOptions.length > 0) return "it is limited by an option that is not known here";
  // one without principals would speak for everybody: ssh-keygen refuses it too
  if (!principals.includes(principal)) return "it does not name the subject";
  if (seconds < validAfter) return "it is not valid yet";
  return seconds >= validBefore ? "it is no longer valid" : undefined;
}

function readKey(reader: WireReader) {
  const name = reader.name("key type");
  const [, plain = "", vendor = ""] = /^(.+)-cert-v01(@openssh\.com)$/.exec(name) ?? [];
  const type = plain.startsWith("sk-") ? `${plain}${vendor}` : plain;
  const count = Object.hasOwn(keyFields, type) ? keyFields[type] : undefined;
  if (count === undefined) throw new UnsupportedKeyError("this kind of OpenSSH certificate is not supported");
  reader.string("nonce");
  return { type, fields: Array.from({ length: count }, () => reader.string("key")) };
}

function uint64(reader: WireReader): bigint {
  return reader.take(8, "validity").readBigUInt64BE();
}

function strings(bytes: Buffer, what: string): readonly string[] {
  const reader = new WireReader(bytes);
  const found: string[] = [];
  while (reader.left > 0) found.push(reader.string(what).toString("utf8"));
  return found;
}

function pairs(bytes: Buffer): readonly string[] {
  const reader = new WireReader(bytes);
  const names: string[] = [];
  while (reader.left > 0) {
    names.push(reader.string("option").toString("latin1"));
    reader.string("value of an option");
  }
  return names;
}
