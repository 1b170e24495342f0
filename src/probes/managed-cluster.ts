/** Finds the object that stands for the cluster looked at, and proves that it does: a look at another one must decide nothing. */
import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";
import type { ManagementApisFact, ManagementClusterFact } from "../model/facts/management.ts";
import type { ManagementContext, ObjectName } from "../model/probe.ts";
import { isOneOf, type Machine, machinesOf } from "./cluster-api-machines.ts";
import { type Candidate, candidatesOf, chosenOf, hasEndpoint, shownBy } from "./cluster-candidates.ts";
import { type KnownResource, pathOf, resources, servedVersion } from "./served-objects.ts";
import { readConfigMap } from "./system-config-map.ts";
import { isUniqueHost } from "./telling-signs.ts";
import { textAt } from "./untrusted.ts";

type Kind = ManagementClusterFact["kind"];
type Proof = ManagementClusterFact["proof"];

export interface ManagedCluster {
  readonly kind: Kind;
  readonly apis: ManagementApisFact;
  readonly at: ObjectName;
  /** As it is served. */
  readonly object: unknown;
  readonly candidates: number;
  readonly proof: Proof;
  /** Of Cluster API alone. */
  readonly machines: Reading<readonly Machine[]>;
}

const kinds = [
  ["Cluster", resources.clusters],
  ["TenantControlPlane", resources.tenantControlPlanes],
  ["Shoot", resources.shoots],
  ["Shoot", resources.seedClusters],
] as const;

/** What was found through a reader: the probes of one run share it. */
const found = new WeakMap<ClusterReader, Promise<Reading<ManagedCluster>>>();

/** The cluster there, once for each run. What is not proven is `not-visible`. */
export function managedCluster(context: ManagementContext): Promise<Reading<ManagedCluster>> {
  const known = found.get(context.management) ?? find(context);
  found.set(context.management, known);
  return known;
}

async function find(context: ManagementContext): Promise<Reading<ManagedCluster>> {
  const apis = await context.fact("management/apis");
  if (apis.status === "unavailable") return unread(apis.reason, apis.message);
  let failure: Unread | undefined;
  for (const [kind, known] of kinds) {
    if (servedVersion(apis.value, known) === undefined) continue;
    const reading = await findAmong(kind, known, apis.value, context);
    if (reading.ok) return reading;
    failure ??= reading;
  }
  return failure ?? unread("not-served", "the management cluster serves none of Cluster API, Kamaji and Gardener");
}

async function findAmong(
  kind: Kind,
  known: KnownResource,
  apis: ManagementApisFact,
  context: ManagementContext,
): Promise<Reading<ManagedCluster>> {
  const { management, managed, cluster } = context;
  const all = await candidatesOf(management, apis, known, managed);
  if (!all.ok) return all;
  const shoot = kind === "Shoot" ? await shootInfo(cluster) : undefined;
  const isShoot = (candidate: Candidate) => shoot !== undefined && sameShoot(candidate, shoot);
  const here = (candidate: Candidate) => hasEndpoint(candidate, cluster.endpoint) || isShoot(candidate);
  const first = chosenOf(all.value, here);
  const machines = kind === "Cluster" ? await machinesOf(management, apis, first?.at) : noMachines;
  const nodes = await nodeIds(context);
  const matched = new Map<string, Machine[]>();
  let strange = 0;
  for (const machine of machines.ok ? machines.value : []) {
    const is = isOneOf(nodes, machine, context.redactor);
    const key = `${machine.namespace}/${machine.cluster}`;
    if (is === true) matched.set(key, [...(matched.get(key) ?? []), machine]);
    if (is === false) strange += 1;
  }
  const chosen = first ?? onlyOne(all.value, matched);
  if (chosen === undefined) return unproven(all.value.length);
  const own = matched.get(`${chosen.at.namespace}/${chosen.at.name}`)?.length ?? 0;
  const proof = proofOf(own, {
    endpoint: hasEndpoint(chosen, cluster.endpoint) && isUniqueHost(cluster.endpoint.host),
    shoot: isShoot(chosen),
    contradicted: nodes.size > 0 && strange > 0 && own === 0,
  });
  if (proof === undefined) return unproven(all.value.length);
  const object = chosen.object === undefined ? await readChosen(context, apis, known, chosen.at) : read(chosen.object);
  if (!object.ok) return object;
  const ofChosen = machines.ok
    ? read(
        machines.value.filter(
          ({ cluster: name, namespace }) => name === chosen.at.name && namespace === chosen.at.namespace,
        ),
      )
    : machines;
  return read({
    kind,
    apis,
    at: chosen.at,
    object: object.value,
    candidates: all.value.length,
    proof,
    machines: ofChosen,
  });
}

async function readChosen(
  { management }: ManagementContext,
  apis: ManagementApisFact,
  known: KnownResource,
  at: ObjectName,
): Promise<Reading<unknown>> {
  const path = pathOf(apis, known, at);
  const reading = path.ok ? await management.json(path.value) : path;
  return reading.ok ? read(shownBy(reading.value, known)) : reading;
}

const noMachines: Reading<readonly Machine[]> = unread("not-served", "it is not managed by Cluster API");

function unproven(candidates: number): Unread {
  const among = candidates === 1 ? "the cluster there is not" : `none of the ${candidates} clusters there is`;
  return unread("not-visible", `${among} proven to be this one`);
}

interface Signs {
  readonly endpoint: boolean;
  readonly shoot: boolean;
  /** Its machines are others than the nodes here. */
  readonly contradicted: boolean;
}

function proofOf(matched: number, { endpoint, shoot, contradicted }: Signs): Proof | undefined {
  if (matched > 0) return { by: "machines", matched };
  if (contradicted) return undefined;
  if (shoot) return { by: "shoot-info" };
  return endpoint ? { by: "endpoint" } : undefined;
}

function onlyOne(candidates: readonly Candidate[], matched: ReadonlyMap<string, unknown>): Candidate | undefined {
  const [key, ...others] = matched.keys();
  if (key === undefined || others.length > 0) return undefined;
  return candidates.find(({ at }) => `${at.namespace}/${at.name}` === key);
}

async function nodeIds({ fact }: ManagementContext): Promise<ReadonlySet<string>> {
  const nodes = await fact("kube/nodes");
  const list = nodes.status === "collected" ? nodes.value.nodes : [];
  return new Set(list.flatMap(({ providerRef }) => providerRef ?? []));
}

interface ShootInfo {
  readonly name: string;
  readonly project: string;
  readonly domain: string;
}

/** Of the cluster itself: Gardener leaves it in every Shoot, and the platform probe reads it with the same right. */
async function shootInfo(cluster: ClusterReader): Promise<ShootInfo | undefined> {
  const reading = await readConfigMap(cluster, "shoot-info");
  if (!reading.ok) return undefined;
  const [name, project, domain] = ["shootName", "projectName", "domain"].map((key) =>
    textAt(reading.value, "data", key),
  );
  return name === undefined || project === undefined || domain === undefined ? undefined : { name, project, domain };
}

/** Project namespaces are called `garden-PROJECT` unless somebody chose another name: the domain is what cannot be shared. */
function sameShoot({ at, domain }: Candidate, shoot: ShootInfo): boolean {
  return at.name === shoot.name && domain === shoot.domain && isUniqueHost(shoot.domain);
}
