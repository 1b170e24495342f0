/** Looks for runs of the upstream e2e suite on the cluster, ours and others'. Reads only. */

import type { ClusterReader } from "../model/cluster.ts";
import { suiteLabel } from "../model/conformance/suite-objects.ts";
import { homesIn, type NamespaceSigns, suitesUnderWay, type UnderWay } from "../model/conformance/suites-under-way.ts";
import { type Reading, read } from "../model/fact.ts";
import { parseInstant } from "../model/instant.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";

/** More homes than this are no homes but leftovers; the first ones tell enough. */
const mostHomes = 20;

/** Runs at work; for a run that has its namespace already, those that were there before it. Times are the API server's. */
export async function lookForSuites(cluster: ClusterReader, mine?: string): Promise<Reading<readonly UnderWay[]>> {
  let namespaces: NamespaceSigns[] = [];
  const listed = await cluster.list(
    "/api/v1/namespaces",
    { metadataOnly: true },
    (object) => {
      const signs = isJsonObject(object) && isJsonObject(object.metadata) ? signsOf(object.metadata) : undefined;
      if (signs !== undefined) namespaces.push(signs);
    },
    () => {
      namespaces = [];
    },
  );
  if (!listed.ok) return listed;
  const working = new Set<string>();
  for (const { name } of homesIn(namespaces).slice(0, mostHomes)) {
    const busy = await isAtWork(cluster, name);
    if (!busy.ok) return busy;
    if (busy.value) working.add(name);
  }
  const now = Date.parse(listed.value.serverTime ?? "");
  return read(suitesUnderWay(namespaces, { working, now: Number.isNaN(now) ? Date.now() : now, mine }));
}

function signsOf({ name, labels, creationTimestamp, deletionTimestamp }: JsonObject): NamespaceSigns | undefined {
  if (typeof name !== "string" || !/^[a-z0-9-]{1,63}$/.test(name)) return undefined;
  const given = isJsonObject(labels) ? labels : {};
  const text = (key: string) => (typeof given[key] === "string" ? given[key] : undefined);
  const kind = text(suiteLabel);
  const sonobuoy = name === "sonobuoy" || text("component") === "sonobuoy";
  return {
    name,
    createdAt: typeof creationTimestamp === "string" ? parseInstant(creationTimestamp) : undefined,
    going: deletionTimestamp !== undefined,
    home: kind !== undefined ? "ours" : sonobuoy ? "Sonobuoy" : name === "conformance" ? "Hydrophone" : undefined,
    kind,
    suiteRun: text("e2e-run"),
  };
}

/** Whether a container of upstream's image runs in the namespace or waits to; images are named by whoever mirrors them. */
async function isAtWork(cluster: ClusterReader, namespace: string): Promise<Reading<boolean>> {
  let busy = false;
  const listed = await cluster.list(
    `/api/v1/namespaces/${namespace}/pods`,
    {},
    (pod) => {
      const status = isJsonObject(pod) && isJsonObject(pod.status) ? pod.status : {};
      if (status.phase !== "Pending" && status.phase !== "Running") return;
      const states = Array.isArray(status.containerStatuses) ? status.containerStatuses : [];
      const suites = states.filter((state) => isJsonObject(state) && !isKeeper(state));
      // before the first status there is only the promise of a container
      busy ||= states.length === 0 || suites.some((state) => isJsonObject(state) && !isEnded(state));
    },
    () => {
      busy = false;
    },
  );
  return listed.ok ? read(busy) : listed;
}

/** Containers that outlive the suite to keep its results: ours, Hydrophone's, Sonobuoy's aggregator and worker. */
const isKeeper = ({ name }: JsonObject): boolean =>
  typeof name === "string" && ["results", "output-container", "kube-sonobuoy", "sonobuoy-worker"].includes(name);

const isEnded = ({ state }: JsonObject): boolean => isJsonObject(state) && isJsonObject(state.terminated);
