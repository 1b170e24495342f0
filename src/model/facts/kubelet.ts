/** How kubelets are configured, as far as standards ask. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf, UnavailableReason } from "../vocabulary.ts";

/**
 * Settings of a KubeletConfiguration (kubelet.config.k8s.io/v1beta1). Absent: the source does not state it. What that means
 * depends on the source: `/configz` leaves out zero values (omitempty), so a missing readOnlyPort there is 0 (off), a missing
 * rotateCertificates or serverTLSBootstrap false; in a file the same, but flags of the kubelet win over it; of a command line
 * it says nothing, for a kubelet without a file has other defaults (anonymous true, AlwaysAllow, port 10255 open).
 */
export const KubeletSettings = Type.Object({
  /** authentication.anonymous.enabled */
  anonymous: Type.Optional(Type.Boolean()),
  /** authentication.webhook.enabled: bearer tokens are reviewed by the API server. */
  webhookAuthentication: Type.Optional(Type.Boolean()),
  /** authorization.mode: `Webhook` or `AlwaysAllow`. */
  authorizationMode: Type.Optional(Type.String()),
  /** TCP port; 0 is off. */
  readOnlyPort: Type.Optional(Type.Integer({ minimum: 0 })),
  rotateCertificates: Type.Optional(Type.Boolean()),
  serverTlsBootstrap: Type.Optional(Type.Boolean()),
  /** A file of client CAs is named (authentication.x509.clientCAFile); which one is not kept. */
  clientCa: Type.Optional(Type.Boolean()),
});
export type KubeletSettings = Static<typeof KubeletSettings>;

/**
 * ConfigMap kube-system/kubelet-config, which kubeadm hands to every node that joins: what was asked for. A node may have
 * joined before it was changed, or be patched on its own.
 */
export const KubeletConfigurationFact = Type.Object({
  source: Type.Literal("kubelet-config"),
  settings: KubeletSettings,
});
export type KubeletConfigurationFact = Static<typeof KubeletConfigurationFact>;

/** What each kubelet itself says, through the API server (`nodes/N/proxy`). */
export const RunningKubeletsFact = Type.Object({
  kubelets: Type.Array(
    Type.Object({
      node: Type.String(),
      /** `/configz`, everything stated. */
      settings: Type.Optional(KubeletSettings),
      /** Why there are none. */
      unseen: Type.Optional(UnavailableReason),
      /**
       * TCP port 10255 of the node's address, as the API server reaches it. `refused`: nothing listens there. `unknown`: no
       * answer in time, something else answers, or it was not asked for any more.
       */
      readOnlyPort: oneOf(["open", "refused", "unknown"]),
    }),
  ),
  /** Nodes that were not asked: more than are asked in one run. */
  notAsked: Type.Integer({ minimum: 0 }),
});
export type RunningKubeletsFact = Static<typeof RunningKubeletsFact>;
