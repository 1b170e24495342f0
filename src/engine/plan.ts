/** What a run will look at: facts, requests and rights, before the first byte is sent. */
import type { Makes } from "../model/acting.ts";
import { type ActingPlace, distinctRights, rightsOf } from "../model/acting-rights.ts";
import type { Asks } from "../model/asking.ts";
import type { AnyCheck } from "../model/check.ts";
import { type ProbedFactId, probedFactIds } from "../model/facts/index.ts";
import type { AnyProbe, Right } from "../model/probe.ts";
import { type FurtherView, firstLooks, type View } from "../model/views.ts";
import { type Tier, tiers } from "../model/vocabulary.ts";
import type { RequirementInForce } from "./requirements.ts";

export interface PlannedProbe {
  readonly id: ProbedFactId;
  readonly title: string;
  readonly view: View;
  /** Whether the run has that view. */
  readonly given: boolean;
  readonly tier: Tier;
  /** Within the run's tier. */
  readonly allowed: boolean;
  readonly requests: number;
  readonly rights: readonly Right[];
  readonly asks?: Asks;
  readonly makes?: Makes;
  /** Requirements whose check looks at this fact. */
  readonly requirements: readonly string[];
}

export interface Plan {
  readonly tier: Tier;
  readonly probes: readonly PlannedProbe[];
  readonly requests: number;
  /** On the cluster itself. */
  readonly rights: readonly Right[];
  /** On what further views look at, of those that are given. */
  readonly furtherRights: { readonly [V in FurtherView]?: readonly Right[] };
  /** Requirements that only a declaration can settle. */
  readonly questions: readonly string[];
}

export type ActingProbe = PlannedProbe & { readonly makes: Makes };

/** Those of the run that make anything. */
export function actingProbes({ probes }: Plan): readonly ActingProbe[] {
  return probes.filter((probe): probe is ActingProbe => probe.allowed && probe.given && probe.makes !== undefined);
}

/** Facts every run looks at, whatever was selected: they name the cluster in the report. */
const always: readonly ProbedFactId[] = ["kube/version", "kube/identity", "kube/platform"];

export interface RunLimits {
  readonly tier: Tier;
  /** Views that the run has beside the cluster's own API. */
  readonly given: readonly FurtherView[];
  /** Where acting probes act; by default in namespaces of their own. */
  readonly place?: ActingPlace | undefined;
}

export function planRun(
  selected: readonly RequirementInForce[],
  checks: readonly AnyCheck[],
  probes: readonly AnyProbe[],
  { tier, given, place }: RunLimits,
): Plan {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const wantedBy = new Map<ProbedFactId, Set<string>>(
    [...always, ...given.flatMap((view) => firstLooks[view] ?? [])].map((id) => [id, new Set()]),
  );
  for (const { id, requirement } of selected) {
    const check = requirement.check === undefined ? undefined : byId.get(requirement.check);
    for (const fact of check ? probedFactsOf(check) : []) {
      wantedBy.set(fact, (wantedBy.get(fact) ?? new Set()).add(id));
    }
  }
  const wanted = closure([...wantedBy.keys()], probes);
  const planned = probes
    .filter((probe) => wanted.has(probe.id))
    .map((probe) => ({
      id: probe.id,
      title: probe.title,
      view: probe.view ?? ("cluster" as const),
      given: probe.view === undefined || given.includes(probe.view),
      tier: probe.tier,
      allowed: tiers.indexOf(probe.tier) <= tiers.indexOf(tier),
      requests: probe.requests,
      rights: rightsOf(probe, place),
      ...(probe.asks === undefined ? {} : { asks: probe.asks }),
      ...(probe.makes === undefined ? {} : { makes: probe.makes }),
      requirements: [...(wantedBy.get(probe.id) ?? [])].sort(),
    }));
  const running = planned.filter((probe) => probe.allowed && probe.given);
  const rightsOn = (view: View) =>
    distinctRights(running.filter((probe) => probe.view === view).flatMap(({ rights }) => rights));
  return {
    tier,
    probes: planned,
    requests: running.reduce((sum, probe) => sum + probe.requests, 0),
    rights: rightsOn("cluster"),
    furtherRights: Object.fromEntries(given.map((view) => [view, rightsOn(view)])),
    questions: selected.filter(({ requirement }) => requirement.check === undefined).map(({ id }) => id),
  };
}

function probedFactsOf({ needs }: AnyCheck): readonly ProbedFactId[] {
  const ids: readonly string[] = [...(needs.all ?? []), ...(needs.oneOf ?? []).flat(), ...(needs.uses ?? [])];
  return probedFactIds.filter((id) => ids.includes(id));
}

/** What is wanted and all that it builds on. */
function closure(wanted: readonly ProbedFactId[], probes: readonly AnyProbe[]): ReadonlySet<ProbedFactId> {
  const all = new Set<ProbedFactId>();
  const add = (id: ProbedFactId): void => {
    if (all.has(id)) return;
    all.add(id);
    for (const before of probes.find((probe) => probe.id === id)?.after ?? []) add(before);
  };
  wanted.forEach(add);
  return all;
}
