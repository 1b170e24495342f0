/** What listens on nodes, as requests and handshakes without credentials find it. */
import { type Static, Type } from "@sinclair/typebox";
import { oneOf } from "../vocabulary.ts";
import { CertificateRecord } from "./certificates.ts";

export const listeningComponents = ["kubelet", "etcd", "kube-controller-manager", "kube-scheduler"] as const;
export type ListeningComponent = (typeof listeningComponents)[number];

/** A port on the loopback of a node, reached by a port-forward to a pod on the node's network. */
export const ListenerRecord = Type.Object({
  node: Type.String(),
  component: oneOf(listeningComponents),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  /** `plain`: it answers, and not in TLS. `refused`: nothing listens there. */
  speaks: oneOf(["tls", "plain", "refused", "unknown"]),
  /** The rest only of those in TLS. */
  certificate: Type.Optional(CertificateRecord),
  /** By signature, against kube-root-ca.crt; null: that could not be read. */
  issuedByClusterCa: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  /** `required`: refused without one. `requested`: asked for, and let in without one. `unknown`: TLS 1.3 hides it. */
  clientCertificate: Type.Optional(oneOf(["required", "requested", "not-requested", "unknown"])),
  /** Of kubelets: GET /pods without credentials. `rejected`: 401. `forbidden`: 403, for the user system:anonymous. `allowed`: 200. */
  anonymous: Type.Optional(oneOf(["rejected", "forbidden", "allowed", "unknown"])),
});
export type ListenerRecord = Static<typeof ListenerRecord>;

/** Of nodes without a pod of kube-system on their own network nothing is known: they are not in the list. */
export const ListenersFact = Type.Object({ listeners: Type.Array(ListenerRecord) });
export type ListenersFact = Static<typeof ListenersFact>;
