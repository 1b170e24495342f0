/** Where a cluster keeps its state, and the etcd members that show their flags. */

import type { Fact } from "../fact.ts";
import type { ComponentFlags } from "../facts/component-flags.ts";
import type { ControlPlanePodsFact, KubeadmConfigFact, NodeArgsFact } from "../facts/control-plane.ts";
import type { ManagementControlPlaneFact } from "../facts/managed-control-plane.ts";
import type { NodesFact } from "../facts/nodes.ts";
import type { Missing, Subject } from "../finding.ts";
import { isControlPlane } from "../placement/control-plane-nodes.ts";

export interface EtcdMember {
  readonly subject: Subject;
  /** Absent: only what was written for all members is known. */
  readonly node?: string;
  readonly flags: ComponentFlags;
  /** Settings may stand in a file: absence proves nothing. */
  readonly hidesFlags: boolean;
}

export interface EtcdFacts {
  readonly "kube/control-plane-pods": Fact<ControlPlanePodsFact>;
  readonly "kube/node-args": Fact<NodeArgsFact>;
  readonly "kube/kubeadm-config": Fact<KubeadmConfigFact>;
  readonly "kube/nodes": Fact<NodesFact>;
  readonly "management/control-plane"?: Fact<ManagementControlPlaneFact>;
}

/** `sqlite`: one k3s server without etcd. `hidden`: external, or on nodes and pods that are not visible. */
export type StateStore =
  | {
      readonly kind: "members";
      readonly members: readonly EtcdMember[];
      readonly expected: number | undefined;
      readonly whole?: string;
    }
  | { readonly kind: "sqlite"; readonly node: string }
  | { readonly kind: "hidden"; readonly because: string; readonly missing: Missing };

export function stateStore(facts: EtcdFacts): StateStore {
  const pods = facts["kube/control-plane-pods"];
  const args = facts["kube/node-args"];
  const servers = args.status === "unavailable" ? [] : args.value.nodes;
  const members = pods.status === "unavailable" ? [] : etcdPods(pods.value, servers);
  if (members.length > 0) return { kind: "members", members, expected: expectedMembers(facts["kube/nodes"]) };
  if (servers.length > 0) return ofServers(servers, facts["kube/nodes"]);
  const written = writtenMember(facts["management/control-plane"]);
  if (written) return written;
  const config = facts["kube/kubeadm-config"];
  if (config.status === "collected" && config.value.etcd.placement === "external")
    return hidden("etcd runs outside the cluster (kubeadm-config)");
  if (pods.status === "unavailable") {
    const missing = { fact: "kube/control-plane-pods", reason: pods.reason, resolve: pods.resolve };
    return { kind: "hidden", because: "The pods of the control plane could not be read", missing };
  }
  return hidden("No etcd member is visible");
}

/** RKE2 writes what it hands on into etcd's configuration file, which the pod only names. */
function etcdPods({ pods }: ControlPlanePodsFact, servers: NodeArgsFact["nodes"]): readonly EtcdMember[] {
  return pods
    .filter(({ component, mirror, running }) => component === "etcd" && mirror && running)
    .map(({ name, flags, configFile, node }) => {
      const handedOn = configFile ? servers.find((server) => server.node === node)?.etcd : undefined;
      return {
        subject: { kind: "Pod", namespace: "kube-system", name },
        ...(node === undefined ? {} : { node }),
        flags: handedOn ? bothOf(handedOn, flags) : flags,
        hidesFlags: configFile,
      };
    });
}

function bothOf(handedOn: ComponentFlags, own: ComponentFlags): ComponentFlags {
  return {
    values: { ...handedOn.values, ...own.values },
    withheld: [...new Set([...handedOn.withheld, ...own.withheld])].sort(),
  };
}

/** What the management cluster has written for every member, once it is in effect on all of them. */
function writtenMember(written: Fact<ManagementControlPlaneFact> | undefined): StateStore | undefined {
  if (written === undefined || written.status === "unavailable" || !written.value.rolledOut) return undefined;
  const { etcd, kind, hidesFlags } = written.value;
  if (etcd?.placement === "external")
    return hidden(`etcd runs outside the cluster (${kind} in the management cluster)`);
  if (etcd?.placement !== "local") return undefined;
  const member = { subject: { kind, name: "in the management cluster" }, flags: etcd.flags, hidesFlags };
  return { kind: "members", members: [member], expected: 1, whole: `All etcd members of the ${kind}` };
}

/** Nodes with the role etcd, else all control-plane nodes: each runs a member. */
export function expectedMembers(nodes: Fact<NodesFact>): number | undefined {
  if (nodes.status === "unavailable") return undefined;
  const etcd = nodes.value.nodes.filter(({ roles }) => roles.includes("etcd")).length;
  const expected = etcd > 0 ? etcd : nodes.value.nodes.filter(isControlPlane).length;
  return expected > 0 ? expected : undefined;
}

/** What is missing when fewer members were looked at than there are, or when nobody knows how many there are. */
export function unseenMembers(nodes: Fact<NodesFact>): Missing {
  const fact = "kube/nodes";
  if (nodes.status === "unavailable") return { fact, reason: nodes.reason, resolve: nodes.resolve };
  return { fact, reason: "not-visible", resolve: "a view of every etcd member" };
}

function ofServers(servers: NodeArgsFact["nodes"], nodes: Fact<NodesFact>): StateStore {
  const option = (name: string) =>
    servers.some(({ options }) => name in options.values || options.withheld.includes(name));
  const etcdRole = nodes.status === "collected" && nodes.value.nodes.some(({ roles }) => roles.includes("etcd"));
  if (option("datastore-endpoint")) return hidden("The servers use an external datastore (option datastore-endpoint)");
  const [first, second] = servers;
  const embedded =
    etcdRole ||
    option("cluster-init") ||
    option("server") ||
    servers.some(({ distribution }) => distribution === "rke2");
  if (first && !second && !embedded && nodes.status === "collected") return { kind: "sqlite", node: first.node };
  if (!embedded) return hidden("Whether the k3s servers run etcd is not visible");
  // the distribution writes etcd's configuration itself: what is not handed on may still be in it
  const members = servers.map(({ node, etcd }) => ({
    subject: { kind: "Node", name: node },
    node,
    flags: etcd,
    hidesFlags: true,
  }));
  return { kind: "members", members, expected: expectedMembers(nodes) };
}

function hidden(because: string): StateStore {
  return {
    kind: "hidden",
    because,
    missing: { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" },
  };
}
