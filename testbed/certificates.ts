// the library's dependency injection wants the polyfill first
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto as unknown as typeof globalThis.crypto);

const dayInMs = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const usageOids = { server: x509.ExtendedKeyUsage.serverAuth, client: x509.ExtendedKeyUsage.clientAuth };

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

/** A self-signed ECDSA P-256 authority, valid for ten years unless told otherwise. */
export async function createAuthority(commonName: string, lifetime: Lifetime = {}): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    ...period({ days: 3650, ...lifetime }),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  return { commonName, certificate: pemOf(certificate), key: await privatePem(keys) };
}

/** A certificate with a fresh ECDSA P-256 key, signed by the authority. */
export async function issue(authority: Authority, request: CertificateRequest): Promise<KeyPair> {
  const [keys, signingKey] = await Promise.all([makeKeys(), signingKeyOf(authority)]);
  const names = [
    ...(request.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(request.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [...(request.organizations ?? []).map((name) => ({ O: [name] })), { CN: [request.commonName] }],
    issuer: new x509.X509Certificate(authority.certificate).subjectName,
    ...period(request),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension(request.usages.map((usage) => usageOids[usage])),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
  return { certificate: pemOf(certificate), key: await privatePem(keys) };
}

function period({ notBefore = new Date(Date.now() - 3_600_000), days = 365 }: Lifetime) {
  // rounded: a fraction of a day that falls a hair short of a second would lose the whole second
  return { notBefore, notAfter: new Date(Math.round(notBefore.getTime() + days * dayInMs)) };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

function signingKeyOf({ key }: Authority): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(key.replace(/-----[A-Z ]+-----/g, ""), "base64");
  return webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}

function pemOf(certificate: x509.X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}

async function privatePem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = await webcrypto.subtle.exportKey("pkcs8", privateKey);
  return `${x509.PemConverter.encode(der, x509.PemConverter.PrivateKeyTag)}\n`;
}
