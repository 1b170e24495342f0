/** A server as Nova shows it, reduced: ids, project and host become keyed digests. */
import { type Reading, read } from "../model/fact.ts";
import type { CloudServerRecord } from "../model/facts/cloud.ts";
import type { NodeRecord } from "../model/facts/nodes.ts";
import type { Redactor } from "../model/probe.ts";
import { amountAt, malformedBy, scsSpecs } from "./cloud-reading.ts";
import { keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

export interface SeenServer {
  readonly record: Omit<CloudServerRecord, "groups" | "hypervisor">;
  /** Never kept: to ask for their policy. */
  readonly groupIds: readonly string[];
  /** Never kept: what administrators see of the host. */
  readonly hypervisorHost: string | undefined;
}

const hostLabel = "topology.openstack.org/host-id";
const mostGroups = 5;

/** @param id the one asked for: an answer about another server is none */
export function seenServer(answer: unknown, id: string, node: NodeRecord, redactor: Redactor): Reading<SeenServer> {
  const server = valueAt(answer, "server");
  const project = textAt(server, "tenant_id");
  const flavor = flavorOf(valueAt(server, "flavor"));
  if (textAt(server, "id")?.toLowerCase() !== id || project === undefined || project === "" || flavor === undefined)
    return malformedBy("Nova", "server");
  const hostId = textAt(server, "hostId") ?? "";
  const label = node.labels[hostLabel] ?? "";
  const zone = textAt(server, "OS-EXT-AZ:availability_zone") ?? "";
  return read({
    record: {
      node: node.name,
      ref: redactor.pseudonym("server", id),
      project: redactor.pseudonym("project", project),
      ...(hostId === "" ? {} : { host: redactor.pseudonym("host", hostId) }),
      hostLabel: label === "" ? "absent" : label === hostId ? "same" : "other",
      flavor,
      // no image: the root disk is a volume (Compute API guide, "Block Device Mapping")
      bootedFrom: textAt(server, "image", "id") === undefined ? "volume" : "image",
      ...(zone === "" ? {} : { zone }),
      bareMetal: looksLikeBareMetal(valueAt(server, "flavor"), flavor.name),
    },
    groupIds: listAt(server, "server_groups")
      .flatMap((group) => printable(group) ?? [])
      .filter((group) => /^[0-9a-f-]{32,36}$/i.test(group))
      .slice(0, mostGroups),
    hypervisorHost: textAt(server, "OS-EXT-SRV-ATTR:hypervisor_hostname"),
  });
}

function flavorOf(flavor: unknown): CloudServerRecord["flavor"] | undefined {
  const name = textAt(flavor, "original_name");
  const [cpus, memoryMib, diskGb] = ["vcpus", "ram", "disk"].map((key) => amountAt(flavor, key));
  if (name === undefined || cpus === undefined || memoryMib === undefined || diskGb === undefined) return undefined;
  const extraSpecs = scsSpecs(valueAt(flavor, "extra_specs"));
  return { name, cpus, memoryMib, diskGb, ...(extraSpecs === undefined ? {} : { extraSpecs }) };
}

/** A resource class of its own in place of virtual CPUs, as Ironic's guide has it, a trait, or the name. */
function looksLikeBareMetal(flavor: unknown, name: string): boolean {
  const keys = keysAt(flavor, "extra_specs");
  const byResource =
    keys.some((key) => /^resources\d*:CUSTOM_/.test(key)) && textAt(flavor, "extra_specs", "resources:VCPU") === "0";
  const byTrait = keys.some((key) => /^trait\d*:CUSTOM_.*(BAREMETAL|BARE_METAL|IRONIC)/.test(key));
  const byName = /(^|[-_.])(bms|bm|metal|ironic|bare-?metal)([-_.]|$)/i.test(name);
  return byResource || byTrait || byName;
}
