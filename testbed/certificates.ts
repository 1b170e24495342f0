import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv6 } from "node:net";
import { promisify } from "node:util";
import { bitString, integer, isTrue, octetString, oid, sequence, setOf, time, tlv, utf8 } from "./der.ts";

const dayInMs = 86_400_000;
const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
const usageOids = { server: "1.3.6.1.5.5.7.3.1", client: "1.3.6.1.5.5.7.3.2" };

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority: a pair that can be written to files, and the name it signs with. */
export interface Authority extends KeyPair {
  readonly commonName: string;
}

/** When a certificate is valid; the default is from an hour ago (clocks differ) for a year. */
export interface Lifetime {
  readonly notBefore?: Date;
  /** Counted from notBefore; a fraction is allowed. */
  readonly days?: number;
}

export interface CertificateRequest extends Lifetime {
  readonly commonName: string;
  readonly organizations?: readonly string[];
  readonly usages: readonly ("server" | "client")[];
  readonly dnsNames?: readonly string[];
  /** IPv4 or IPv6 literals. */
  readonly addresses?: readonly string[];
}

/** A self-signed ECDSA P-256 authority, valid for ten years. */
export async function createAuthority(commonName: string): Promise<Authority> {
  const keys = await generateKeys();
  const extensions = [
    extension("2.5.29.19", true, sequence(isTrue)),
    // digitalSignature, keyCertSign, cRLSign
    extension("2.5.29.15", true, bitString(Buffer.from([0x86]), 1)),
  ];
  const subject = distinguishedName([], commonName);
  const certificate = build(subject, subject, { days: 3650 }, extensions, keys.publicKey, keys.privateKey);
  return { commonName, certificate, key: privatePem(keys.privateKey) };
}

/** A certificate with a fresh ECDSA P-256 key, signed by the authority. */
export async function issue(authority: Authority, request: CertificateRequest): Promise<KeyPair> {
  const keys = await generateKeys();
  const names = [
    ...(request.dnsNames ?? []).map((name) => tlv(0x82, Buffer.from(name))),
    ...(request.addresses ?? []).map((address) => tlv(0x87, addressBytes(address))),
  ];
  const extensions = [
    extension("2.5.29.19", true, sequence()),
    // digitalSignature, keyEncipherment
    extension("2.5.29.15", true, bitString(Buffer.from([0xa0]), 5)),
    extension("2.5.29.37", false, sequence(...request.usages.map((usage) => oid(usageOids[usage])))),
    ...(names.length === 0 ? [] : [extension("2.5.29.17", false, sequence(...names))]),
  ];
  const subject = distinguishedName(request.organizations ?? [], request.commonName);
  const issuer = distinguishedName([], authority.commonName);
  const certificate = build(subject, issuer, request, extensions, keys.publicKey, createPrivateKey(authority.key));
  return { certificate, key: privatePem(keys.privateKey) };
}

/** A v3 certificate (RFC 5280 section 4.1), PEM. */
function build(
  subject: Buffer,
  issuer: Buffer,
  lifetime: Lifetime,
  extensions: readonly Buffer[],
  publicKey: KeyObject,
  signingKey: KeyObject,
): string {
  const notBefore = lifetime.notBefore ?? new Date(Date.now() - 3_600_000);
  const notAfter = new Date(notBefore.getTime() + (lifetime.days ?? 365) * dayInMs);
  const content = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x5c]), randomBytes(15)])),
    ecdsaWithSha256,
    issuer,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const der = sequence(content, ecdsaWithSha256, bitString(sign("sha256", content, signingKey)));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [isTrue] : []), octetString(value));
}

function distinguishedName(organizations: readonly string[], commonName: string): Buffer {
  const part = (id: string, text: string) => setOf(sequence(oid(id), utf8(text)));
  return sequence(...organizations.map((name) => part("2.5.4.10", name)), part("2.5.4.3", commonName));
}

/** 4 or 16 bytes; embedded IPv4 (`::ffff:1.2.3.4`) is not needed here. */
function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) {
    return Buffer.from(address.split(".").map(Number));
  }
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill("0");
  const all = [...groups(head), ...zeros, ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, "0")).join(""), "hex");
}

function generateKeys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
}

function privatePem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
