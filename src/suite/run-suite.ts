/** One run of the upstream e2e suite in the cluster, from nothing to its files here. Clean-up is the caller's. */
import { setTimeout as pause } from "node:timers/promises";
import type { ClusterActor } from "../model/acting.ts";
import type { ClusterReader } from "../model/cluster.ts";
import { type ImageMapping, mappedImage, suiteRepositoryList } from "../model/conformance/image-map.ts";
import { type SuiteKind, suiteImageOf, suiteRecipes } from "../model/conformance/suite-kind.ts";
import { suiteLabel } from "../model/conformance/suite-objects.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import { fetchResults, type Named } from "./fetch.ts";
import { type Followed, type FollowOptions, followSuite } from "./follow.ts";
import { startSuite } from "./start.ts";
import { lookForSuites } from "./under-way.ts";

export interface SuiteRequest {
  readonly kind: SuiteKind;
  /** Instead of upstream's own for the server's version. */
  readonly image?: string | undefined;
  readonly registries: readonly ImageMapping[];
  readonly focus?: string | undefined;
}

export type Following = Pick<
  FollowOptions,
  "signal" | "onEvent" | "milliseconds" | "patienceMilliseconds" | "silenceMilliseconds"
>;

/** Where a run is, for whoever goes on with it. */
export interface SuitePlace {
  readonly namespace: string;
  readonly pod: string;
}

/**
 * Refuses to begin while somebody else's run is at work: the specs of both would fail over each other. A run of the
 * NetworkPolicy specs stays in its own namespaces and is in nobody's way.
 */
export async function beginSuite(
  cluster: ClusterReader,
  actor: ClusterActor,
  request: SuiteRequest,
): Promise<Reading<SuitePlace>> {
  const named = await nameCluster(cluster);
  if (!named.ok) return named;
  const image = request.image ?? suiteImageOf(named.value.gitVersion);
  if (image === undefined)
    return unread("malformed", "the server's version names no release of Kubernetes, so there is no image for it");
  const free = await isFree(cluster, request.kind);
  if (!free.ok) return free;
  const made = await actor.namespace({ labels: { [suiteLabel]: request.kind } });
  if (!made.ok) return made;
  const namespace = made.value;
  // whoever came at the same moment is seen now: the later one steps back
  const still = await isFree(cluster, request.kind, namespace);
  if (!still.ok) return still;
  const started = await startSuite(actor, {
    namespace,
    name: actor.name("suite"),
    image: mappedImage(image, request.registries),
    kind: request.kind,
    recipe: suiteRecipes[request.kind],
    focus: request.focus,
    repositories: suiteRepositoryList(request.registries),
  });
  return started.ok ? read({ namespace, pod: started.value.pod }) : started;
}

export interface Finished {
  readonly ran: Reading<Followed>;
  /** The suite has ended and its files are in the cluster still: hours of work, which clean-up would take away. */
  readonly unfetched?: true;
}

/** What a pause may mend. */
const passing: readonly string[] = ["timeout", "unreachable", "server-error"];
const mostTries = 10;

/** Until the suite has ended and its files lie in the folder. */
export async function finishSuite(
  cluster: ClusterReader,
  place: SuitePlace,
  folder: string,
  following: Following,
): Promise<Finished> {
  const pod = { namespace: place.namespace, name: place.pod };
  const ran = await followSuite({ cluster, pod, ...following });
  if (!ran.ok) return { ran };
  const { signal, milliseconds } = following;
  for (let tries = 1; ; tries += 1) {
    const fetched = await bring(cluster, pod, folder, ran.value.image);
    if (fetched.ok) return { ran };
    if (tries === mostTries || signal.aborted || !passing.includes(fetched.reason))
      return { ran: fetched, unfetched: true };
    following.onEvent({ kind: "silence", because: fetched.message });
    await pause(tries * milliseconds, undefined, { signal }).catch(() => undefined);
  }
}

async function bring(
  cluster: ClusterReader,
  pod: { readonly namespace: string; readonly name: string },
  folder: string,
  image: string | undefined,
): Promise<Reading<undefined>> {
  const named = await nameCluster(cluster);
  return named.ok ? fetchResults(cluster, pod, folder, { ...named.value, image }) : named;
}

async function isFree(cluster: ClusterReader, kind: SuiteKind, mine?: string): Promise<Reading<undefined>> {
  const others = await lookForSuites(cluster, mine);
  if (!others.ok) return others;
  const inTheWay = others.value.filter(({ harmless }) => kind === "full" || !harmless);
  if (inTheWay.length === 0) return read(undefined);
  return unread("not-given", `not started beside ${inTheWay.map(({ title }) => title).join(" and ")}`);
}

async function nameCluster(cluster: ClusterReader): Promise<Reading<Omit<Named, "image">>> {
  const version = await cluster.json("/version");
  if (!version.ok) return version;
  const system = await cluster.json("/api/v1/namespaces/kube-system");
  if (!system.ok) return system;
  const gitVersion = isJsonObject(version.value) ? version.value.gitVersion : undefined;
  const metadata = isJsonObject(system.value) ? system.value.metadata : undefined;
  const uid = isJsonObject(metadata) ? metadata.uid : undefined;
  if (typeof gitVersion !== "string" || typeof uid !== "string" || !/^[\w.-]{1,100}$/.test(uid)) {
    return unread("malformed", "the API server's answers name neither version nor cluster");
  }
  return read({ gitVersion, clusterUid: uid });
}
