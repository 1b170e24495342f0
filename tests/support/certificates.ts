/** X.509 certificates made at start, for servers on loopback: a CA and what it signs. */
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { createAuthority, issue, type KeyPair, type Lifetime } from "../../testbed/certificates.ts";

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
  /** Yesterday by default. */
  readonly notBefore?: Date;
  /** In 30 days by default. */
  readonly notAfter?: Date;
}

export interface CertificateAuthority extends Certificate {
  issue(order: CertificateOrder): Promise<Certificate>;
}

const day = 86_400_000;

/** A CA of its own, and a way to have it sign P-256 certificates good for servers and clients. */
export async function createCertificateAuthority(
  commonName = "loopback-ca",
  lifetime: Lifetime = { notBefore: new Date(Date.now() - day), days: 31 },
): Promise<CertificateAuthority> {
  const authority = await createAuthority(commonName, lifetime);
  return {
    ...formOf(authority),
    async issue({ organization, names = [], ...order }) {
      const notBefore = order.notBefore ?? new Date(Date.now() - day);
      const notAfter = order.notAfter ?? new Date(Date.now() + 30 * day);
      const pair = await issue(authority, {
        commonName: order.commonName,
        organizations: organization === undefined ? [] : [organization],
        usages: ["server", "client"],
        dnsNames: names.filter((name) => isIP(name) === 0),
        addresses: names.filter((name) => isIP(name) !== 0),
        notBefore,
        days: (notAfter.getTime() - notBefore.getTime()) / day,
      });
      return formOf(pair);
    },
  };
}

function formOf({ certificate, key }: KeyPair): Certificate {
  return { pem: certificate, keyPem: key, der: new Uint8Array(new X509Certificate(certificate).raw) };
}
