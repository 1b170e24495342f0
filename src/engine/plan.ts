/** What a run will look at: facts, requests and rights, before the first byte is sent. */
import type { AnyCheck } from "../model/check.ts";
import { type ClusterFactId, clusterFactIds } from "../model/facts/index.ts";
import type { AnyProbe, Right } from "../model/probe.ts";
import { type Tier, tiers } from "../model/vocabulary.ts";
import type { RequirementInForce } from "./requirements.ts";

export interface PlannedProbe {
  readonly id: ClusterFactId;
  readonly title: string;
  readonly tier: Tier;
  /** Within the run's tier. */
  readonly allowed: boolean;
  readonly requests: number;
  readonly rights: readonly Right[];
  /** Requirements whose check looks at this fact. */
  readonly requirements: readonly string[];
}

export interface Plan {
  readonly tier: Tier;
  readonly probes: readonly PlannedProbe[];
  readonly requests: number;
  readonly rights: readonly Right[];
  /** Requirements that only a declaration can settle. */
  readonly questions: readonly string[];
}

/** Facts every run looks at, whatever was selected: they name the cluster in the report. */
const always: readonly ClusterFactId[] = ["kube/version", "kube/identity", "kube/platform"];

export function planRun(
  selected: readonly RequirementInForce[],
  checks: readonly AnyCheck[],
  probes: readonly AnyProbe[],
  tier: Tier,
): Plan {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const wantedBy = new Map<ClusterFactId, Set<string>>(always.map((id) => [id, new Set()]));
  for (const { id, requirement } of selected) {
    const check = requirement.check === undefined ? undefined : byId.get(requirement.check);
    for (const fact of check ? clusterFactsOf(check) : []) {
      wantedBy.set(fact, (wantedBy.get(fact) ?? new Set()).add(id));
    }
  }
  const wanted = closure([...wantedBy.keys()], probes);
  const planned = probes
    .filter((probe) => wanted.has(probe.id))
    .map((probe) => ({
      id: probe.id,
      title: probe.title,
      tier: probe.tier,
      allowed: tiers.indexOf(probe.tier) <= tiers.indexOf(tier),
      requests: probe.requests,
      rights: probe.rights,
      requirements: [...(wantedBy.get(probe.id) ?? [])].sort(),
    }));
  const running = planned.filter((probe) => probe.allowed);
  return {
    tier,
    probes: planned,
    requests: running.reduce((sum, probe) => sum + probe.requests, 0),
    rights: distinct(running.flatMap((probe) => probe.rights)),
    questions: selected.filter(({ requirement }) => requirement.check === undefined).map(({ id }) => id),
  };
}

function clusterFactsOf({ needs }: AnyCheck): readonly ClusterFactId[] {
  const ids: readonly string[] = [...(needs.all ?? []), ...(needs.oneOf ?? []).flat(), ...(needs.uses ?? [])];
  return clusterFactIds.filter((id) => ids.includes(id));
}

/** What is wanted and all that it builds on. */
function closure(wanted: readonly ClusterFactId[], probes: readonly AnyProbe[]): ReadonlySet<ClusterFactId> {
  const all = new Set<ClusterFactId>();
  const add = (id: ClusterFactId): void => {
    if (all.has(id)) return;
    all.add(id);
    for (const before of probes.find((probe) => probe.id === id)?.after ?? []) add(before);
  };
  wanted.forEach(add);
  return all;
}

function distinct(rights: readonly Right[]): readonly Right[] {
  return [...new Map(rights.map((right) => [JSON.stringify(right), right])).values()];
}
