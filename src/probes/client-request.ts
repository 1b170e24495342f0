/** A request for a client certificate (PKCS #10, RFC 2986), whose key nobody keeps. */
import { webcrypto } from "node:crypto";
import { clientSigner } from "../model/facts/certificate-request.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** Seconds; the least that certificates.k8s.io allows. */
const lifetime = 600;

/** Whom the certificate is to be for. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly group?: string;
}

/** The CertificateSigningRequest `name`. The key signs it, as it has to, cannot be exported, and goes with this function. */
export async function clientRequest(name: string, { commonName, group }: CertificateSubject) {
  // the library's dependency injection wants the polyfill first; only who gets here needs either
  await import("reflect-metadata");
  const { Pkcs10CertificateRequestGenerator } = await import("@peculiar/x509");
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: [...(group === undefined ? [] : [{ O: [group] }]), { CN: [commonName] }],
      keys: await webcrypto.subtle.generateKey(algorithm, false, ["sign", "verify"]),
      signingAlgorithm: algorithm,
    },
    webcrypto as unknown as typeof globalThis.crypto,
  );
  return {
    apiVersion: "certificates.k8s.io/v1",
    kind: "CertificateSigningRequest",
    metadata: { name },
    spec: {
      signerName: clientSigner,
      expirationSeconds: lifetime,
      usages: ["digital signature", "client auth"],
      request: Buffer.from(`${request.toString("pem")}\n`).toString("base64"),
    },
  };
}
