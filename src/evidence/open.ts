/** Reads an evidence file that anyone may have written: size, JSON, schema, every fact's own schema, every digest. */
import type { TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { canonicalParts, type Parts } from "../model/canonical-json.ts";
import { sha256, sha256OfParts } from "../model/digest.ts";
import { Evidence } from "../model/evidence.ts";
import { factSchemas } from "../model/facts/index.ts";
import { type InputFault, UsageError } from "../model/faults.ts";
import type { Json } from "../model/json.ts";
import { newline, type SealedEvidence } from "./seal.ts";
import { keepText } from "./written.ts";

/** Largest file that is read, 256 MiB: about forty times a cluster of 5,000 nodes. */
export const maxEvidenceBytes = 256 * 1024 * 1024;

export interface OpenedEvidence extends SealedEvidence {
  /** Digests inside the file that do not fit what they stand for; empty when all hold. */
  readonly broken: readonly string[];
}

/** Parses and checks the shape; shapes that do not fit are UsageErrors, digests that do not fit are told. */
export function openEvidence(file: string, bytes: Uint8Array): OpenedEvidence {
  if (bytes.length > maxEvidenceBytes) throw new UsageError([{ file, message: "is larger than 256 MiB" }]);
  const value = parse(file, decode(file, bytes));
  const faults = shapeFaults(Evidence, value);
  if (faults.length > 0) throw refused(file, faults);
  const evidence = value as Evidence;
  const misfits = factFaults(evidence);
  if (misfits.length > 0) throw refused(file, misfits);
  return { evidence, parts: [bytes], sha256: sha256(bytes), broken: checkedDigests(file, evidence, bytes) };
}

/** Lone surrogates have no canonical form, nor what is nested without end: such a file was never written by this suite. */
function checkedDigests(file: string, evidence: Evidence, bytes: Uint8Array): readonly string[] {
  try {
    return brokenDigests(evidence, bytes);
  } catch (error) {
    const deep = error instanceof RangeError;
    throw refused(file, [deep ? "is nested too deeply" : "holds text that is not valid Unicode"]);
  }
}

/** Fields of a value that do not fit a schema, as `path: what is wrong`; at most ten. */
export function shapeFaults(schema: TSchema, value: unknown): readonly string[] {
  const check = compiled(schema);
  if (check.Check(value)) return [];
  const faults: string[] = [];
  for (const error of check.Errors(value)) {
    faults.push(`${error.path === "" ? "the document" : error.path}: ${error.message.toLowerCase()}`);
    if (faults.length === 10) break;
  }
  return faults;
}

const cache = new WeakMap<TSchema, TypeCheck<TSchema>>();

function compiled(schema: TSchema): TypeCheck<TSchema> {
  const known = cache.get(schema);
  if (known) return known;
  const fresh = TypeCompiler.Compile(schema);
  cache.set(schema, fresh);
  return fresh;
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError([{ file, message: "is not UTF-8" }]);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError([{ file, message: `is not JSON: ${error instanceof Error ? error.message : "unreadable"}` }]);
  }
}

function refused(file: string, faults: readonly string[]): UsageError {
  const list: readonly InputFault[] = faults.map((message) => ({ file, message }));
  return new UsageError(list, "The file is not evidence of this suite, or was changed by hand.");
}

const schemaOf = (id: string): TSchema | undefined =>
  Object.hasOwn(factSchemas, id) ? factSchemas[id as keyof typeof factSchemas] : undefined;

/** A fact that this version does not know is refused: no check could have looked at it. */
function factFaults(evidence: Evidence): readonly string[] {
  const { items } = evidence.facts.gathering;
  const own = Object.entries(items).flatMap(([id, fact]) => {
    const schema = schemaOf(id);
    if (!schema) return [`/facts/gathering/items/${id}: is no fact that this version knows`];
    return fact.status === "collected" ? shapeFaults(schema, fact.value).map((fault) => `${id}${fault}`) : [];
  });
  const { conformanceResults, networkPolicyResults, nodeConfiguration, kubernetesReleases } = evidence.inputs;
  const results = [conformanceResults, networkPolicyResults].flatMap((given) => (given ? [given.value] : []));
  return [
    ...own,
    ...shapeFaults(factSchemas["input/kubernetes-releases"], kubernetesReleases.value),
    ...(nodeConfiguration ? shapeFaults(factSchemas["input/node-configuration"], nodeConfiguration.value) : []),
    ...results.flatMap((value) => shapeFaults(factSchemas["input/conformance-results"], value)),
  ];
}

function brokenDigests({ facts, inputs }: Evidence, bytes: Uint8Array): readonly string[] {
  // every value is written once, though its text stands in three digests
  const known = new Map<object, Parts>();
  const textOf = (value: unknown): Parts => {
    const written = canonicalParts(value as Json, known);
    if (typeof value === "object" && value !== null) known.set(value, written);
    return written;
  };
  const holds = (value: unknown, digest: string): boolean => sha256OfParts(textOf(value)) === digest;
  const broken: string[] = [];
  for (const [id, fact] of Object.entries(facts.gathering.items)) {
    if (fact.status === "collected" && !holds(fact.value, fact.sha256)) broken.push(`the fact ${id}`);
  }
  if (!holds(facts.gathering, facts.sha256)) broken.push("the facts as a whole");
  keepText(facts.gathering, textOf(facts.gathering));
  if (sha256(inputs.scope.text) !== inputs.scope.sha256) broken.push("the scope definition");
  if (!holds(inputs.kubernetesReleases.value, inputs.kubernetesReleases.sha256)) broken.push("the release data");
  const { conformanceResults, networkPolicyResults, nodeConfiguration } = inputs;
  if (nodeConfiguration && !holds(nodeConfiguration.value, nodeConfiguration.sha256))
    broken.push("the configurations of nodes");
  for (const results of [conformanceResults, networkPolicyResults]) {
    if (results && !holds(results.value, results.sha256)) broken.push("the conformance results");
  }
  for (const { name, text: declared, sha256: digest } of inputs.declarationFiles ?? []) {
    if (sha256(declared) !== digest) broken.push(`the declarations file ${name}`);
  }
  const whole = [...textOf({ schemaVersion: 1, facts, inputs }), newline];
  if (!areBytes(whole, bytes)) broken.push("the canonical form of the file");
  return broken;
}

function areBytes(parts: Parts, bytes: Uint8Array): boolean {
  let at = 0;
  for (const part of parts) {
    if (Buffer.compare(part, bytes.subarray(at, at + part.length)) !== 0) return false;
    at += part.length;
  }
  return at === bytes.length;
}
