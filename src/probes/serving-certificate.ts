import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
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
    const { family, trusted } = reading.value;
    const sent = reading.value.chain.slice(0, longestChain).map(parseDer);
    const certificates = sent.filter((certificate) => certificate !== undefined);
    const chain = certificates
      .map((certificate) => certificateRecord(certificate, redactor))
      .filter((record) => record !== undefined);
    if (chain.length === 0 || chain.length < sent.length) return malformed("the certificate chain");
    const root = await readRootCa(cluster);
    const authorities = root.ok ? parseBundle(root.value) : undefined;
    const issuedByClusterCa = authorities ? isIssuedBy(certificates, authorities) : null;
    return read({ chain, family, trusted, issuedByClusterCa });
  },
});
