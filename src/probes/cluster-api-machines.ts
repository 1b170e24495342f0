/** Machines of Cluster API as the management view reads them, before anything is redacted. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { ManagementApisFact } from "../model/facts/management.ts";
import type { ObjectName, Redactor } from "../model/probe.ts";
import type { Instant } from "../model/vocabulary.ts";
import { reduceList } from "./reading.ts";
import { pathOf, resources } from "./served-objects.ts";
import { isUniqueProviderId } from "./telling-signs.ts";
import { instantOf, keysAt, textAt, valueAt } from "./untrusted.ts";

/** Names and ids as they are there: for looking on, not for keeping. */
export interface Machine {
  readonly namespace: string;
  readonly name: string;
  readonly cluster: string;
  readonly controlPlane: boolean;
  readonly node: string | undefined;
  readonly providerId: string | undefined;
  readonly failureDomain: string | undefined;
  readonly certificatesExpireAt: Instant | undefined;
  readonly deleting: boolean;
  /** Kind and name of what provides it, in the same namespace. */
  readonly infrastructure: { readonly kind: string; readonly name: string } | undefined;
}

export const clusterNameLabel = "cluster.x-k8s.io/cluster-name";

/** The machines of one Cluster, or of all that there are. */
export async function machinesOf(
  management: ClusterReader,
  apis: ManagementApisFact,
  cluster: ObjectName | undefined,
): Promise<Reading<readonly Machine[]>> {
  const path = pathOf(apis, resources.machines, cluster === undefined ? {} : { namespace: cluster.namespace });
  if (!path.ok) return path;
  const options = cluster === undefined ? {} : { labelSelector: `${clusterNameLabel}=${cluster.name}` };
  const reading = await reduceList(management, path.value, { limit: 500, ...options }, machineOf);
  if (!reading.ok) return reading;
  return read(reading.value.items.filter((machine) => cluster === undefined || machine.cluster === cluster.name));
}

function machineOf(object: unknown): Machine | undefined {
  const namespace = textAt(object, "metadata", "namespace");
  const name = textAt(object, "metadata", "name");
  const cluster = textAt(object, "spec", "clusterName");
  if (namespace === undefined || name === undefined || cluster === undefined) return undefined;
  const kind = textAt(object, "spec", "infrastructureRef", "kind");
  const provider = textAt(object, "spec", "infrastructureRef", "name");
  return {
    namespace,
    name,
    cluster,
    controlPlane: keysAt(object, "metadata", "labels").includes("cluster.x-k8s.io/control-plane"),
    node: textAt(object, "status", "nodeRef", "name"),
    providerId: textAt(object, "spec", "providerID"),
    failureDomain: textAt(object, "spec", "failureDomain"),
    certificatesExpireAt: instantOf(object, "status", "certificatesExpiryDate"),
    deleting: valueAt(object, "metadata", "deletionTimestamp") !== undefined,
    infrastructure: kind === undefined || provider === undefined ? undefined : { kind, name: provider },
  };
}

/** Whether a machine is one of the nodes: `undefined` when its id could be another machine's as well. */
export function isOneOf(nodes: ReadonlySet<string>, { providerId }: Machine, redactor: Redactor): boolean | undefined {
  if (providerId === undefined || !isUniqueProviderId(providerId)) return undefined;
  return nodes.has(redactor.pseudonym("provider", providerId));
}
