/** Objects of a management cluster that each stand for a cluster, and which of them may be the one looked at. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import type { ManagementApisFact } from "../model/facts/management.ts";
import type { ObjectName } from "../model/probe.ts";
import { malformed, reduceList } from "./reading.ts";
import { type KnownResource, pathOf } from "./served-objects.ts";
import { type HostAndPort, sameEndpoint } from "./telling-signs.ts";
import { listAt, textAt, valueAt } from "./untrusted.ts";

export interface Candidate {
  readonly at: ObjectName;
  /** Where it says that its API server is. */
  readonly endpoints: readonly HostAndPort[];
  /** DNS domain of a Shoot. */
  readonly domain: string | undefined;
  /** The whole of it, when it is the only one that was read. */
  readonly object?: unknown;
}

/** All that there are, or the one that the caller named. */
export async function candidatesOf(
  management: ClusterReader,
  apis: ManagementApisFact,
  known: KnownResource,
  named: ObjectName | undefined,
): Promise<Reading<readonly Candidate[]>> {
  const path = pathOf(apis, known, named ?? {});
  if (!path.ok) return path;
  if (named === undefined) {
    const reading = await reduceList(management, path.value, { limit: 200 }, (object) => candidateOf(object, known));
    return reading.ok ? read(reading.value.items) : reading;
  }
  const reading = await management.json(path.value);
  if (!reading.ok && reading.reason === "not-found")
    return unread("not-found", "there is no cluster of that name there");
  if (!reading.ok) return reading;
  const candidate = candidateOf(reading.value, known);
  return candidate === undefined
    ? malformed("the cluster that was named")
    : read([{ ...candidate, object: shownBy(reading.value, known) }]);
}

/** What stands for the cluster: the object that was read, or the Shoot that it holds. */
export function shownBy(object: unknown, { holdsShoot }: KnownResource): unknown {
  return holdsShoot ? valueAt(object, "spec", "shoot") : object;
}

/** The one whose endpoint it is; else the only one. */
export function chosenOf(
  candidates: readonly Candidate[],
  isIt: (candidate: Candidate) => boolean,
): Candidate | undefined {
  const same = candidates.filter(isIt);
  if (same.length === 1) return same[0];
  return same.length === 0 && candidates.length === 1 ? candidates[0] : undefined;
}

export function hasEndpoint({ endpoints }: Candidate, endpoint: HostAndPort): boolean {
  return endpoints.some((own) => sameEndpoint(own, endpoint));
}

function candidateOf(read: unknown, known: KnownResource): Candidate | undefined {
  const object = shownBy(read, known);
  const namespace = known.holdsShoot ? textAt(read, "metadata", "name") : textAt(object, "metadata", "namespace");
  const name = textAt(object, "metadata", "name");
  if (namespace === undefined || name === undefined) return undefined;
  return { at: { namespace, name }, endpoints: endpointsOf(object), domain: textAt(object, "spec", "dns", "domain") };
}

/** Cluster: spec.controlPlaneEndpoint; TenantControlPlane: status.controlPlaneEndpoint; Shoot: status.advertisedAddresses. */
function endpointsOf(object: unknown): readonly HostAndPort[] {
  const host = textAt(object, "spec", "controlPlaneEndpoint", "host");
  const port = valueAt(object, "spec", "controlPlaneEndpoint", "port");
  const written = host === undefined || host === "" ? [] : [{ host, port: typeof port === "number" ? port : 6443 }];
  const urls = [
    ...listAt(object, "status", "advertisedAddresses").map((address) => textAt(address, "url")),
    textAt(object, "status", "controlPlaneEndpoint"),
  ];
  return [...written, ...urls.flatMap((url) => (url === undefined || url === "" ? [] : endpointOf(url)))];
}

function endpointOf(text: string): readonly HostAndPort[] {
  const url = text.includes("://") ? text : `https://${text}`;
  if (!URL.canParse(url)) return [];
  const { hostname, port } = new URL(url);
  return [{ host: hostname, port: port === "" ? 443 : Number(port) }];
}
