/** The facts as one requirement sees them: gathered ones, and given ones as far as they still count. */
import type { Evidence, StoredFact } from "../model/evidence.ts";
import type { Fact, Unavailable } from "../model/fact.ts";
import type { FactId } from "../model/facts/index.ts";
import { expiryOf } from "../model/instant.ts";
import type { Instant, Lifetime } from "../model/vocabulary.ts";

export interface FactView {
  get(id: FactId): Fact<unknown>;
}

/** A view for results of one lifetime: conformance results older than that are `expired`. */
export function factView(evidence: Evidence, asOf: Instant, lifetime: Lifetime): FactView {
  const { gathering } = evidence.facts;
  return {
    get(id) {
      switch (id) {
        case "input/conformance-results":
          return conformanceResults(evidence, asOf, lifetime);
        case "input/kubernetes-releases": {
          const { at, value } = evidence.inputs.kubernetesReleases;
          return { status: "collected", at, value };
        }
        default:
          return withoutTiming(gathering.items[id]) ?? notGathered(gathering.checkedAt);
      }
    },
  };
}

function conformanceResults(evidence: Evidence, asOf: Instant, lifetime: Lifetime): Fact<unknown> {
  const given = evidence.inputs.conformanceResults;
  const at = evidence.facts.gathering.checkedAt;
  if (!given) {
    return unavailable(at, "not-given", "no conformance results were given", "`--conformance-results FILE`");
  }
  const expiry = expiryOf(given.at, lifetime);
  if (asOf >= expiry) {
    return unavailable(at, "expired", `the results given counted until ${expiry}`, "newer conformance results");
  }
  return { status: "collected", at: given.at, value: given.value };
}

function withoutTiming(stored: StoredFact | undefined): Fact<unknown> | undefined {
  if (!stored) return undefined;
  if (stored.status === "collected") return { status: "collected", at: stored.at, value: stored.value };
  const { status, at, reason, message, resolve } = stored;
  return { status, at, reason, message, resolve };
}

/** Evidence gathered for another selection does not hold this fact. */
function notGathered(at: Instant): Unavailable {
  return unavailable(at, "not-given", "the evidence does not hold this fact", "evidence gathered for this selection");
}

function unavailable(at: Instant, reason: Unavailable["reason"], message: string, resolve: string): Unavailable {
  return { status: "unavailable", at, reason, message, resolve };
}
