/** X.509 certificates made at start, for servers on loopback: just enough DER (RFC 5280) for a CA and what it signs. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

export interface Certificate {
  readonly pem: string;
  readonly keyPem: string;
  readonly der: Uint8Array;
}

export interface CertificateOrder {
  readonly commonName: string;
  readonly organization?: string;
  /** DNS names and IP addresses. */
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface CertificateAuthority extends Certificate {
  issue(order: CertificateOrder): Certificate;
}

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(4, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x82]), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
const utf8 = (text: string) => tlv(0x0c, Buffer.from(text));
const time = (date: Date) => tlv(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
const extension = (hex: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(hex), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const day = 86_400_000;

function distinguishedName(order: CertificateOrder): Buffer {
  const part = (hex: string, text: string) => tlv(0x31, sequence(oid(hex), utf8(text)));
  return sequence(
    ...(order.organization === undefined ? [] : [part("55040a", order.organization)]),
    part("550403", order.commonName),
  );
}

/** The bytes of an address: 4 or 16. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail = ""] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill("0");
  return Buffer.from(
    [...groups(head), ...zeros, ...groups(tail)].map((group) => group.padStart(4, "0")).join(""),
    "hex",
  );
}

const alternativeName = (name: string) =>
  isIP(name) === 0 ? tlv(0x82, Buffer.from(name)) : tlv(0x87, addressBytes(name));

function make(order: CertificateOrder, issuer: { name: Buffer; key: KeyObject } | undefined) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = distinguishedName(order);
  const isAuthority = issuer === undefined;
  const extensions = [
    extension("551d13", true, isAuthority ? sequence(tlv(0x01, Buffer.from([0xff]))) : sequence()),
    ...(isAuthority ? [] : [extension("551d25", false, sequence(oid("2b06010505070301"), oid("2b06010505070302")))]),
    ...(order.names === undefined ? [] : [extension("551d11", false, sequence(...order.names.map(alternativeName)))]),
  ];
  const serial = randomBytes(8);
  serial[0] = 0x10;
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    issuer?.name ?? name,
    sequence(
      time(order.notBefore ?? new Date(Date.now() - day)),
      time(order.notAfter ?? new Date(Date.now() + 30 * day)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, issuer?.key ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, tlv(0x03, Buffer.from([0]), signature));
  const base64 = der.toString("base64").replace(/(.{64})(?=.)/g, "$1\n");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  const keyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { certificate: { pem, keyPem, der: new Uint8Array(der) }, name, key: privateKey };
}

/** A CA of its own, and a way to have it sign P-256 certificates good for servers and clients. */
export function createCertificateAuthority(commonName = "loopback-ca"): CertificateAuthority {
  const { certificate, name, key } = make({ commonName }, undefined);
  return { ...certificate, issue: (order) => make(order, { name, key }).certificate };
}
