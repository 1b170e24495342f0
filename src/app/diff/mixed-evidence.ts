/** Evidence with some of its parts out of one run and some out of another, to see which part makes the difference. */
import type { Cause } from "../../model/comparison.ts";
import { digestOf } from "../../model/digest.ts";
import type { Evidence, Gathering, Inputs, StoredFact } from "../../model/evidence.ts";
import { factDigest } from "../../model/fact-digest.ts";
import type { Json } from "../../model/json.ts";
import type { Instant } from "../../model/vocabulary.ts";

/** The parts of what is judged; the tool is what judges. */
export type Part = Exclude<Cause, "tool">;
export const parts: readonly Part[] = ["cluster", "rule", "data", "input", "flake"];

export interface Side {
  readonly evidence: Evidence;
  readonly asOf: Instant;
}

/**
 * Facts that one run has and the other lost to a timeout or an overloaded server (408, 429, 5xx), as its log of requests
 * shows; the other way round as well.
 */
export function flakyFacts(before: Gathering, after: Gathering): ReadonlySet<string> {
  const ids = [...new Set([...Object.keys(before.items), ...Object.keys(after.items)])];
  return new Set(ids.filter((id) => lost(id, before, after) || lost(id, after, before)));
}

function lost(id: string, had: Gathering, { items, requests }: Gathering): boolean {
  const fact = items[id];
  if (had.items[id]?.status !== "collected" || fact?.status !== "unavailable") return false;
  if (fact.reason !== "timeout" && fact.reason !== "server-error") return false;
  return requests.some(({ status }) => status === 0 || status === 408 || status === 429 || status >= 500);
}

/** The parts that differ at all. */
export function differingParts(before: Side, after: Side): readonly Part[] {
  const flaky = flakyFacts(before.evidence.facts.gathering, after.evidence.facts.gathering);
  const facts = differingFacts(before.evidence, after.evidence);
  const [a, b] = [before.evidence.inputs, after.evidence.inputs];
  const differs: { readonly [P in Part]: boolean } = {
    cluster: facts.some((id) => !flaky.has(id)),
    flake: flaky.size > 0,
    rule: before.asOf !== after.asOf || a.scope.sha256 !== b.scope.sha256 || a.scope.version !== b.scope.version,
    data: a.kubernetesReleases.sha256 !== b.kubernetesReleases.sha256,
    input: differingInputs(a, b).length > 0 || reductionText(before) !== reductionText(after),
  };
  return parts.filter((part) => differs[part]);
}

const reductionText = ({ evidence }: Side): string => JSON.stringify(evidence.facts.gathering.reduced?.leftOut ?? []);

/** Ids of facts whose value, or reason for having none, is another. */
export function differingFacts({ facts: a }: Evidence, { facts: b }: Evidence): readonly string[] {
  const [before, after] = [a.gathering, b.gathering];
  const ids = [...new Set([...Object.keys(before.items), ...Object.keys(after.items)])].sort();
  return ids.filter((id) => contentOf(id, before) !== contentOf(id, after));
}

/** What was left out is known by its digest. */
function contentOf(id: string, { items, reduced }: Gathering): string {
  const fact = items[id];
  return (fact ? factDigest(id, fact) : reduced?.leftOut.find((left) => left.id === id))?.sha256 ?? "";
}

/** Facts that one of both files no longer holds: that is nothing that the cluster did. */
function withheld(before: Gathering, after: Gathering): ReadonlySet<string> {
  return new Set([before, after].flatMap(({ reduced }) => (reduced?.leftOut ?? []).map(({ id }) => id)));
}

const inputNames = {
  subject: "subject",
  selection: "selection",
  includeProposed: "whether proposals are judged",
  declarationFiles: "declarations",
  waivers: "waivers",
  conformanceResults: "conformance results",
  networkPolicyResults: "NetworkPolicy results",
  suitesWithoutResults: "runs of the e2e suite without results",
  nodeConfiguration: "given configurations of nodes",
} as const satisfies { readonly [K in keyof Omit<Inputs, "scope" | "kubernetesReleases">]-?: string };

/** Names of the inputs that differ. */
export function differingInputs(before: Inputs, after: Inputs): readonly string[] {
  const keys = Object.keys(inputNames) as (keyof typeof inputNames)[];
  const digest = (inputs: Inputs, key: keyof typeof inputNames) => digestOf((inputs[key] ?? null) as Json);
  return keys.filter((key) => digest(before, key) !== digest(after, key)).map((key) => inputNames[key]);
}

/** `before` with the named parts out of `after`. When it was looked belongs to the day that is judged: else facts would age. */
export function mixed(before: Side, after: Side, taken: ReadonlySet<Part>): Side {
  const side = (part: Part): Side => (taken.has(part) ? after : before);
  const [old, fresh] = [before.evidence.facts.gathering, after.evidence.facts.gathering];
  const flaky = flakyFacts(old, fresh);
  const kept = withheld(old, fresh);
  const items: Record<string, StoredFact> = {};
  for (const id of new Set([...Object.keys(old.items), ...Object.keys(fresh.items)])) {
    const fact = side(kept.has(id) ? "input" : flaky.has(id) ? "flake" : "cluster").evidence.facts.gathering.items[id];
    if (fact) items[id] = fact;
  }
  const { reduced: _, ...gathering } = side("cluster").evidence.facts.gathering;
  const { reduced } = side("input").evidence.facts.gathering;
  const { checkedAt } = side("rule").evidence.facts.gathering;
  return {
    asOf: side("rule").asOf,
    evidence: {
      schemaVersion: 1,
      facts: {
        sha256: side("cluster").evidence.facts.sha256,
        gathering: { ...gathering, ...(reduced ? { reduced } : {}), checkedAt, items },
      },
      inputs: {
        ...side("input").evidence.inputs,
        scope: side("rule").evidence.inputs.scope,
        kubernetesReleases: side("data").evidence.inputs.kubernetesReleases,
      },
    },
  };
}
