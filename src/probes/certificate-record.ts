/** X.509 certificates (RFC 5280), reduced to what checks need: names become keyed digests and counts. */
import { type KeyObject, X509Certificate } from "node:crypto";
import type { CertificateRecord } from "../model/facts/certificates.ts";
import { instantAt } from "../model/instant.ts";
import type { Redactor } from "../model/probe.ts";
import { familiesOf } from "./address-family.ts";

/** Most certificates of a bundle that are looked at, and longest bundle. */
const mostCertificates = 50;
const longestBundle = 1024 * 1024;

/** Undefined for bytes that are no certificate, or one with dates beyond what an instant can say. */
export function certificateRecord(certificate: X509Certificate, redactor: Redactor): CertificateRecord | undefined {
  try {
    const [notBefore, notAfter] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    const key = certificate.publicKey;
    const names = (certificate.subjectAltName ?? "").split(", ");
    const addresses = names.flatMap((name) => (name.startsWith("IP Address:") ? [name.slice(11)] : []));
    return {
      fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
      serial: certificate.serialNumber.toLowerCase(),
      notBefore: instantAt(notBefore),
      notAfter: instantAt(notAfter),
      subjectRef: redactor.pseudonym("name", certificate.subject ?? ""),
      issuerRef: redactor.pseudonym("name", certificate.issuer ?? ""),
      selfSigned: certificate.checkIssued(certificate) && certificate.verify(key),
      ca: certificate.ca,
      keyType: keyType(key),
      dnsNames: names.filter((name) => name.startsWith("DNS:")).length,
      addressFamilies: familiesOf(addresses),
    };
  } catch {
    return undefined;
  }
}

function keyType({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const size = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve;
  return [asymmetricKeyType ?? "unknown", ...(size === undefined ? [] : [size])].join("-");
}

export function parseDer(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** Certificates of a PEM bundle in its order; undefined when a block of it is none, or there is none at all. */
export function parseBundle(pem: unknown): readonly X509Certificate[] | undefined {
  if (typeof pem !== "string" || pem.length > longestBundle) return undefined;
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  const certificates: X509Certificate[] = [];
  for (const block of blocks.slice(0, mostCertificates)) {
    const body = block.split("-----")[2] ?? "";
    const certificate = parseDer(Buffer.from(body, "base64"));
    if (!certificate) return undefined;
    certificates.push(certificate);
  }
  return certificates.length > 0 ? certificates : undefined;
}

/** Records of all, or undefined when one cannot be read. */
export function recordsOf(
  certificates: readonly X509Certificate[] | undefined,
  redactor: Redactor,
): CertificateRecord[] | undefined {
  const records = certificates?.map((certificate) => certificateRecord(certificate, redactor));
  return records?.every((record) => record !== undefined) ? records : undefined;
}

/**
 * Whether one of the authorities signed the leaf, directly or through the certificates sent with it. By signature: CAs of
 * kubeadm clusters all have the same name.
 */
export function isIssuedBy(chain: readonly X509Certificate[], authorities: readonly X509Certificate[]): boolean {
  for (const [index, certificate] of chain.entries()) {
    if (authorities.some((authority) => signs(authority, certificate))) return true;
    const next = chain[index + 1];
    if (!next || !signs(next, certificate)) return false;
  }
  return false;
}

function signs(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
