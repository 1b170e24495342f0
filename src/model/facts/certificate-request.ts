/** What becomes of a request for a client certificate that nobody approves (certificates.k8s.io, tier `system`). */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { Hindrance } from "./hindrance.ts";

/** Signers of Kubernetes itself; `kubernetes.io/legacy-unknown` is of the API before v1. */
export const kubernetesSigners = [
  "kubernetes.io/kube-apiserver-client",
  "kubernetes.io/kube-apiserver-client-kubelet",
  "kubernetes.io/kubelet-serving",
  "kubernetes.io/legacy-unknown",
] as const;

/**
 * A CertificateSigningRequest of the run's own for the signer kubernetes.io/kube-apiserver-client: for a name that no right is
 * bound to, for ten minutes, with a key that is thrown away. It is deleted again and never approved by the run.
 */
export const CertificateRequestFact = Type.Object({
  /** Whether the API takes requests for these signers, by dry runs; those that an answer was had for. */
  signers: Type.Array(
    Type.Object({
      signer: oneOf(kubernetesSigners),
      /** Group asked for; absent: none. The admission plugin CertificateSubjectRestriction refuses this one. */
      group: Type.Optional(Type.Literal("system:masters")),
      accepted: Type.Boolean(),
      /** Words of the refusal, as far as they may be kept. */
      said: Type.Optional(Type.String({ maxLength: 300 })),
    }),
  ),
  /** Of the request, after ten seconds or as soon as it was answered; absent: it was not taken. */
  state: Type.Optional(oneOf(["pending", "approved", "issued", "refused"])),
  /** Why it was not taken. */
  hindrance: Type.Optional(Hindrance),
});
export type CertificateRequestFact = Static<typeof CertificateRequestFact>;
