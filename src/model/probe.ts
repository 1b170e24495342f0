/** Probes: the only code that asks the cluster; each writes down one fact. */
import type { ClusterReader } from "./cluster.ts";
import type { Fact, Reading } from "./fact.ts";
import type { ClusterFactId, FactValues } from "./facts/index.ts";
import type { Tier, UnavailableReason } from "./vocabulary.ts";

/** A right that a probe needs, as RBAC grants it. */
export type Right =
  | {
      readonly kind: "resource";
      readonly verb: "get" | "list" | "watch" | "create";
      /** API group, "" for the core group. */
      readonly group: string;
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
    }
  | { readonly kind: "path"; readonly verb: "get"; readonly path: string };

/** Replaces what must not be kept by a keyed digest: equal values stay equal, the value is gone. */
export interface Redactor {
  /** `address-1f0c9a2b`, `provider-1f0c9a2b`: a kind and 64 bits of HMAC-SHA256 under a salt that only the owner knows. */
  pseudonym(kind: string, value: string): string;
}

export interface ProbeContext {
  readonly cluster: ClusterReader;
  readonly redactor: Redactor;
  /** A fact that another probe has written in this run; waits for it. Only facts of `after` may be asked for. */
  fact<Id extends ClusterFactId>(id: Id): Promise<Fact<FactValues[Id]>>;
}

export interface Probe<Id extends ClusterFactId = ClusterFactId> {
  readonly id: Id;
  /** What is asked, a noun phrase: `all nodes`. */
  readonly title: string;
  readonly tier: Tier;
  readonly rights: readonly Right[];
  /** Requests it makes on a small cluster, for the plan. */
  readonly requests: number;
  /** Facts it builds on. */
  readonly after?: readonly ClusterFactId[];
  /** What would resolve a reason, where the fact knows better than the general words; completes "n need ...". */
  readonly resolve?: { readonly [R in UnavailableReason]?: string };
  collect(context: ProbeContext): Promise<Reading<FactValues[Id]>>;
}

/** A probe of any fact, as the gatherer runs it. */
export type AnyProbe = { [Id in ClusterFactId]: Probe<Id> }[ClusterFactId];

export function defineProbe<const Id extends ClusterFactId>(probe: Probe<Id>): Probe<Id> {
  return probe;
}
