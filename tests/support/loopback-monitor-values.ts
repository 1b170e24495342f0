/** What the loopback monitor makes of documents: YAML to JSON as its Python does, JSON as its database takes it. */
import { isScalar, parseAllDocuments, visit } from "yaml";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";

/** Documents of a text, times as str() of a datetime or date. Throws, as the monitor then answers 500. */
export function monitorYaml(text: string): readonly Json[] {
  const documents = parseAllDocuments(text, { version: "1.1" });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error("YAMLError");
    // its reader makes two halves of a pair that is escaped, which no database takes
    if (/\\u[dD][89a-fA-F]/.test(text)) throw new Error("UnicodeEncodeError");
    visit(document, (_, node) => {
      if (isScalar(node) && node.value instanceof Date) node.value = printed(node.value, node.source ?? "");
    });
    return document.toJS() as Json;
  });
}

/** str() of a date, or of a datetime in the zone that is written, if any. */
function printed(value: Date, source: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(source)) return source;
  const zone = /Z$/.test(source) ? "+00:00" : (/[+-]\d{2}:\d{2}$/.exec(source.slice(10))?.[0] ?? "");
  const [hours = 0, minutes = 0] = zone === "" ? [] : zone.slice(1).split(":").map(Number);
  const shift = (hours * 60 + minutes) * (zone.startsWith("-") ? -60_000 : 60_000);
  const [date = "", time = ""] = new Date(value.getTime() + shift).toISOString().split(/[TZ.]/);
  const fraction = /\.(\d+)/.exec(source)?.[1];
  const micros = fraction === undefined || /^0*$/.test(fraction) ? "" : `.${fraction.slice(0, 6).padEnd(6, "0")}`;
  return `${date} ${time}${micros}${zone}`;
}

export interface Kept {
  /** Undefined for null, which is stored and never found again. */
  readonly uuid: string | undefined;
  readonly subject: string;
  readonly scope: string;
  /** UTC, as rows are ordered by. */
  readonly checkedAt: string;
  readonly value: Json;
  readonly results: readonly (readonly [testcase: string, result: number | null])[];
}

/** A document as it is stored. Throws where Python has a KeyError or PostgreSQL refuses a value. */
export function kept(document: Json, coming = false): Kept {
  if (coming && isJsonObject(document) && "creator" in document) return keptComing(document);
  const run = objectIn(document, "run");
  const results = Object.values(objectIn(run, "invocations")).flatMap((invocation) =>
    Object.entries(objectIn(invocation, "results")).map(([id, result]) => [id, integer(result)] as const),
  );
  return { ...common(document, run), scope: textIn(objectIn(document, "spec"), "uuid"), results };
}

function keptComing(document: JsonObject): Kept {
  const results = Object.entries(objectIn(document, "tests")).map(
    ([id, test]) => [id, integer(member(test, "result"))] as const,
  );
  return { ...common(document, document), scope: textIn(document, "scope"), results };
}

function common(document: Json, run: JsonObject) {
  return {
    uuid: member(run, "uuid") === null ? undefined : textIn(run, "uuid"),
    subject: textIn(document, "subject"),
    checkedAt: timestamp(textIn(document, "checked_at")),
    value: jsonb(document),
  };
}

function member(value: Json | undefined, key: string): Json {
  if (!isJsonObject(value) || value[key] === undefined) throw new Error(`KeyError: ${key}`);
  return value[key];
}

function objectIn(value: Json | undefined, key: string): JsonObject {
  const found = member(value, key);
  if (!isJsonObject(found)) throw new Error(`AttributeError: ${key}`);
  return found;
}

function textIn(value: Json | undefined, key: string): string {
  const found = member(value, key);
  if (typeof found !== "string" && typeof found !== "number") throw new Error(`ProgrammingError: ${key}`);
  return String(found);
}

/** A column of whole numbers: NULL fits, and any number, which is rounded, and text of digits; other text and booleans do not. */
function integer(value: Json): number | null {
  if (value === null) return null;
  const number = typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !(Math.abs(number) < 2 ** 31)) throw new Error("NumericValueOutOfRange");
  return Math.round(number);
}

/** `timestamp` without time zone: of a text, an offset is dropped; of what was a time with a zone, it is applied. */
function timestamp(text: string): string {
  if (text === "yesterday") return `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?/.exec(text);
  if (!match) throw new Error("InvalidDatetimeFormat");
  if (/^\S+ \S+[+-]\d{2}:\d{2}$/.test(text))
    return new Date(text.replace(" ", "T")).toISOString().replace(/\.\d+Z$/, "Z");
  return `${match[1]}T${match[2] ?? "00:00:00"}Z`;
}

/** jsonb keeps neither bytes nor key order, and takes neither NUL nor half a surrogate pair. */
function jsonb(value: Json): Json {
  if (typeof value === "string") {
    if (value.includes("\0") || /\p{Cs}/u.test(value)) throw new Error("UntranslatableCharacter");
    return value;
  }
  if (Array.isArray(value)) return value.map((entry) => jsonb(entry as Json));
  if (!isJsonObject(value)) return value;
  // shorter keys first, then by their bytes
  const keys = Object.keys(value).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [jsonb(key) as string, jsonb(value[key] as Json)]));
}
