/** What an OpenStackMachine asks for, in every version of its API, and the server groups that may say how they place. */

import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { ManagementApisFact, OpenStackMachine, ServerGroup } from "../model/facts/management.ts";
import type { ObjectName, Redactor } from "../model/probe.ts";
import { clusterNameLabel } from "./cluster-api-machines.ts";
import { reduceList } from "./reading.ts";
import { pathOf, resources } from "./served-objects.ts";
import { textAt, valueAt } from "./untrusted.ts";

const policies: ReadonlySet<string> = new Set(["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"]);
/** Names of flavors and volume types as OpenStack lets them be: kept when they are short and plain. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9_.:+/ -]{0,99}$/;

const plain = (text: string | undefined): string | undefined =>
  text !== undefined && plainName.test(text) ? text : undefined;

/** OpenStackMachines of a Cluster by name. */
export async function openStackMachinesOf(
  management: ClusterReader,
  apis: ManagementApisFact,
  cluster: ObjectName,
  redactor: Redactor,
): Promise<Reading<ReadonlyMap<string, OpenStackMachine>>> {
  const path = pathOf(apis, resources.openStackMachines, { namespace: cluster.namespace });
  if (!path.ok) return path;
  const groups = await serverGroupsOf(management, apis, cluster.namespace);
  const options = { limit: 500, labelSelector: `${clusterNameLabel}=${cluster.name}` };
  const reading = await reduceList(management, path.value, options, (object) => {
    const name = textAt(object, "metadata", "name");
    return name === undefined ? undefined : ([name, machineOf(object, groups, redactor)] as const);
  });
  return reading.ok ? read(new Map(reading.value.items)) : reading;
}

function machineOf(object: unknown, groups: readonly ManagedGroup[], redactor: Redactor): OpenStackMachine {
  const spec = valueAt(object, "spec");
  const flavor = plain(flavorOf(spec));
  const group = groupOf(spec, groups, redactor);
  return {
    ...(flavor === undefined ? {} : { flavor }),
    rootVolume: rootVolumeOf(spec),
    ...(group === undefined ? {} : { serverGroup: group }),
  };
}

/** A name until v1beta1; then `{id}` or `{filter: {name}}`. */
function flavorOf(spec: unknown): string | undefined {
  return textAt(spec, "flavor") ?? textAt(spec, "flavor", "filter", "name") ?? textAt(spec, "flavor", "name");
}

/** diskSize and volumeType until v1alpha7; sizeGiB and type since v1beta1. Any object at all: booted from a volume. */
function rootVolumeOf(spec: unknown): OpenStackMachine["rootVolume"] {
  const volume = valueAt(spec, "rootVolume");
  if (volume === undefined || volume === null) return null;
  const size = valueAt(volume, "sizeGiB") ?? valueAt(volume, "diskSize");
  // the old API wrote 0 for: no root volume
  if (size === 0) return null;
  const type = plain(textAt(volume, "type") ?? textAt(volume, "volumeType"));
  const sizeGiB = typeof size === "number" && Number.isSafeInteger(size) && size > 0 ? size : undefined;
  return { ...(sizeGiB === undefined ? {} : { sizeGiB }), ...(type === undefined ? {} : { type }) };
}

function groupOf(spec: unknown, groups: readonly ManagedGroup[], redactor: Redactor): ServerGroup | undefined {
  const id = textAt(spec, "serverGroupID") ?? textAt(spec, "serverGroup", "id");
  const name = textAt(spec, "serverGroup", "filter", "name") ?? textAt(spec, "serverGroup", "name");
  const wanted = [id, name].find((text) => text !== undefined && text !== "");
  if (wanted === undefined) return undefined;
  const same = groups.filter((group) => (id === undefined || id === "" ? group.name === name : group.id === id));
  const known = same.length === 1 ? same[0] : undefined;
  return {
    ref: redactor.pseudonym("server-group", wanted),
    ...(known === undefined ? {} : { policy: known.policy }),
    ...(known?.maxServersPerHost === undefined ? {} : { maxServersPerHost: known.maxServersPerHost }),
  };
}

interface ManagedGroup {
  readonly id: string;
  readonly name: string | undefined;
  readonly policy: string;
  readonly maxServersPerHost: number | undefined;
}

/** Of the OpenStack resource controller, where it manages any: what was observed, not what was asked for. */
async function serverGroupsOf(
  management: ClusterReader,
  apis: ManagementApisFact,
  namespace: string,
): Promise<readonly ManagedGroup[]> {
  const path = pathOf(apis, resources.serverGroups, { namespace });
  if (!path.ok) return [];
  const reading = await reduceList(management, path.value, { limit: 500 }, (object) => [managedGroup(object)]);
  return reading.ok ? reading.value.items.flat().flatMap((group) => group ?? []) : [];
}

function managedGroup(object: unknown): ManagedGroup | undefined {
  const id = textAt(object, "status", "id");
  const policy = textAt(object, "status", "resource", "policy");
  if (id === undefined || id === "" || policy === undefined || !policies.has(policy)) return undefined;
  const most = valueAt(object, "status", "resource", "rules", "maxServerPerHost");
  return {
    id,
    name: textAt(object, "status", "resource", "name"),
    policy,
    maxServersPerHost: typeof most === "number" && Number.isSafeInteger(most) && most > 0 ? most : undefined,
  };
}
