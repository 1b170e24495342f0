/** X.509 certificates, reduced: names of hosts and users are not kept. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, Sha256 } from "../vocabulary.ts";
import { AddressFamily } from "./nodes.ts";

export const CertificateRecord = Type.Object({
  /** SHA-256 of the DER bytes. */
  fingerprint: Sha256,
  serial: Type.String(),
  notBefore: Instant,
  notAfter: Instant,
  /** Subject and issuer as digests of their DER-independent text: equality stays visible, names do not. */
  subjectRef: Type.String(),
  issuerRef: Type.String(),
  selfSigned: Type.Boolean(),
  ca: Type.Boolean(),
  keyType: Type.String(),
  dnsNames: Type.Integer({ minimum: 0 }),
  addressFamilies: Type.Array(AddressFamily),
});
export type CertificateRecord = Static<typeof CertificateRecord>;

/** What one TLS handshake with the kubeconfig's endpoint showed. */
const Handshake = Type.Object({
  /** Leaf first, as sent. */
  chain: Type.Array(CertificateRecord, { minItems: 1 }),
  family: AddressFamily,
  /** The chain verifies against the certificate authority of the kubeconfig. */
  trusted: Type.Boolean(),
  /** The leaf was issued by the cluster's own CA (kube-root-ca.crt); false: a TLS-terminating front may show its own. */
  issuedByClusterCa: Type.Union([Type.Boolean(), Type.Null()]),
});

/** The handshake over the family that connecting prefers, and the one over the other family. */
export const ServingCertificateFact = Type.Object({
  ...Handshake.properties,
  /** Absent: the endpoint has no address of the other family, or nothing answered there. */
  otherFamily: Type.Optional(Handshake),
});
export type ServingCertificateFact = Static<typeof ServingCertificateFact>;

/** CA certificates that the cluster publishes: kube-root-ca.crt and extension-apiserver-authentication. */
export const ClusterCaFact = Type.Object({
  clusterCa: Type.Array(CertificateRecord),
  /** Absent: the ConfigMap could not be read. */
  clientCa: Type.Optional(Type.Array(CertificateRecord)),
  frontProxyCa: Type.Optional(Type.Array(CertificateRecord)),
});
export type ClusterCaFact = Static<typeof ClusterCaFact>;

/** The client certificate inside the kubeconfig; `null` when it authenticates by other means. */
export const ClientCertificateFact = Type.Object({
  certificate: Type.Union([CertificateRecord, Type.Null()]),
});
export type ClientCertificateFact = Static<typeof ClientCertificateFact>;
