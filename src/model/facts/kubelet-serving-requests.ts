/** Requests of kubelets for serving certificates (CertificateSigningRequests of the signer kubernetes.io/kubelet-serving). */
import { type Static, Type } from "@sinclair/typebox";
import { Instant } from "../vocabulary.ts";

/**
 * By node. Requests are deleted soon (issued and denied ones after an hour, pending ones after a day), so a node that is
 * missing here, or an empty list, means nothing.
 */
export const KubeletServingRequestsFact = Type.Object({
  serverTime: Instant,
  nodes: Type.Array(
    Type.Object({
      node: Type.String(),
      /** Creation of the oldest request that nobody has approved or denied. */
      pendingSince: Type.Optional(Instant),
      /** Creation of the newest request whose certificate was issued. */
      issuedAt: Type.Optional(Instant),
      /** A request was denied, or its certificate could not be issued. */
      refused: Type.Boolean(),
    }),
  ),
});
export type KubeletServingRequestsFact = Static<typeof KubeletServingRequestsFact>;
