/** Adds a requirement to a standard's file as text, so that comments and line breaks of the others stay as they are. */
import { sha256 } from "../../src/model/digest.ts";

const keywords = { must: "MUST", should: "SHOULD", may: "MAY" } as const;

export type StubLevel = keyof typeof keywords;

export type Stubbed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** A new requirement at the end of the list, or the check under an existing one that has none. */
export function withRequirement(standard: string, requirement: string, check: string, level: StubLevel): Stubbed {
  const lines = standard.split("\n");
  const start = lines.indexOf("requirements:");
  if (start < 0) return { ok: false, why: "it has no line `requirements:`" };
  const after = lines.findIndex((line, index) => index > start && /^[a-zA-Z]/.test(line));
  const end = after < 0 ? lines.length - (lines.at(-1) === "" ? 1 : 0) : after;
  const existing = lines.indexOf(`  - id: ${requirement}`, start);
  if (existing >= 0 && existing < end) return underExisting(lines, existing, end, requirement, check);
  const dates = [...standard.matchAll(/^ {4}- date: (\d{4}-\d{2}-\d{2})$/gm)].map(([, date = ""]) => date);
  const newest = dates.sort().at(-1);
  if (newest === undefined) return { ok: false, why: "it names no text revision (source.revisions)" };
  // the catalogue wants the key word in the sentence
  const sentence = `TODO: the sentence of the norm, word for word, with its ${keywords[level]}`;
  const stub = [
    `  - id: ${requirement}`,
    '    title: "TODO: what is required, as a short noun phrase"',
    `    check: ${check}`,
    "    lifetime: week",
    "    statements:",
    `      - from: ${newest}`,
    `        level: ${level}`,
    `        keyword: ${keywords[level]}`,
    '        section: "TODO: section"',
    "        anchor: todo",
    `        text: "${sentence}"`,
    `        sha256: ${sha256(sentence)}`,
  ];
  return { ok: true, text: [...lines.slice(0, end), ...stub, ...lines.slice(end)].join("\n") };
}

function underExisting(lines: readonly string[], at: number, end: number, requirement: string, check: string): Stubbed {
  const next = lines.findIndex((line, index) => index > at && line.startsWith("  - id: "));
  const own = lines.slice(at, next < 0 || next > end ? end : next);
  const has = own.find((line) => line.startsWith("    check: "));
  if (has !== undefined)
    return { ok: false, why: `its requirement ${requirement} has a check already: ${has.trim().slice(7)}` };
  return { ok: true, text: [...lines.slice(0, at + 1), `    check: ${check}`, ...lines.slice(at + 1)].join("\n") };
}
