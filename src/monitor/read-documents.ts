/**
 * Documents of a report.scs.yaml as the compliance monitor reads and stores them: YAML 1.1 scalars, one JSON value for each,
 * times as Python prints them (compliance-monitor/monitor.py, post_report and TimestampEncoder).
 */
import { isScalar, parseDocument, type Scalar, visit } from "yaml";
import { instantAt } from "../model/instant.ts";
import { deeperThan, type Json } from "../model/json.ts";
import type { Instant } from "../model/vocabulary.ts";

export interface ReadDocument {
  /** From its `---` on. */
  readonly text: string;
  /** What the monitor keeps; key order is lost there. */
  readonly value: Json;
  /** checked_at in UTC, when it is written as a bare timestamp, as it must be. */
  readonly checkedAt: Instant | undefined;
}

/** The documents, or why the text is none, one clause. Never throws over a text. */
export function readDocuments(text: string): readonly ReadDocument[] | string {
  const documents: ReadDocument[] = [];
  for (const [index, part] of split(text).entries()) {
    const read = readOne(part);
    if (typeof read === "string") return `document ${index + 1} ${read}`;
    documents.push(read);
  }
  return documents;
}

/** A line `---` begins a document, in every YAML text and wherever it stands. */
function split(text: string): readonly string[] {
  return text.split(/^(?=---(?:\s|$))/m).filter((part) => /^\s*[^\s#]/m.test(part));
}

const deepest = 50;

function readOne(text: string): ReadDocument | string {
  try {
    const document = parseDocument(text, { version: "1.1", uniqueKeys: true, prettyErrors: false, logLevel: "silent" });
    const [error] = document.errors;
    if (error) return `is no YAML: ${error.message.split("\n", 1)[0]}`;
    const written = document.get("checked_at", true);
    const checkedAt = isScalar(written) && written.type === "PLAIN" ? bareTime(written) : undefined;
    visit(document, {
      Scalar: (_, scalar) => {
        if (scalar.value instanceof Date) scalar.value = asPython(scalar.value, scalar.source ?? "");
      },
    });
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (deeperThan(deepest, value)) return "is nested too deeply";
    return isJson(value) ? { text, value, checkedAt } : "holds a value that JSON cannot hold";
  } catch (error) {
    // the parser recurses, and refuses too many aliases
    return error instanceof RangeError ? "is nested too deeply" : "cannot be read";
  }
}

function bareTime({ value, source = "" }: Scalar): Instant | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) && !isDay(source)
    ? instantAt(value.getTime())
    : undefined;
}

const isDay = (source: string) => /^\d{4}-\d{2}-\d{2}$/.test(source);

/** str() of a datetime, with the offset if one is written, or of a date. */
function asPython(date: Date, source: string): string {
  if (Number.isNaN(date.getTime())) return source;
  if (isDay(source)) return source;
  const [, sign = "", hours = "0", minutes = "0"] = /(?:([+-])(\d{1,2})(?::?(\d{2}))?|Z)$/.exec(source.slice(10)) ?? [];
  const zoned = sign !== "" || source.endsWith("Z");
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const text = new Date(date.getTime() + offset * 60_000).toISOString();
  const micros = (/\.(\d+)/.exec(source)?.[1] ?? "").padEnd(6, "0").slice(0, 6);
  const zone = zoned ? `${sign || "+"}${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}` : "";
  return `${text.slice(0, 10)} ${text.slice(11, 19)}${/[1-9]/.test(micros) ? `.${micros}` : ""}${zone}`;
}

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
    return false;
  return Object.values(value).every(isJson);
}
