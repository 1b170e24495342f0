/** What becomes of a request for a client certificate that nobody of the run approves (certificates.k8s.io, tier `system`). */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { Hindrance } from "./hindrance.ts";

/** Signer of certificates that the API server takes its clients by; Kubernetes itself approves no request for it. */
export const clientSigner = "kubernetes.io/kube-apiserver-client";
/** How long somebody has to answer the request. */
export const requestPatienceSeconds = 10;

/**
 * A CertificateSigningRequest of the run's own for `clientSigner`: for a name that no right is bound to, for ten minutes, with a
 * key that is thrown away. It is deleted again and never approved by the run.
 */
export const CertificateRequestFact = Type.Object({
  /**
   * As last seen, when it was answered or after `requestPatienceSeconds`; absent: it was not taken. `approved`: and not signed.
   * `refused`: denied, or approved and not to be signed.
   */
  state: Type.Optional(oneOf(["pending", "approved", "issued", "refused"])),
  /** Why it was not taken. */
  hindrance: Type.Optional(Hindrance),
  /**
   * The same request in the group system:masters, which the admission plugin CertificateSubjectRestriction refuses; as a dry run.
   * Absent: no answer, for example of a webhook that takes no dry runs.
   */
  inMasters: Type.Optional(
    Type.Object({
      accepted: Type.Boolean(),
      /** Words of the refusal, as far as they may be kept. */
      said: Type.Optional(Type.String({ maxLength: 300 })),
    }),
  ),
});
export type CertificateRequestFact = Static<typeof CertificateRequestFact>;
