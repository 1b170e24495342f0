/** Runs one probe: within the tier, once what it builds on is there, its own faults told from those of the cluster. */
import type { ClusterActor } from "../model/acting.ts";
import type { AskOptions, Asks, ClusterAsker } from "../model/asking.ts";
import { factIn, type StoredFact } from "../model/evidence.ts";
import type { Fact, Reading } from "../model/fact.ts";
import type { FactValues, ProbedFactId } from "../model/facts/index.ts";
import { Defect } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { AnyProbe, ProbeContext, Redactor } from "../model/probe.ts";
import type { View } from "../model/views.ts";
import { type Tier, tiers } from "../model/vocabulary.ts";
import type { OpenViews } from "./open-views.ts";
import { type StoredUnavailable, storedFact, storedUnavailable } from "./stored-fact.ts";

export interface ProbeSurroundings {
  readonly views: OpenViews;
  readonly redactor: Redactor;
  readonly tier: Tier;
  readonly now: () => Date;
  /** Set once nothing of that view will answer: why. Probes that make requests then inherit it. */
  readonly silence: (view: View) => StoredUnavailable | undefined;
  /** The fact of a probe that was started. */
  readonly factOf: (id: ProbedFactId) => Promise<StoredFact> | undefined;
}

/** What the probe saw, or why it could not. Rejects with a Defect when the probe breaks a promise of ours. */
export async function runProbe(probe: AnyProbe, around: ProbeSurroundings): Promise<StoredFact> {
  const begun = around.now().getTime();
  const timing = () => {
    const at = around.now().getTime();
    return { at: instantAt(at), milliseconds: at - begun };
  };
  const reason = whyNotAsked(probe, around);
  if (reason !== undefined) return storedUnavailable(probe, { reason, message: "" }, timing());
  const silence = probe.requests > 0 ? around.silence(probe.view ?? "cluster") : undefined;
  if (silence) return storedUnavailable(probe, silence, timing());
  const reading = await collect(probe, around);
  return storedFact(probe, reading, timing());
}

/** Why the probe is not tried at all: the run does not go that far, or nobody gave the view it looks from. */
export function whyNotAsked(
  probe: AnyProbe,
  { tier, views }: Pick<ProbeSurroundings, "tier" | "views">,
): "tier-not-allowed" | "not-given" | undefined {
  if (tiers.indexOf(probe.tier) > tiers.indexOf(tier)) return "tier-not-allowed";
  return probe.view !== undefined && views[probe.view] === undefined ? "not-given" : undefined;
}

async function collect(probe: AnyProbe, around: ProbeSurroundings) {
  try {
    // runProbe has seen to it that the reader of the probe's view is there
    return await (probe.collect as (context: ProbeContext) => Promise<Reading<unknown>>)(contextOf(probe, around));
  } catch (error) {
    if (error instanceof Defect) throw error;
    throw new Defect(`the probe ${probe.id} failed`, { cause: error });
  }
}

function contextOf(probe: AnyProbe, { views, redactor, factOf }: ProbeSurroundings): ProbeContext {
  return {
    cluster: views.cluster.reader,
    get ask() {
      const { asker } = views.cluster;
      if (probe.tier !== "observe" && asker) return askerOf(probe, asker);
      throw new Defect(`the probe ${probe.id} of tier ${probe.tier} has nobody to ask what would be done`);
    },
    get act() {
      const { actor } = views.cluster;
      if (probe.makes !== undefined && actor) return actorOf(probe, actor);
      throw new Defect(`the probe ${probe.id} of tier ${probe.tier} has nobody to act for it`);
    },
    get listeners() {
      const { listeners } = views.cluster;
      if (probe.tier === "system" && listeners) return listeners;
      throw new Defect(`the probe ${probe.id} of tier ${probe.tier} has nobody to reach the ports of nodes`);
    },
    management: views.management?.reader,
    managed: views.management?.managed,
    cloud: views.cloud?.reader,
    redactor,
    async fact<Id extends ProbedFactId>(id: Id): Promise<Fact<FactValues[Id]>> {
      const fact = probe.after?.includes(id) ? factOf(id) : undefined;
      if (!fact) throw new Defect(`the probe ${probe.id} asks for ${id}, which it does not name in \`after\``);
      return factIn(await fact) as Fact<FactValues[Id]>;
    },
  };
}

/** Plans tell what is asked: nothing else is. */
function askerOf({ id, asks = {} }: AnyProbe, asker: ClusterAsker): ClusterAsker {
  const only = (what: keyof Asks): void => {
    if (asks[what] === undefined) throw new Defect(`the probe ${id} does not name in \`asks\` what it asks: ${what}`);
  };
  const dryRun = ({ as }: AskOptions = {}): void => {
    only("dryRuns");
    if (as !== undefined) only("as");
  };
  return {
    create: (path, object, options) => {
      dryRun(options);
      return asker.create(path, object, options);
    },
    patch: (path, patch, options) => {
      dryRun(options);
      return asker.patch(path, patch, options);
    },
    review: (path, spec) => {
      only("reviews");
      return asker.review(path, spec);
    },
  };
}

/** Helpers that belong to no namespace are for tier system. */
function actorOf({ id, tier }: AnyProbe, actor: ClusterActor): ClusterActor {
  if (tier !== "active") return actor;
  return {
    ...actor,
    createClusterScoped: () => {
      throw new Defect(`the probe ${id} of tier active makes what belongs to no namespace`);
    },
  };
}
