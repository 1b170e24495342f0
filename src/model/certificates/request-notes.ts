/** What a request for a client certificate of the run's own shows: named for the reader, judged by no requirement. */
import type { Fact } from "../fact.ts";
import { type CertificateRequestFact, clientSigner, requestPatienceSeconds } from "../facts/certificate-request.ts";
import type { Finding } from "../finding.ts";
import type { Notes } from "./certificate-notes.ts";

const subject = { kind: "Signer", name: clientSigner };

/**
 * That a certificate is signed shows no rotation, and that none is shows no lack of it. Certificates that anybody gets who asks
 * are as good as none.
 */
export function requestNotes(request: Fact<CertificateRequestFact>): Notes {
  if (request.status === "unavailable") return { observed: {}, findings: [] };
  const { state, hindrance, inMasters } = request.value;
  const findings: Finding[] = [];
  if (state === "approved" || state === "issued")
    findings.push({
      code: "certificate-request-approved",
      subject,
      expected: "pending",
      actual: state,
      message: `A request for a client certificate was ${state} within ${requestPatienceSeconds} seconds, and nobody of this run approved it`,
    });
  if (inMasters?.accepted === true)
    findings.push({
      code: "masters-request-taken",
      subject,
      expected: "refused by CertificateSubjectRestriction",
      actual: "taken",
      message: "The API takes requests for client certificates in the group system:masters (tried as a dry run)",
    });
  return { observed: { clientCertificateRequest: state ?? `not taken: ${hindrance?.by ?? "other"}` }, findings };
}
