/** Where facts hold names of the subject's machines. A test goes through every fact's schema and asks of each new place. */
import type { FactId } from "../model/facts/index.ts";

/** `[]`: every element. */
export type Place = readonly string[];

export interface NamedPlace {
  readonly place: Place;
  /** Names of one kind stay comparable with each other, names of two kinds do not. */
  readonly kind: string;
}

const at = (kind: string, ...place: string[]): NamedPlace => ({ place, kind });
/** Names of nodes, host names of what runs on them and holders of leases are one kind: they may be the same. */
const node = (...place: string[]): NamedPlace => at("node", ...place);

/** Pods of the control plane are called `COMPONENT-NODE`: committed to as such. */
export const podKind = "pod";

export const namedPlaces: { readonly [Id in FactId]?: readonly NamedPlace[] } = {
  "kube/nodes": [
    node("nodes", "[]", "name"),
    at("boot-id", "nodes", "[]", "bootId"),
    at("machine-id", "nodes", "[]", "machineId"),
    at("system-uuid", "nodes", "[]", "systemUuid"),
    at("host", "nodes", "[]", "labels", "topology.openstack.org/host-id"),
    at("host", "nodes", "[]", "labels", "topology.scs.community/host-id"),
  ],
  "kube/api-server-instances": [
    node("instances", "[]", "hostname"),
    // made of the host name's digest, which a list of likely names gives away
    at("lease", "instances", "[]", "lease"),
  ],
  "kube/leader-leases": [node("leases", "[]", "holder")],
  "kube/control-plane-pods": [at(podKind, "pods", "[]", "name"), node("pods", "[]", "node")],
  "kube/node-args": [node("nodes", "[]", "node")],
  "kube/kubelet-serving-requests": [node("nodes", "[]", "node")],
  "kube/csi-nodes": [node("groups", "[]", "names", "[]")],
  "kube/etcd-snapshots": [node("snapshots", "[]", "node")],
  "kube/claimed-volume": [node("write", "node"), node("elsewhere", "node"), node("again", "node")],
  "kube/running-kubelets": [node("kubelets", "[]", "node")],
  "kube/etcd-metrics": [node("members", "[]", "node"), node("silent", "[]")],
  "kube/listeners": [node("listeners", "[]", "node")],
  "kube/dialled-ports": [node("addresses", "[]", "node")],
  "management/machines": [node("machines", "[]", "node")],
  "cloud/servers": [node("servers", "[]", "node"), node("unavailable", "[]", "node")],
  "input/node-configuration": [node("nodes", "[]", "node")],
};
