/** Makes text of unknown origin harmless on any screen: it can be read, and it can do nothing. */
import type { Report } from "../../src/model/report.ts";

/** Escape sequences of terminals: CSI, then OSC, DCS, SOS, PM and APC up to their end, then two-character ones; 7 and 8 bit. */
const escapeSequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;

const whitespace = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Controls, format characters (bidi overrides, zero width, tags), lone surrogates, and what is no character: YAML refuses it. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** `::error::` and `##[group]`: commands that CI systems obey in a log line. */
const colonCommand = /::(?=[A-Za-z][A-Za-z-]*(?:\s|::))/g;
const hashCommand = /##(?=[A-Za-z]*\[)/g;

/** Longest text taken over; the rest is counted. */
const longest = 2000;

/** Most texts: nothing in them can be anything but read. */
const harmless = /^(?:[ -"$-9;-~]|#(?!#)|:(?!:))*$/;

/** One line of readable characters, at most 2,000 of them. */
export function plain(text: string): string {
  if (text.length <= longest && harmless.test(text)) return text;
  const clean = text
    .slice(0, 4 * longest)
    .replace(escapeSequences, "")
    .replace(whitespace, " ")
    .replace(unseen, "\ufffd")
    .replace(colonCommand, ": :")
    .replace(hashCommand, "# #");
  if (clean.length <= longest && text.length <= 4 * longest) return clean;
  const kept = Array.from(clean.slice(0, longest)).slice(0, -1).join("");
  return `${kept}… (cut, ${text.length} characters in all)`;
}

/** Several formats are made of one report, and it never changes. */
const made = new WeakMap<Report, Report>();

/** The same report with every string and key made plain, keys in order. Digests and ids of well-formed reports stay as they are. */
export function plainReport(report: Report): Report {
  const known = made.get(report);
  if (known) return known;
  const safe = plainValue(report);
  made.set(report, safe);
  return safe;
}

/** The same value with every string and key made plain, keys in order. */
export function plainValue<T>(value: T): T {
  return plainOf(value) as T;
}

function plainOf(value: unknown): unknown {
  if (typeof value === "string") return plain(value);
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [plain(key), plainOf(item)]));
}
