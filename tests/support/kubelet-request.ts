/** A kubelet's request for a serving certificate, sent as the node itself sends it. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { signingRequestsPath } from "../../src/probes/signing-request.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";

x509.cryptoProvider.set(webcrypto as unknown as typeof globalThis.crypto);

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Creates the request, still without anybody's approval. */
export async function requestServingCertificate(cluster: ControlPlane, node: string): Promise<void> {
  const name = `system:node:${node}`;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ O: ["system:nodes"] }, { CN: [name] }],
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: node }])],
  });
  const kubelet = await cluster.connect({}, { name, groups: ["system:nodes"] });
  try {
    await kubelet.json("POST", signingRequestsPath, {
      apiVersion: "certificates.k8s.io/v1",
      kind: "CertificateSigningRequest",
      metadata: { name: `csr-${node}` },
      spec: {
        signerName: "kubernetes.io/kubelet-serving",
        usages: ["digital signature", "server auth"],
        request: Buffer.from(request.toString("pem")).toString("base64"),
      },
    });
  } finally {
    kubelet.close();
  }
}

/** Approves it and waits until the controller-manager has signed. */
export async function approveServingCertificate(cluster: ControlPlane, node: string): Promise<void> {
  const name = `csr-${node}`;
  await cluster.kubectl(["certificate", "approve", name]);
  await cluster.kubectl(["wait", `csr/${name}`, "--for=jsonpath={.status.certificate}", "--timeout=30s"]);
}
