import type { X509Certificate } from "node:crypto";
import type { TlsPeer } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { ServingCertificateFact } from "../model/facts/certificates.ts";
import { defineProbe, type Redactor } from "../model/probe.ts";
import { certificateRecord, isIssuedBy, parseBundle, parseDer } from "./certificate-record.ts";
import { readRootCa, rootCaRight } from "./cluster-ca.ts";
import { malformed } from "./reading.ts";

/** Longest chain that is looked at. */
const longestChain = 10;

export const servingCertificateProbe = defineProbe({
  id: "kube/serving-certificate",
  title: "certificate that the API's endpoint shows",
  tier: "observe",
  rights: [rootCaRight],
  requests: 1,
  async collect({ cluster, redactor }) {
    const reading = await cluster.handshake();
    if (!reading.ok) return reading;
    const [other, root] = await Promise.all([
      cluster.handshake({ family: reading.value.family === "IPv4" ? "IPv6" : "IPv4" }),
      readRootCa(cluster),
    ]);
    const authorities = root.ok ? parseBundle(root.value) : undefined;
    const shown = shownBy(reading.value, authorities, redactor);
    if (!shown) return malformed("the certificate chain");
    const otherFamily = other.ok ? shownBy(other.value, authorities, redactor) : undefined;
    return read({ ...shown, ...(otherFamily === undefined ? {} : { otherFamily }) });
  },
});

type Shown = Omit<ServingCertificateFact, "otherFamily">;

/** Undefined when the chain is empty or holds what is no certificate. */
function shownBy(
  peer: TlsPeer,
  authorities: readonly X509Certificate[] | undefined,
  redactor: Redactor,
): Shown | undefined {
  const { family, trusted } = peer;
  const sent = peer.chain.slice(0, longestChain).map(parseDer);
  const certificates = sent.filter((certificate) => certificate !== undefined);
  const chain = certificates
    .map((certificate) => certificateRecord(certificate, redactor))
    .filter((record) => record !== undefined);
  if (chain.length === 0 || chain.length < sent.length) return undefined;
  return { chain, family, trusted, issuedByClusterCa: authorities ? isIssuedBy(certificates, authorities) : null };
}
