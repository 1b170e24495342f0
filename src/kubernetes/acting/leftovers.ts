/** What runs left on a cluster: found by ledger and by label, told apart by what can be proven. */
import { millisecondsOf } from "../../model/instant.ts";
import type { Instant } from "../../model/vocabulary.ts";
import type { Channel } from "../channel.ts";
import { type Ledger, type LedgerStep, type Made, resumeLedger } from "./ledger.ts";
import { readLedgers, type StoredLedger } from "./ledger-file.ts";
import { listObjects } from "./list-objects.ts";
import { selectorOf } from "./marks.ts";
import { stateOf } from "./process-mark.ts";
import { type Marked, markedObject } from "./proof.ts";

/** What one run left, all of it proven to be that run's. */
export interface Leftover {
  readonly run: string;
  /** `dead`: may be removed. `running` and `recent` may not: another run is at work, or may be. */
  readonly state: "dead" | "running" | "recent";
  readonly expires: Instant;
  readonly paths: readonly string[];
  /** To unmake it by. */
  open(): Made & Partial<Pick<Ledger, "forget" | "close">>;
}

export interface Leftovers {
  readonly runs: readonly Leftover[];
  /** Bear our labels, and are not proven to be ours. */
  readonly foreign: readonly string[];
  /** Collections that could not be looked at. */
  readonly unseen: readonly string[];
}

export interface SearchOptions {
  readonly channel: Channel;
  readonly folder: string;
  readonly cluster: string;
  /** Also look in here. */
  readonly namespace: string | undefined;
  readonly now: Instant;
}

const clusterWide = [
  "/api/v1/namespaces",
  "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
  "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
  "/apis/rbac.authorization.k8s.io/v1/clusterroles",
  "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  "/apis/certificates.k8s.io/v1/certificatesigningrequests",
  "/apis/storage.k8s.io/v1/storageclasses",
];

const inNamespace = [
  "/api/v1/*/services",
  "/apis/apps/v1/*/deployments",
  "/apis/apps/v1/*/daemonsets",
  "/apis/apps/v1/*/statefulsets",
  "/apis/batch/v1/*/jobs",
  "/api/v1/*/pods",
  "/api/v1/*/persistentvolumeclaims",
  "/api/v1/*/configmaps",
  "/apis/networking.k8s.io/v1/*/networkpolicies",
  "/apis/networking.k8s.io/v1/*/ingresses",
  "/apis/rbac.authorization.k8s.io/v1/*/rolebindings",
  "/apis/rbac.authorization.k8s.io/v1/*/roles",
  "/api/v1/*/serviceaccounts",
];

export async function findLeftovers(options: SearchOptions): Promise<Leftovers> {
  const { channel, folder, cluster, namespace, now } = options;
  const ledgers = readLedgers(folder);
  const ledgerOf = (run: string) => ledgers.find(({ head }) => head.run === run);
  const inside = namespace === undefined ? [] : inNamespace.map((path) => path.replace("*", `namespaces/${namespace}`));
  const found: Marked[] = [];
  const unseen: string[] = [];
  const clocks = [now];
  for (const collection of [...clusterWide, ...inside]) {
    const listed = await listObjects(channel, collection, selectorOf(), (object) => {
      const marked = markedObject(object, collection, ledgerOf);
      if (marked !== undefined) found.push(marked);
    });
    if (listed.ok && listed.value.serverTime !== undefined) clocks.push(listed.value.serverTime);
    if (!listed.ok && listed.reason !== "not-served") unseen.push(collection);
  }
  // a clock that is ahead must not make another run's objects old
  const [earliest = now] = clocks.sort();
  const proven = found.filter(({ proof }) => proof !== undefined);
  const here = ledgers.filter(({ head }) => head.cluster === cluster || proven.some(({ run }) => run === head.run));
  const runs = [...new Set([...here.map(({ head }) => head.run), ...proven.map(({ run }) => run)])].sort();
  return {
    runs: runs.flatMap((run) => {
      const left = leftoverOf(run, ledgerOf(run), proven, earliest);
      return left === undefined ? [] : [left];
    }),
    foreign: found.filter(({ proof }) => proof === undefined).map(({ path }) => path),
    unseen,
  };
}

/** Runs of this machine that have ended without removing what they made, by their ledgers alone. */
export function deadRuns({
  folder,
  cluster,
  now,
}: Pick<SearchOptions, "folder" | "cluster" | "now">): readonly Leftover[] {
  return readLedgers(folder)
    .filter(({ head }) => head.cluster === cluster)
    .flatMap((ledger) => leftoverOf(ledger.head.run, ledger, [], now) ?? [])
    .filter(({ state }) => state === "dead");
}

function leftoverOf(
  run: string,
  ledger: StoredLedger | undefined,
  proven: readonly Marked[],
  now: Instant,
): Leftover | undefined {
  const own = proven.filter((marked) => marked.run === run);
  if (ledger !== undefined) {
    const { head, file, entries } = ledger;
    const paths = new Set([...ofLedger(entries), ...own.map(({ path }) => path)]);
    const process = stateOf(head.process);
    const over = process === "dead" || (process === "unknown" && isPast(head.expires, now));
    return {
      run,
      state: over ? "dead" : process === "running" ? "running" : "recent",
      expires: head.expires,
      paths: [...paths],
      open: () => resumeLedger(file, head, withFound(entries, own)),
    };
  }
  const expires = own
    .flatMap((marked) => marked.expires ?? [])
    .sort()
    .at(-1);
  if (expires === undefined) return undefined;
  return {
    run,
    state: isPast(expires, now) ? "dead" : "recent",
    expires,
    paths: own.map(({ path }) => path),
    open: () => madeOf(run, own),
  };
}

function ofLedger(entries: StoredLedger["entries"]): readonly string[] {
  return [...entries.values()].filter(({ step }) => step !== "gone").map(({ path }) => path);
}

function withFound(entries: StoredLedger["entries"], own: readonly Marked[]): ReadonlyMap<string, LedgerStep> {
  const made = own.map(({ path, uid }) => [path, { path, step: "made", uid }] as const);
  return new Map([...entries, ...made]);
}

/** Without a ledger nothing is noted: what is found is what there is. */
function madeOf(run: string, own: readonly Marked[]): Made {
  const entries = new Map(own.map(({ path, uid }): [string, LedgerStep] => [path, { path, step: "made", uid }]));
  const [first] = own.filter(({ path }) => /\/namespaces\/[^/]+\//.test(path));
  const namespace = first === undefined ? undefined : /\/namespaces\/([^/]+)\//.exec(first.path)?.[1];
  return {
    head: { run, ...(namespace === undefined ? {} : { namespace }) },
    entries,
    note(step) {
      entries.set(step.path, { ...entries.get(step.path), ...step });
      return true;
    },
  };
}

function isPast(instant: Instant, now: Instant): boolean {
  return millisecondsOf(instant) < millisecondsOf(now);
}
