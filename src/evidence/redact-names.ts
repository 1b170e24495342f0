/** Evidence without the names of the subject's machines: commitments stand in their place, equal where the names were equal. */
import type { Commitments, Opening } from "../model/commitment.ts";
import { commitmentOf } from "../model/commitment.ts";
import { digestOf } from "../model/digest.ts";
import type { Gathering, Inputs, StoredFact } from "../model/evidence.ts";
import type { FactId } from "../model/facts/index.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import type { Committer } from "./committer.ts";
import { type NamedPlace, namedPlaces, type Place, podKind } from "./named-places.ts";
import { unnamedPath } from "./unnamed-path.ts";
import { textOfGathered } from "./written.ts";

export interface Redacted {
  readonly gathering: Gathering;
  readonly inputs: Inputs;
  /** Of the commitments that stand in there, and no others. */
  readonly openings: readonly Opening[];
}

/** Shapes stay as they are; the log of requests names no object any more. */
export function redactNames(gathering: Gathering, inputs: Inputs, committer: Committer): Redacted {
  const placed = Object.entries(gathering.items).map(([id, fact]) => [id, inPlaces(id, fact, committer)] as const);
  const given = inputs.nodeConfiguration;
  const nodes = given && replaced(given.value, namedPlaces["input/node-configuration"] ?? [], committer);
  // only now all names are known that prose may hold
  const tokens = new Map(committer.openings().map(({ name, token }) => [name, token]));
  const items: { [id: string]: StoredFact } = {};
  for (const [id, fact] of placed) items[id] = inProse(fact, tokens);
  const requests = gathering.requests.map((request) =>
    request.view === "cloud" ? request : { ...request, path: unnamedPath(request.path) },
  );
  const bare: Gathering = { ...gathering, requests, items };
  const kept = {
    ...inputs,
    ...(given && nodes !== undefined ? { nodeConfiguration: { ...given, value: nodes, sha256: digestOf(nodes) } } : {}),
  };
  const there = tokensIn([bare.items, kept.nodeConfiguration ?? null]);
  const openings = committer.openings().filter(({ token }) => there.has(token));
  const commitments: Commitments = {};
  for (const opening of openings) commitments[opening.token] = commitmentOf(opening);
  return { gathering: { ...bare, redaction: { names: commitments } }, inputs: kept, openings };
}

/** Everything in the values that looks like a token. */
export function tokensIn(values: readonly unknown[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const value of values) {
    for (const part of textOfGathered(value)) {
      const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("utf8");
      for (const [token] of text.matchAll(/[a-z]+(?:-[a-z]+)*-[0-9a-f]{16}(?![0-9a-f])/g)) {
        found.add(token);
        // in `etcd-node-0011223344556677` the token begins later
        for (let at = token.indexOf("-"); at !== -1; at = token.indexOf("-", at + 1)) found.add(token.slice(at + 1));
      }
    }
  }
  return found;
}

function inPlaces(id: string, fact: StoredFact, committer: Committer): StoredFact {
  const places = namedPlaces[id as FactId];
  if (!places || fact.status !== "collected") return fact;
  return sealed(fact, replaced(fact.value, places, committer));
}

function sealed(fact: Extract<StoredFact, { status: "collected" }>, value: Json): StoredFact {
  return value === fact.value ? fact : { ...fact, value, sha256: digestOf(value) };
}

function replaced(value: unknown, places: readonly NamedPlace[], committer: Committer): Json {
  return places.reduce((left: Json, { place, kind }) => {
    const name = (text: string, owner: JsonObject) =>
      kind === podKind ? podName(text, owner, committer) : committer.commit(kind, text);
    return replacedAt(left, place, name, {});
  }, value as Json);
}

function replacedAt(
  value: Json,
  [step, ...rest]: Place,
  name: (text: string, owner: JsonObject) => string,
  owner: JsonObject,
): Json {
  if (step === undefined) return typeof value === "string" && value !== "" ? name(value, owner) : value;
  if (step === "[]") return Array.isArray(value) ? value.map((item) => replacedAt(item, rest, name, owner)) : value;
  if (!isJsonObject(value) || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: replacedAt(value[step] as Json, rest, name, value) };
}

/** A mirror pod is called after its component and its node, and stays so. */
function podName(text: string, { component, node }: JsonObject, committer: Committer): string {
  const mirror = typeof node === "string" && text === `${String(component)}-${node}`;
  return mirror ? `${String(component)}-${committer.commit("node", node)}` : committer.commit(podKind, text);
}

/** Words of sentences, in messages and signs, that are names. */
function inProse(fact: StoredFact, tokens: ReadonlyMap<string, string>): StoredFact {
  if (fact.status === "unavailable")
    return { ...fact, message: words(fact.message, tokens), resolve: words(fact.resolve, tokens) };
  return sealed(fact, proseOf(fact.value as Json, tokens));
}

function proseOf(value: Json, tokens: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return /\s/.test(value) ? words(value, tokens) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => proseOf(item, tokens));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, proseOf(item as Json, tokens)] as const);
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value;
}

/** The place after the next dash: pods and leases carry names of nodes at their end. */
function next(word: string, at: number): number {
  const dash = word.indexOf("-", at);
  return dash === -1 ? -1 : dash + 1;
}

function words(text: string, tokens: ReadonlyMap<string, string>): string {
  return text.replace(/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/g, (word) => {
    for (let at = 0; at !== -1; at = next(word, at)) {
      const token = tokens.get(word.slice(at));
      if (token !== undefined) return word.slice(0, at) + token;
    }
    return word;
  });
}
