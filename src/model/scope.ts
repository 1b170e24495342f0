/** Scopes: certificate definitions. Parsed from upstream's own YAML plus a table of ours; plain data from here on. */
import type { JsonObject } from "./json.ts";
import type { CalendarDate, Lifetime, ScopeStatus } from "./vocabulary.ts";

/** A testcase as the scope and the compliance monitor know it. */
export interface Testcase {
  readonly id: string;
  readonly lifetime: Lifetime;
  readonly section: string | undefined;
  readonly description: string;
  readonly url: string | undefined;
  /** Requirements it stands for, `scs-0210-v2/patch-recency`: an explicit table of ours, empty for unknown testcases. */
  readonly requirements: readonly string[];
}

/** A module of a scope: one standard's version, and which testcases show it for which target. */
export interface ScopeModule {
  readonly id: string;
  readonly name: string;
  readonly url: string | undefined;
  /** Id of the standard, when we have it. */
  readonly standard: string | undefined;
  /** Testcase ids by target (`main`, `recommended`, `preview`). */
  readonly targets: { readonly [target: string]: readonly string[] };
  /** What the scope's version decides where the standard's text leaves a choice: parameters of the module's checks, by name. */
  readonly parameters?: JsonObject;
}

/** What a scope version includes during a span of days. */
export interface Membership {
  /** First day; absent: since ever. */
  readonly from: CalendarDate | undefined;
  /** First day on which it no longer holds. */
  readonly until: CalendarDate | undefined;
  readonly modules: readonly ScopeModule[];
}

export interface ScopeVersion {
  readonly version: string;
  readonly stabilizedAt: CalendarDate | undefined;
  readonly memberships: readonly Membership[];
}

export interface Scope {
  /** Short name, `scs-compatible-kaas`, or the file's base name. */
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  readonly url: string | undefined;
  readonly versions: readonly ScopeVersion[];
  /** Newest entry first or last as written; the newest not after a day rules that day. */
  readonly timeline: readonly {
    readonly date: CalendarDate;
    readonly versions: { readonly [v: string]: ScopeStatus };
  }[];
  readonly testcases: readonly Testcase[];
  /** May go to the compliance monitor. False for scopes of ours. */
  readonly submittable: boolean;
}
