/** Runs one probe: within the tier, once what it builds on is there, its own faults told from those of the cluster. */
import type { ClusterReader } from "../model/cluster.ts";
import { factIn, type StoredFact } from "../model/evidence.ts";
import type { Fact } from "../model/fact.ts";
import type { ClusterFactId, FactValues } from "../model/facts/index.ts";
import { Defect } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { AnyProbe, ProbeContext, Redactor } from "../model/probe.ts";
import { type Tier, tiers } from "../model/vocabulary.ts";
import { type StoredUnavailable, storedFact, storedUnavailable } from "./stored-fact.ts";

export interface ProbeSurroundings {
  readonly reader: ClusterReader;
  readonly redactor: Redactor;
  readonly tier: Tier;
  readonly now: () => Date;
  /** Set once nothing will answer: why. Probes that make requests then inherit it. */
  readonly silence: () => StoredUnavailable | undefined;
  /** The fact of a probe that was started. */
  readonly factOf: (id: ClusterFactId) => Promise<StoredFact> | undefined;
}

/** What the probe saw, or why it could not. Rejects with a Defect when the probe breaks a promise of ours. */
export async function runProbe(probe: AnyProbe, around: ProbeSurroundings): Promise<StoredFact> {
  const begun = around.now().getTime();
  const timing = () => {
    const at = around.now().getTime();
    return { at: instantAt(at), milliseconds: at - begun };
  };
  if (tiers.indexOf(probe.tier) > tiers.indexOf(around.tier)) {
    return storedUnavailable(probe, { reason: "tier-not-allowed", message: "" }, timing());
  }
  const silence = probe.requests > 0 ? around.silence() : undefined;
  if (silence) return storedUnavailable(probe, silence, timing());
  const reading = await collect(probe, around);
  return storedFact(probe, reading, timing());
}

async function collect(probe: AnyProbe, around: ProbeSurroundings) {
  try {
    return await probe.collect(contextOf(probe, around));
  } catch (error) {
    if (error instanceof Defect) throw error;
    throw new Defect(`the probe ${probe.id} failed`, { cause: error });
  }
}

function contextOf(probe: AnyProbe, { reader, redactor, factOf }: ProbeSurroundings): ProbeContext {
  return {
    cluster: reader,
    redactor,
    async fact<Id extends ClusterFactId>(id: Id): Promise<Fact<FactValues[Id]>> {
      const fact = probe.after?.includes(id) ? factOf(id) : undefined;
      if (!fact) throw new Defect(`the probe ${probe.id} asks for ${id}, which it does not name in \`after\``);
      return factIn(await fact) as Fact<FactValues[Id]>;
    },
  };
}
