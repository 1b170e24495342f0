/** What a request for a client certificate of the run's own shows: named for the reader, judged by no requirement. */
import type { Fact } from "../fact.ts";
import type { CertificateRequestFact } from "../facts/certificate-request.ts";
import type { Finding } from "../finding.ts";
import type { Notes } from "./certificate-notes.ts";

const signer = "kubernetes.io/kube-apiserver-client";
const subject = { kind: "Signer", name: signer };

/** Certificates that anybody gets who may ask are as good as no certificates. */
export function requestNotes(request: Fact<CertificateRequestFact>): Notes {
  if (request.status === "unavailable") return { observed: {}, findings: [] };
  const { state, hindrance, signers } = request.value;
  const findings: Finding[] = [];
  if (state === "approved" || state === "issued")
    findings.push({
      code: "certificate-request-approved",
      subject,
      expected: "pending",
      actual: state,
      message: `A request for a client certificate was ${state} within ten seconds, and nobody of this run approved it`,
    });
  if (signers.some(({ group, accepted }) => group !== undefined && accepted))
    findings.push({
      code: "masters-request-taken",
      subject,
      expected: "refused by CertificateSubjectRestriction",
      actual: "taken",
      message: "The API takes requests for client certificates in the group system:masters (tried as a dry run)",
    });
  return {
    observed: {
      clientCertificateRequest: state ?? `not taken: ${hindrance?.by ?? "other"}`,
      requestsTakenFor: signers.flatMap((one) =>
        one.accepted ? [[one.signer, one.group].filter(Boolean).join(" ")] : [],
      ),
    },
    findings,
  };
}
