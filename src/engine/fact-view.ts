/** The facts as one requirement sees them: gathered ones, and given ones as far as they still count. */
import { type Evidence, factIn } from "../model/evidence.ts";
import type { Fact, Unavailable } from "../model/fact.ts";
import type { FactId, FactValues } from "../model/facts/index.ts";
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
        case "input/network-policy-results":
          return givenResults(id, evidence, asOf, lifetime);
        case "input/node-configuration":
          return givenNodes(evidence, asOf, lifetime);
        case "input/kubernetes-releases": {
          const { at, value } = evidence.inputs.kubernetesReleases;
          return { status: "collected", at, value };
        }
        default: {
          const stored = gathering.items[id];
          return stored ? factIn(stored) : notGathered(gathering.checkedAt);
        }
      }
    },
  };
}

type Results = FactValues["input/conformance-results"];
type ResultsId = "input/conformance-results" | "input/network-policy-results";

const resultKinds = {
  "input/conformance-results": {
    part: "conformance",
    kind: "full",
    specs: "conformance specs",
    resolve: "a run of the conformance specs in `--conformance-results FILE`",
  },
  "input/network-policy-results": {
    part: "networkPolicy",
    kind: "networkpolicy",
    specs: "NetworkPolicy specs",
    resolve: "a run of the NetworkPolicy specs in `--conformance-results FILE`",
  },
} as const;

/** A run about the other kind of specs is no attempt at this one: it is missing, not undecided. */
function givenResults(id: ResultsId, evidence: Evidence, asOf: Instant, lifetime: Lifetime): Fact<unknown> {
  const { conformanceResults, networkPolicyResults, subject } = evidence.inputs;
  const own = id === "input/network-policy-results" ? networkPolicyResults : undefined;
  const given = own ?? conformanceResults;
  const at = evidence.facts.gathering.checkedAt;
  const { part, kind, specs, resolve } = resultKinds[id];
  const tried = evidence.inputs.suitesWithoutResults?.find((run) => run.kind === kind);
  if (!given) {
    if (tried) return unavailable(tried.at, tried.reason, tried.message, resolve);
    return unavailable(at, "not-given", "no conformance results were given", "`--conformance-results FILE`");
  }
  const results = given.value as unknown as Results;
  const parts = Object.values(resultKinds).filter((kind) => results[kind.part] !== undefined);
  if (parts.length > 0 && results[part] === undefined) {
    if (tried) return unavailable(tried.at, tried.reason, tried.message, resolve);
    return unavailable(at, "not-given", `the results given are of other specs than the ${specs}`, resolve);
  }
  const expiry = expiryOf(given.at, lifetime);
  if (asOf >= expiry) {
    return unavailable(at, "expired", `the results given counted until ${expiry}`, "newer conformance results");
  }
  return { status: "collected", at: given.at, value: ofSubject(results, subject) };
}

function givenNodes(evidence: Evidence, asOf: Instant, lifetime: Lifetime): Fact<unknown> {
  const { nodeConfiguration: given } = evidence.inputs;
  const at = evidence.facts.gathering.checkedAt;
  const resolve = "a result of Sonobuoy with the nodes' configuration in `--conformance-results FILE`";
  if (!given) return unavailable(at, "not-given", "no result with configurations of nodes was given", resolve);
  const expiry = expiryOf(given.at, lifetime);
  if (asOf < expiry) return { status: "collected", at: given.at, value: given.value };
  return unavailable(at, "expired", `the configurations of nodes given counted until ${expiry}`, resolve);
}

/** What somebody stated of another subject says nothing of this one. */
function ofSubject(results: Results, subject: string): Results {
  const { statement, ...rest } = results;
  return statement?.subject === subject ? results : rest;
}

/** Evidence gathered for another selection does not hold this fact. */
function notGathered(at: Instant): Unavailable {
  return unavailable(at, "not-given", "the evidence does not hold this fact", "evidence gathered for this selection");
}

function unavailable(at: Instant, reason: Unavailable["reason"], message: string, resolve: string): Unavailable {
  return { status: "unavailable", at, reason, message, resolve };
}
