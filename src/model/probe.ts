/** Probes: the only code that asks a cluster, or what stands behind it; each writes down one fact. */
import type { ClusterActor, Makes } from "./acting.ts";
import type { Asks, ClusterAsker } from "./asking.ts";
import type { CloudReader } from "./cloud.ts";
import type { ClusterReader } from "./cluster.ts";
import type { Fact, Reading } from "./fact.ts";
import type { CloudFactId, FactValues, ManagementFactId, ProbedFactId } from "./facts/index.ts";
import type { ListenerReader } from "./listeners.ts";
import type { FurtherView } from "./views.ts";
import type { Tier, UnavailableReason } from "./vocabulary.ts";

/** A right that a probe needs, as RBAC grants it. */
export type Right =
  | {
      readonly kind: "resource";
      readonly verb: "get" | "list" | "watch" | "create" | "patch" | "delete" | "impersonate" | "bind";
      /** API group, "" for the core group. */
      readonly group: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
      /** In the run's own namespaces: of one that the caller named, or of any, as nobody knows before what they are called. */
      readonly own?: true;
    }
  | { readonly kind: "path"; readonly verb: "get"; readonly path: string };

/** Replaces what must not be kept by a keyed digest: equal values stay equal, the value is gone. */
export interface Redactor {
  /** `address-1f0c9a2b`, `provider-1f0c9a2b`: a kind and 64 bits of HMAC-SHA256 under a salt that only the owner knows. */
  pseudonym(kind: string, value: string): string;
  /** What stands behind a pseudonym of the kind `provider`: to ask another view with it in this run, never to keep. */
  original(pseudonym: string): string | undefined;
}

/** An object's place in its cluster. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

export interface ProbeContext {
  readonly cluster: ClusterReader;
  /** For what a probe says that it `asks`, at tier `dry-run` and above; to ask anything else is a defect. */
  readonly ask: ClusterAsker;
  /** For probes of tier `active` and above; to act below it is a defect. */
  readonly act: ClusterActor;
  /** For probes of tier `system`; to reach for it below is a defect. */
  readonly listeners: ListenerReader;
  /** Undefined when the caller gave no such view. */
  readonly management: ClusterReader | undefined;
  /** The Cluster, control plane or Shoot that the caller named as the one looked at. */
  readonly managed: ObjectName | undefined;
  readonly cloud: CloudReader | undefined;
  readonly redactor: Redactor;
  /** A fact that another probe has written in this run; waits for it. Only facts of `after` may be asked for. */
  fact<Id extends ProbedFactId>(id: Id): Promise<Fact<FactValues[Id]>>;
}

/** What a probe of the management view gets. */
export type ManagementContext = ProbeContext & { readonly management: ClusterReader };

/** The view that a fact's probe looks from, and the context it gets: a further view is there, or the probe is not run. */
type Looks<Id extends ProbedFactId> = Id extends ManagementFactId
  ? { readonly view: "management"; readonly context: ManagementContext }
  : Id extends CloudFactId
    ? { readonly view: "cloud"; readonly context: ProbeContext & { readonly cloud: CloudReader } }
    : { readonly view: undefined; readonly context: ProbeContext };

interface Asking<Id extends ProbedFactId> {
  readonly id: Id;
  /** What is asked, a noun phrase: `all nodes`. */
  readonly title: string;
  readonly tier: Tier;
  readonly rights: readonly Right[];
  /** What it asks an API server that stores nothing of it, for tiers `dry-run` and above. */
  readonly asks?: Asks;
  /** What it makes, for tiers `active` and above: the rights to make and unmake namespaces come by themselves. */
  readonly makes?: Makes;
  /** Requests it makes on a small cluster, for the plan. */
  readonly requests: number;
  /** Facts it builds on. */
  readonly after?: readonly ProbedFactId[];
  /** What would resolve a reason, where the fact knows better than the general words; completes "n need ...". */
  readonly resolve?: { readonly [R in UnavailableReason]?: string };
  collect(context: Looks<Id>["context"]): Promise<Reading<FactValues[Id]>>;
}

/** `view` is absent for probes of the cluster itself. */
export type Probe<Id extends ProbedFactId = ProbedFactId> = Asking<Id> &
  (Looks<Id>["view"] extends FurtherView ? { readonly view: Looks<Id>["view"] } : { readonly view?: undefined });

/** A probe of any fact, as the gatherer runs it. */
export type AnyProbe = { [Id in ProbedFactId]: Probe<Id> }[ProbedFactId];

export function defineProbe<const Id extends ProbedFactId>(probe: Probe<Id>): Probe<Id> {
  return probe;
}
