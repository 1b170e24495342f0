/** JSON Schema validation whose faults a person can act on: where, what is wrong, what would be right. */
import type { TSchema } from "@sinclair/typebox";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { DeclaredEvidence } from "../model/declaration.ts";
import type { InputFault } from "../model/faults.ts";
import { Uuid } from "../model/scope-file.ts";
import { StandardId } from "../model/standard.ts";
import { CalendarDate, Instant, Moment, Sha256 } from "../model/vocabulary.ts";
import type { Located, Path } from "./located.ts";
import { hint } from "./suggest.ts";

/** Made when first needed: most runs read only files that were checked when the suite was built. */
let ajv: Ajv | undefined;
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** What a pattern means, in words. */
const patterns: { readonly [pattern: string]: string } = {
  [CalendarDate.pattern ?? ""]: "a date such as 2026-11-23",
  [Instant.pattern ?? ""]: "a UTC time such as 2026-11-23T10:00:00Z",
  [Moment.pattern ?? ""]: "a date such as 2026-11-23 or a UTC time such as 2026-11-23T10:00:00Z",
  [DeclaredEvidence.properties.url.pattern ?? ""]: "an address that begins with https://",
  [Uuid.pattern ?? ""]: "a uuid in lower case",
  [StandardId.pattern ?? ""]: "the id of a standard such as scs-0214-v2 or proposed-ipv6-v1",
  [Sha256.pattern ?? ""]: "a SHA-256 in lower-case hexadecimal",
};

/** All faults of a value against a schema, each at its place in the file. */
export function schemaFaults(schema: TSchema, located: Located): InputFault[] {
  ajv ??= new Ajv({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(located.value)) return [];
  const errors = validate.errors ?? [];
  return reduceUnions(errors).map((error) => describe(error, located));
}

/** A union fails in every branch; what helps is the one branch that was meant, or the list of what is allowed. */
function reduceUnions(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter((error) => error.keyword === "anyOf");
  return errors.filter((error) => {
    const union = unions.findLast((candidate) => error.schemaPath.startsWith(`${candidate.schemaPath}/`));
    if (union) return error.instancePath.startsWith(union.instancePath) && meant(union, error);
    return error.keyword !== "anyOf" || branchOf(error) === undefined;
  });
}

function meant(union: ErrorObject, error: ErrorObject): boolean {
  const branch = branchOf(union);
  return branch !== undefined && error.schemaPath.startsWith(`${union.schemaPath}/${branch}/`);
}

/** The branch of a union that has the type of what was written, unless all branches are single words. */
function branchOf(union: ErrorObject): number | undefined {
  const branches = union.schema as readonly { readonly type?: string; readonly const?: unknown }[];
  if (branches.some((branch) => branch.const !== undefined)) return undefined;
  const index = branches.findIndex((branch) => branch.type === kindOf(union.data));
  return index < 0 ? undefined : index;
}

function describe(error: ErrorObject, located: Located): InputFault {
  const path = pathOf(error.instancePath);
  if (error.keyword === "additionalProperties") {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema as { readonly properties?: object }).properties ?? {});
    return located.atKey(path, key, `unknown key ${JSON.stringify(key)}${hint(key, known)}`);
  }
  return located.at(path, messageOf(error, path));
}

function messageOf(error: ErrorObject, path: Path): string {
  const here =
    path.length === 0 ? "the file" : `"${path.filter((step) => typeof step === "string").at(-1) ?? path[0]}"`;
  const written = clip(error.data);
  switch (error.keyword) {
    case "required":
      return `the key ${JSON.stringify(error.params.missingProperty)} is missing`;
    case "type":
      return `${here} must be ${words[String(error.params.type)] ?? error.params.type}, but is ${words[kindOf(error.data)]}`;
    case "anyOf":
      return ofUnion(error, here, written);
    case "const":
      return `${here} must be ${JSON.stringify(error.params.allowedValue)}, not ${written}`;
    case "pattern":
      return `${written} is not ${patterns[String(error.params.pattern)] ?? `of the form ${error.params.pattern}`}`;
    case "minLength":
      return `${here} must not be empty`;
    case "minItems":
      return `${here} must not be an empty list`;
    default:
      return `${here} ${error.message ?? "is not as it must be"}`;
  }
}

function ofUnion(error: ErrorObject, here: string, written: string): string {
  const branches = error.schema as readonly { readonly type?: string; readonly const?: unknown }[];
  const constants = branches.flatMap((branch) => (branch.const === undefined ? [] : [String(branch.const)]));
  if (constants.length > 0)
    return `${here} must be one of ${constants.join(", ")}, not ${written}${slip(error, constants)}`;
  const kinds = branches.map((branch) => words[branch.type ?? ""] ?? branch.type).join(" or ");
  return `${here} must be ${kinds}, but is ${words[kindOf(error.data)]}`;
}

function slip(error: ErrorObject, constants: readonly string[]): string {
  const suggestion = typeof error.data === "string" ? hint(error.data, constants) : "";
  return suggestion.includes("did you mean") ? suggestion : "";
}

const words: { readonly [type: string]: string } = {
  object: "a mapping",
  array: "a list",
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "empty",
};

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function clip(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function pathOf(pointer: string): Path {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return /^\d+$/.test(name) ? Number(name) : name;
  });
}
