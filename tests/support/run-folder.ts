/** What a run left, read back. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Report } from "../../src/model/report.ts";

export interface LeftBehind {
  readonly folder: string;
  /** Names of the files, sorted. */
  readonly names: readonly string[];
  text(name: string): string;
  readonly report: Report;
  readonly evidence: Evidence;
  readonly outcomes: { readonly [requirement: string]: string };
}

export function left(...parts: readonly string[]): LeftBehind {
  const folder = path.join(...parts);
  const text = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const report = JSON.parse(text("report.json")) as Report;
  return {
    folder,
    names: readdirSync(folder).sort(),
    text,
    report,
    evidence: JSON.parse(text("evidence.json")) as Evidence,
    outcomes: Object.fromEntries(report.results.map(({ requirement, outcome }) => [requirement, outcome])),
  };
}
