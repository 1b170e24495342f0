import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { certificateRecord, parseBundle } from "./certificate-record.ts";
import { malformed } from "./reading.ts";

export const clientCertificateProbe = defineProbe({
  id: "kube/client-certificate",
  title: "client certificate of the kubeconfig",
  tier: "observe",
  rights: [],
  requests: 0,
  async collect({ cluster, redactor }) {
    const pem = cluster.credentials.clientCertificate;
    if (pem === undefined) return read({ certificate: null });
    const [leaf] = parseBundle(pem) ?? [];
    const certificate = leaf && certificateRecord(leaf, redactor);
    return certificate ? read({ certificate }) : malformed("the client certificate");
  },
});
