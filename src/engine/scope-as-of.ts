/** What a scope says on a day: which version, in what status, including which modules and testcases. */
import { UsageError } from "../model/faults.ts";
import { dateOf } from "../model/instant.ts";
import type { Scope, ScopeModule, ScopeVersion, Testcase } from "../model/scope.ts";
import type { CalendarDate, Instant, ScopeStatus } from "../model/vocabulary.ts";

export interface ScopeAsOf {
  readonly scope: Scope;
  readonly version: string;
  readonly status: ScopeStatus;
  readonly modules: readonly ScopeModule[];
  /** Testcases of target `main` of the included modules, in the scope's order. */
  readonly mainTestcases: readonly Testcase[];
}

const preference: readonly ScopeStatus[] = ["effective", "warn", "draft"];

/** Picks the scope's version and membership for a day. Without a valid version that day it is the call that is wrong. */
export function scopeAsOf(scope: Scope, asOf: Instant, wanted?: string): ScopeAsOf {
  const date = dateOf(asOf);
  const statuses = statusesOn(scope, date);
  const version = wanted === undefined ? newestValid(scope, statuses, date) : named(scope, wanted);
  const status = statuses[version.version] ?? "deprecated";
  const membership = version.memberships.find(
    ({ from, until }) => (from === undefined || from <= date) && (until === undefined || date < until),
  );
  const modules = membership?.modules ?? [];
  const main = new Set(modules.flatMap((module) => module.targets.main ?? []));
  return {
    scope,
    version: version.version,
    status,
    modules,
    mainTestcases: scope.testcases.filter((testcase) => main.has(testcase.id)),
  };
}

/** The newest timeline entry not after the day rules; a version it does not list is deprecated. */
function statusesOn(scope: Scope, date: CalendarDate): { readonly [version: string]: ScopeStatus } {
  const past = scope.timeline.filter((entry) => entry.date <= date);
  return past.sort((a, b) => (a.date < b.date ? 1 : -1))[0]?.versions ?? {};
}

function newestValid(
  scope: Scope,
  statuses: { readonly [version: string]: ScopeStatus },
  date: CalendarDate,
): ScopeVersion {
  for (const status of preference) {
    const found = scope.versions.findLast((version) => statuses[version.version] === status);
    if (found) return found;
  }
  const first = scope.timeline.map((entry) => entry.date).sort()[0];
  throw new UsageError(
    `Scope ${scope.id} has no valid version on ${date}.`,
    first === undefined ? undefined : `Its timeline begins on ${first}; choose a later --as-of.`,
  );
}

function named(scope: Scope, wanted: string): ScopeVersion {
  const found = scope.versions.find((version) => version.version === wanted);
  if (found) return found;
  const known = scope.versions.map((version) => version.version).join(", ");
  throw new UsageError(`Scope ${scope.id} has no version ${wanted}.`, `It has: ${known}.`);
}
