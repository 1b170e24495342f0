/** Facts of tier system for tables: what runs on nodes, as requests find it. Everything not named is as it should be. */
import type { FactValues } from "../../src/model/facts/index.ts";
import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import type { ListenerRecord } from "../../src/model/facts/listeners.ts";
import { certificate } from "./facts.ts";

type Kubelet = FactValues["kube/running-kubelets"]["kubelets"][number];

/** Settings of a kubelet as kubeadm configures it, everything stated as `/configz` is read. */
const hardened: KubeletSettings = {
  anonymous: false,
  webhookAuthentication: true,
  authorizationMode: "Webhook",
  readOnlyPort: 0,
  rotateCertificates: true,
  serverTlsBootstrap: false,
  clientCa: true,
};

export function runningKubelet(node: string, settings: KubeletSettings = {}, given: Partial<Kubelet> = {}): Kubelet {
  return { node, settings: { ...hardened, ...settings }, readOnlyPort: "refused", ...given };
}

export function runningKubelets(...kubelets: Kubelet[]): FactValues["kube/running-kubelets"] {
  return { kubelets, notAsked: 0 };
}

/** A kubelet of virtual nodes, or one that is not reached. */
export const unseenKubelet = (node: string): Kubelet => ({ node, unseen: "server-error", readOnlyPort: "unknown" });

export function kubeletListener(node: string, given: Partial<ListenerRecord> = {}): ListenerRecord {
  return {
    node,
    component: "kubelet",
    port: 10_250,
    speaks: "tls",
    certificate: certificate("2026-11-20T10:00:00Z", "2027-11-20T10:00:00Z"),
    issuedByClusterCa: true,
    clientCertificate: "requested",
    anonymous: "rejected",
    ...given,
  };
}

export function listeners(...list: ListenerRecord[]): FactValues["kube/listeners"] {
  return { listeners: list };
}
