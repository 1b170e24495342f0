/** Certificates in PEM texts. */
import { X509Certificate } from "node:crypto";

/** The certificates of a PEM text that can be read; others are passed over, as Node does with authorities. */
export function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}
