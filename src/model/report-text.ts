/** The bytes of report.json: one text for one value, whoever writes it. */
import { Defect } from "./faults.ts";
import { isJsonObject } from "./json.ts";
import type { Report } from "./report.ts";

/** Controls, format characters (bidi, zero width), line and paragraph separators: legal in JSON, dangerous on a screen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Starts a command that some CI systems obey anywhere in a log line. */
const logCommand = /##(?=\[|vso\[)/g;

/**
 * JSON with keys in code unit order, two spaces, LF and one trailing newline. Invisible characters and the start of log
 * commands are written as \u escapes: the value is the same, and nothing that shows it obeys. Throws Defect on what JSON cannot hold.
 */
export function jsonText(value: unknown): string {
  return `${write(value, "")}\n`;
}

/** The bytes of report.json as text. Signatures and digests are over exactly this, in UTF-8. */
export function reportText(report: Report): string {
  return jsonText(report);
}

function write(value: unknown, indent: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return wrap(
      "[",
      "]",
      indent,
      inner,
      value.map((item) => write(item, inner)),
    );
  }
  if (isJsonObject(value)) {
    const present = Object.keys(value).filter((key) => value[key] !== undefined);
    return wrap(
      "{",
      "}",
      indent,
      inner,
      present.sort().map((key) => `${quote(key)}: ${write(value[key], inner)}`),
    );
  }
  throw new Defect(`JSON cannot hold a ${typeof value}`);
}

function wrap(open: string, close: string, indent: string, inner: string, parts: readonly string[]): string {
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(unseen, escaped).replace(logCommand, escaped);
}

function escaped(text: string): string {
  return text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
