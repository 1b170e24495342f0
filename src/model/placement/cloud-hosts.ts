/**
 * What Nova's `hostId` says about control-plane nodes: a digest of host and project, so that ids compare within one project.
 * Different ids are different hosts of the compute service, and so different machines. Equal ids are one machine only where
 * the hypervisor is known to be one of its own: Ironic and vCenter put many machines behind one host.
 */
import type { Fact } from "../fact.ts";
import type { CloudServerRecord, CloudServersFact } from "../facts/cloud.ts";
import type { NodeRecord } from "../facts/nodes.ts";
import type { Finding, Missing } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import { hostIdLabel } from "./control-plane-nodes.ts";

export interface CloudHosts {
  /** Servers behind the nodes that the cloud showed with a host. */
  readonly found: number;
  /** Different hosts within the one project that shows most. */
  readonly hosts: number;
  /** Most nodes that may stand on one host: those seen there, and all that were not seen to stand elsewhere. */
  readonly largestCrowd: number;
  /** All nodes were found, in one project, with one host. */
  readonly oneHost: boolean;
  /** `one`: where the ids are equal, so is the machine, by the hypervisor that an administrator's view names. */
  readonly machine: "one" | "bare-metal" | "unknown";
  /** Labels that name another host than Nova does now. */
  readonly stale: readonly Finding[];
  readonly observed: JsonObject;
}

/** Hypervisors whose host is the machine that they run on (Nova's `hypervisor_type`; QEMU stands for KVM as well). */
const onOneMachine: ReadonlySet<string> = new Set(["QEMU", "KVM", "xen", "Xen", "hyperv"]);

/** Undefined when the cloud showed no host of these nodes. */
export function cloudHosts(nodes: readonly NodeRecord[], servers: Fact<CloudServersFact>): CloudHosts | undefined {
  if (servers.status === "unavailable") return undefined;
  const names = new Set(nodes.map(({ name }) => name));
  const mine = servers.value.servers.filter(({ node, host }) => names.has(node) && host !== undefined);
  if (mine.length === 0) return undefined;
  const projects = [...new Set(mine.map(({ project }) => project))].sort();
  const byProject = projects.map((project) => mine.filter((server) => server.project === project));
  const [widest = []] = byProject.sort((a, b) => hostsOf(b).length - hostsOf(a).length || b.length - a.length);
  const hosts = hostsOf(widest);
  const crowds = hosts.map((host) => widest.filter((server) => server.host === host).length);
  const policies = [...new Set(mine.flatMap(({ groups }) => groups.map(({ policy }) => policy ?? "unknown")))].sort();
  const hypervisors = [...new Set(mine.map(({ hypervisor }) => hypervisor ?? "unknown"))].sort();
  return {
    found: mine.length,
    hosts: hosts.length,
    largestCrowd: Math.max(...crowds) + nodes.length - widest.length,
    oneHost: mine.length === nodes.length && byProject.length === 1 && hosts.length === 1,
    machine: machineOf(mine),
    stale: mine.filter(({ hostLabel }) => hostLabel === "other").map(staleLabel),
    observed: {
      serversFound: mine.length,
      cloudProjects: projects.length,
      distinctCloudHosts: hosts.length,
      ...(policies.length > 0 ? { serverGroupPolicies: policies } : {}),
      ...(hypervisors.length === 1 && hypervisors[0] === "unknown" ? {} : { hypervisors }),
    },
  };
}

const hostsOf = (servers: readonly CloudServerRecord[]) => [...new Set(servers.map(({ host }) => host ?? ""))].sort();

function machineOf(servers: readonly CloudServerRecord[]): CloudHosts["machine"] {
  if (servers.some(({ bareMetal, hypervisor }) => bareMetal || hypervisor === "ironic")) return "bare-metal";
  return servers.every(({ hypervisor }) => hypervisor !== undefined && onOneMachine.has(hypervisor))
    ? "one"
    : "unknown";
}

function staleLabel({ node }: CloudServerRecord): Finding {
  const message = `Node ${node} carries a ${hostIdLabel} that Nova does not name for it now: it was moved after the label was written`;
  const subject = { kind: "Node", name: node };
  return { code: "host-label-stale", subject, expected: "the host that Nova names", actual: "another", message };
}

/** Where the cloud could answer and did not: what would make it. Nothing where nodes do not run in OpenStack. */
export function cloudMissing(nodes: readonly NodeRecord[], servers: Fact<CloudServersFact>): readonly Missing[] {
  if (servers.status === "collected") return [];
  const { reason, resolve } = servers;
  const asked = reason !== "not-given" || nodes.some(({ providerScheme }) => providerScheme === "openstack");
  return asked ? [{ fact: "cloud/servers", reason, resolve }] : [];
}
