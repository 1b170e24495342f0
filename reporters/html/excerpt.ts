/** Excerpts of the evidence beside what was made of it. */
import type { Evidence } from "../../src/model/evidence.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { jsonText } from "../../src/model/report-text.ts";
import { plain } from "../text/neutralise.ts";
import { html, type Markup } from "./template.ts";

const lines = 24;
const objects = 3;

/** The value of a fact, given or gathered; undefined when the evidence does not hold it. */
function factValue(evidence: Evidence, fact: string): Json | undefined {
  const { conformanceResults, networkPolicyResults } = evidence.inputs;
  if (fact === "input/conformance-results") return conformanceResults?.value;
  if (fact === "input/network-policy-results") return (networkPolicyResults ?? conformanceResults)?.value;
  if (fact === "input/node-configuration") return evidence.inputs.nodeConfiguration?.value;
  if (fact === "input/kubernetes-releases") return evidence.inputs.kubernetesReleases.value;
  const stored = evidence.facts.gathering.items[fact];
  return stored?.status === "collected" ? stored.value : undefined;
}

/** Folded excerpts of the facts a result rests on: the objects named by its findings, else the beginning. */
export function excerpts(evidence: Evidence | undefined, facts: readonly string[], names: readonly string[]): Markup {
  if (evidence === undefined) return html``;
  return html`${facts.map((fact) => {
    const value = factValue(evidence, fact);
    if (value === undefined) return html``;
    const found = named(value, new Set(names));
    const text = clipped(found.length === 0 ? value : found.length === 1 ? found[0] : found);
    return html`<details><summary>Evidence: ${fact}</summary><pre>${text}</pre></details>`;
  })}`;
}

/** The first objects anywhere in a value whose name, node or lease is one of the names. */
function named(value: Json, names: ReadonlySet<string>, found: Json[] = []): readonly Json[] {
  if (names.size === 0 || found.length === objects || typeof value !== "object" || value === null) return found;
  if (isJsonObject(value) && [value.name, value.node, value.lease].some((name) => isOneOf(name, names))) {
    found.push(value);
    return found;
  }
  for (const part of Array.isArray(value) ? value : Object.values(value)) named(part, names, found);
  return found;
}

const isOneOf = (name: unknown, names: ReadonlySet<string>): boolean => typeof name === "string" && names.has(name);

/** The first lines of a value's text, and how many there are beside them. Only what is shown is written: facts are large. */
function clipped(value: Json | undefined): string {
  const all = jsonText(beginning(value)).trimEnd().split("\n");
  const kept = all.slice(0, lines).map((line) => /^ */.exec(line)?.[0] + plain(line.trimStart()));
  const left = linesOf(value) - lines;
  return left <= 0 ? kept.join("\n") : `${kept.join("\n")}\n… ${left} more lines in evidence.json`;
}

/**
 * A value whose text begins with the same lines: each entry takes one at least. One line more than is shown, since the last
 * line shown tells by a comma or a bracket that something follows.
 */
function beginning(value: Json | undefined, room = { lines: lines + 1 }): Json {
  room.lines -= 1;
  if (typeof value !== "object" || value === null) return value ?? null;
  if (Array.isArray(value)) return whileRoom(value as readonly Json[], room, (item) => beginning(item, room));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(whileRoom(entries, room, ([key, part]) => [key, beginning(part, room)]));
}

function whileRoom<Part, Kept>(parts: readonly Part[], room: { readonly lines: number }, keep: (part: Part) => Kept) {
  const kept: Kept[] = [];
  for (const part of parts) {
    if (room.lines <= 0) break;
    kept.push(keep(part));
  }
  return kept;
}

/** Several results rest on the same large fact, and evidence never changes. */
const counted = new WeakMap<object, number>();

function linesOf(value: Json | undefined): number {
  if (typeof value !== "object" || value === null) return 1;
  const count = counted.get(value) ?? lineCount(value);
  counted.set(value, count);
  return count;
}

/** Lines that jsonText makes of a value: one for each entry, one more to close what is not empty. */
function lineCount(value: object): number {
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = parts.length === 0 ? 1 : 2;
  for (const part of parts) count += typeof part === "object" && part !== null ? lineCount(part) : 1;
  return count;
}
