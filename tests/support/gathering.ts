/** Runs real probes over HTTPS on loopback: against recorded objects, or against whatever a handler says. */
import { readFileSync } from "node:fs";
import { type GatherEvent, gather } from "../../src/evidence/gather.ts";
import type { OpenViews } from "../../src/evidence/open-views.ts";
import { createRedactor } from "../../src/evidence/redactor.ts";
import type { Connection, ConnectOptions } from "../../src/kubernetes/connect.ts";
import type { Gathering } from "../../src/model/evidence.ts";
import { clusterFactIds, type FactValues, type ProbedFactId } from "../../src/model/facts/index.ts";
import type { Tier, UnavailableReason } from "../../src/model/vocabulary.ts";
import { probes } from "../../src/probes/index.ts";
import { type ConnectedLoopback, connectedLoopback } from "./connected-loopback.ts";
import type { LoopbackHandler, LoopbackOptions } from "./loopback-server.ts";

export interface Gathered {
  readonly gathering: Gathering;
  readonly events: readonly GatherEvent[];
  readonly loopback: ConnectedLoopback["loopback"];
  /** The fact's value; throws when it is unavailable. */
  value<Id extends ProbedFactId>(id: Id): FactValues[Id];
  /** Why the fact is unavailable; undefined when it was collected. */
  reason(id: ProbedFactId): UnavailableReason | undefined;
}

/** What a fact of a gathering says. */
export function readable(gathering: Pick<Gathering, "items">): Pick<Gathered, "value" | "reason"> {
  const item = (id: ProbedFactId) => {
    const found = gathering.items[id];
    if (!found) throw new Error(`${id} was not gathered`);
    return found;
  };
  return {
    value: <Id extends ProbedFactId>(id: Id) => {
      const fact = item(id);
      if (fact.status !== "collected") throw new Error(`${id} is unavailable: ${fact.reason}, ${fact.message}`);
      return fact.value as unknown as FactValues[Id];
    },
    reason: (id) => {
      const fact = item(id);
      return fact.status === "unavailable" ? fact.reason : undefined;
    },
  };
}

const observing = new Set<string>(probes.filter(({ tier }) => tier === "observe").map(({ id }) => id));

/** Facts of the cluster that looking alone brings: tier observe. */
export const lookedAt = clusterFactIds.filter((id) => observing.has(id));

/** Gathers over open connections. */
export async function gatherOver(
  connection: Pick<Connection, "reader" | "asker" | "requests"> &
    Partial<Pick<Connection, "listeners">> &
    Pick<OpenViews["cluster"], "actor">,
  wanted: readonly ProbedFactId[] = lookedAt,
  further: Omit<OpenViews, "cluster"> = {},
  tier: Tier = "observe",
): Promise<Omit<Gathered, "loopback">> {
  const events: GatherEvent[] = [];
  const gathering = await gather({
    probes,
    wanted,
    views: { cluster: connection, ...further },
    redactor: createRedactor(Buffer.from("a salt for tests")),
    tier,
    tool: { name: "scs-conformance", version: "0.0.0" },
    gatheredBy: "unsigned",
    now: () => new Date(),
    onEvent: (event) => events.push(event),
  });
  return { gathering, events, ...readable(gathering) };
}

/** Gathers over HTTPS from the handler's cluster: all facts, or the wanted ones and what they build on. */
export async function gatherFrom(
  handler: LoopbackHandler,
  wanted: readonly ProbedFactId[] = lookedAt,
  server: LoopbackOptions = {},
  connection: ConnectOptions = {},
): Promise<Gathered> {
  const { connection: open, loopback } = await connectedLoopback(handler, server, connection);
  return { ...(await gatherOver(open, wanted)), loopback };
}

/** A recorded response: `recorded("kind", "nodes.json")`. */
export function recorded(platform: string, file: string): object {
  return JSON.parse(recordedText(platform, file)) as object;
}

export function recordedText(platform: string, file: string): string {
  return readFileSync(new URL(`../../fixtures/responses/${platform}/${file}`, import.meta.url), "utf8");
}

/** Paths of the API, by what is read there. */
export const paths = {
  version: "/version",
  kubeSystem: "/api/v1/namespaces/kube-system",
  namespaces: "/api/v1/namespaces",
  nodes: "/api/v1/nodes",
  pods: "/api/v1/namespaces/kube-system/pods",
  leases: "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases",
  events: "/api/v1/events",
  endpointSlice: "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes",
  kubeadmConfig: "/api/v1/namespaces/kube-system/configmaps/kubeadm-config",
  kubeletConfig: "/api/v1/namespaces/kube-system/configmaps/kubelet-config",
  shootInfo: "/api/v1/namespaces/kube-system/configmaps/shoot-info",
  rootCa: "/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt",
  authentication: "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication",
  signingRequests: "/apis/certificates.k8s.io/v1/certificatesigningrequests",
  priorityLevels: "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
  priorityLevelsBeta: "/apis/flowcontrol.apiserver.k8s.io/v1beta3/prioritylevelconfigurations",
  storageClasses: "/apis/storage.k8s.io/v1/storageclasses",
  csiDrivers: "/apis/storage.k8s.io/v1/csidrivers",
  csiNodes: "/apis/storage.k8s.io/v1/csinodes",
  persistentVolumes: "/api/v1/persistentvolumes",
  ingressClasses: "/apis/networking.k8s.io/v1/ingressclasses",
  services: "/api/v1/services",
  systemServices: "/api/v1/namespaces/kube-system/services",
  kubernetesService: "/api/v1/namespaces/default/services/kubernetes",
  serviceRanges: "/apis/networking.k8s.io/v1/servicecidrs",
  serviceRangesBeta: "/apis/networking.k8s.io/v1beta1/servicecidrs",
  ingresses: "/apis/networking.k8s.io/v1/ingresses",
  gateways: "/apis/gateway.networking.k8s.io/v1/gateways",
  cronJobs: "/apis/batch/v1/cronjobs",
  etcdSnapshots: "/apis/k3s.cattle.io/v1/etcdsnapshotfiles",
  k3sSnapshots: "/api/v1/namespaces/kube-system/configmaps/k3s-etcd-snapshots",
  rke2Snapshots: "/api/v1/namespaces/kube-system/configmaps/rke2-etcd-snapshots",
  veleroBackups: "/apis/velero.io/v1/backups",
  veleroSchedules: "/apis/velero.io/v1/schedules",
  veleroLocations: "/apis/velero.io/v1/backupstoragelocations",
  customResources: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
  metrics: "/metrics",
  readyz: "/readyz",
  flagz: "/flagz",
} as const;

/** What `GET /version` says. */
export const served = (gitVersion: string): object => ({ major: "1", minor: "0", gitVersion, platform: "linux/amd64" });
