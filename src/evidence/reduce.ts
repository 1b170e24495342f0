/** A part of evidence that can be judged by itself and says what it is a part of. */
import type { Commitments } from "../model/commitment.ts";
import type { Gathering, Inputs, Reduced, StoredFact } from "../model/evidence.ts";
import { factDigest } from "../model/fact-digest.ts";
import { tokensIn } from "./redact-names.ts";
import { type SealedEvidence, sealEvidence } from "./seal.ts";
import { unnamedPath } from "./unnamed-path.ts";

/** Given results that are facts to judging, by the name that checks know them by. */
const givenFacts = {
  "input/conformance-results": "conformanceResults",
  "input/network-policy-results": "networkPolicyResults",
  "input/node-configuration": "nodeConfiguration",
} as const;

/**
 * The same evidence with no other facts than `kept`. Values and digests of those stay byte for byte; the log of requests keeps
 * what was asked for without names, since names may be those of what was left out.
 */
export function reduceEvidence({ evidence, sha256 }: SealedEvidence, kept: ReadonlySet<string>): SealedEvidence {
  const { gathering, sha256: facts } = evidence.facts;
  const items: { [id: string]: StoredFact } = {};
  const leftOut = [...(gathering.reduced?.leftOut ?? [])];
  for (const [id, fact] of Object.entries(gathering.items)) {
    if (kept.has(id)) items[id] = fact;
    else leftOut.push(factDigest(id, fact));
  }
  const given = keptInputs(evidence.inputs, kept);
  leftOut.push(...given.leftOut);
  leftOut.sort((a, b) => (a.id < b.id ? -1 : 1));
  const reduced: Reduced = { for: "review", evidence: sha256, facts, leftOut };
  const redaction = gathering.redaction && {
    redaction: { names: stillThere(gathering.redaction.names, [items, given.inputs.nodeConfiguration ?? null]) },
  };
  const requests = unnamed(gathering.requests);
  return sealEvidence({ ...gathering, requests, reduced, ...redaction, items }, given.inputs);
}

/** Commitments to names that are left out go with them. */
function stillThere(names: Commitments, values: readonly unknown[]): Commitments {
  const there = tokensIn(values);
  return Object.fromEntries(Object.entries(names).filter(([token]) => there.has(token)));
}

const unnamed = (requests: Gathering["requests"]): Gathering["requests"] =>
  requests.map((request) => (request.view === "cloud" ? request : { ...request, path: unnamedPath(request.path) }));

function keptInputs(inputs: Inputs, kept: ReadonlySet<string>): { inputs: Inputs; leftOut: Reduced["leftOut"] } {
  const { conformanceResults, networkPolicyResults, nodeConfiguration, ...rest } = inputs;
  const given = { conformanceResults, networkPolicyResults, nodeConfiguration };
  // results of both kinds of specs may stand in one
  const counts = (id: keyof typeof givenFacts): boolean =>
    kept.has(id) || (id === "input/conformance-results" && kept.has("input/network-policy-results"));
  let left: Inputs = rest;
  const leftOut: Reduced["leftOut"] = [];
  for (const id of Object.keys(givenFacts) as (keyof typeof givenFacts)[]) {
    const input = given[givenFacts[id]];
    if (input === undefined) continue;
    if (counts(id)) left = { ...left, [givenFacts[id]]: input };
    else leftOut.push({ id, status: "collected", sha256: input.sha256 });
  }
  return { inputs: left, leftOut };
}
