/** A request for a client certificate (PKCS #10, RFC 2986), whose key nobody keeps. */
import { webcrypto } from "node:crypto";
import type { JsonObject } from "../model/json.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
/** Seconds; the least that certificates.k8s.io allows. */
const lifetime = 600;

export interface Subject {
  readonly commonName: string;
  readonly group?: string;
}

/** PEM. The key signs the request, as it has to, and goes with this function. */
export async function clientRequest({ commonName, group }: Subject): Promise<string> {
  // the library's dependency injection wants the polyfill first; only who gets here needs either
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto as unknown as typeof globalThis.crypto);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [...(group === undefined ? [] : [{ O: [group] }]), { CN: [commonName] }],
    keys: await webcrypto.subtle.generateKey(algorithm, false, ["sign", "verify"]),
    signingAlgorithm: algorithm,
  });
  return `${request.toString("pem")}\n`;
}

/** The object that asks `signerName` for it. */
export function signingRequest(name: string, signerName: string, pem: string) {
  const usage = signerName === "kubernetes.io/kubelet-serving" ? "server auth" : "client auth";
  const spec: JsonObject = {
    signerName,
    expirationSeconds: lifetime,
    usages: ["digital signature", usage],
    request: Buffer.from(pem).toString("base64"),
  };
  return { apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest", metadata: { name }, spec };
}
