/** Facts of tier system for tables: what runs on nodes, as requests find it. Everything not named is as it should be. */
import type { DialledAddress, InsideSign } from "../../src/model/facts/dialled-ports.ts";
import type { EtcdLook } from "../../src/model/facts/etcd-metrics.ts";
import type { FactValues } from "../../src/model/facts/index.ts";
import type { KubeletSettings } from "../../src/model/facts/kubelet.ts";
import type { ListenerRecord } from "../../src/model/facts/listeners.ts";
import { certificate } from "./facts.ts";

type Kubelet = FactValues["kube/running-kubelets"]["kubelets"][number];

/** Settings of a kubelet as kubeadm configures it, everything stated as `/configz` is read. */
export const kubeadmKubelet: KubeletSettings = {
  anonymous: false,
  webhookAuthentication: true,
  authorizationMode: "Webhook",
  readOnlyPort: 0,
  rotateCertificates: true,
  serverTlsBootstrap: false,
  clientCa: true,
};

export function runningKubelet(node: string, settings: KubeletSettings = {}, given: Partial<Kubelet> = {}): Kubelet {
  return { node, settings: { ...kubeadmKubelet, ...settings }, readOnlyPort: "refused", ...given };
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

/** Refuses whoever shows no certificate, with one that the cluster's CA did not issue. */
export function etcdListener(node: string, given: Partial<ListenerRecord> = {}): ListenerRecord {
  const issued = certificate("2026-11-20T10:00:00Z", "2027-11-20T10:00:00Z");
  return {
    ...{ node, component: "etcd", port: 2379, speaks: "tls", certificate: issued, issuedByClusterCa: false },
    clientCertificate: "required",
    ...given,
  };
}

export function listeners(...list: ListenerRecord[]): FactValues["kube/listeners"] {
  return { listeners: list };
}

/** An address that nothing was seen of, unless said so. */
export function dialled(node: string, given: Partial<DialledAddress> = {}): DialledAddress {
  const nothing = { open: [], refused: [], silent: [], noRoute: [], notTried: [] };
  return { node, type: "InternalIP", family: "IPv4", scope: "private", ...nothing, ...given };
}

/** Dialled from a machine behind address translation; lists are signs that it stands inside. */
export function dialledPorts(...seen: (DialledAddress | readonly InsideSign[])[]): FactValues["kube/dialled-ports"] {
  return {
    addresses: seen.flatMap((one) => ("node" in one ? [one] : [])),
    nodesLeftOut: 0,
    runner: [{ family: "IPv4", scope: "private" }],
    inside: seen.flatMap((one) => ("node" in one ? [] : one)),
  };
}

/** A member that has run for three days, without a snapshot. */
export function etcdLook(given: Partial<EtcdLook> = {}): EtcdLook {
  return { startedAt: "2026-11-20T10:00:00Z", snapshots: 0, logSyncs: [], commits: [], ...given };
}

/** A member on each of the nodes a, b, c; looked at once, unless a second look is given. */
export function etcdMetrics(...looks: (EtcdLook | readonly [EtcdLook, EtcdLook])[]): FactValues["kube/etcd-metrics"] {
  return {
    members: looks.map((look, index) => {
      const node = "abc"[index] ?? "more";
      return "logSyncs" in look ? { node, first: look } : { node, first: look[0], second: look[1] };
    }),
    silent: [],
    secondsBetween: 30,
  };
}

/** A request for a client certificate, and what became of it; without a state a policy kept it out. */
export function certificateRequest(
  state: FactValues["kube/certificate-request"]["state"],
  mastersTaken = false,
): FactValues["kube/certificate-request"] {
  return {
    ...(state === undefined ? { hindrance: { by: "policy", said: "" } } : { state }),
    inMasters: mastersTaken ? { accepted: true } : { accepted: false, said: "not allowed" },
  };
}

/** So many of eight requests were rejected by a level of the run's own; another user's went through meanwhile. */
export function throttling(rejected: number): FactValues["kube/throttling"] {
  return { matched: true, asked: 8, rejected, retryAfterSeconds: 1, othersAsked: 1, othersAnswered: 1 };
}
