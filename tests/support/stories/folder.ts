/** Where stories are kept: fixtures/clusters/<story>/evidence.json and expected.yaml. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { type OpenedEvidence, openEvidence } from "../../../src/evidence/open.ts";
import type { Expected } from "./expected.ts";

const root = path.resolve(import.meta.dirname, "../../../fixtures/clusters");

export const recordedNames: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

export function evidenceBytes(story: string): Buffer {
  return readFileSync(path.join(root, story, "evidence.json"));
}

export function storedEvidence(story: string): OpenedEvidence {
  return openEvidence(`${story}/evidence.json`, evidenceBytes(story));
}

export function writeEvidence(story: string, text: string): void {
  mkdirSync(path.join(root, story), { recursive: true });
  writeFileSync(path.join(root, story, "evidence.json"), text);
}

/** The expected outcomes, and the sentence of a person that says why they are right. */
export function expectedOutcomes(story: string): Partial<Expected> & { readonly why?: string } {
  const file = path.join(root, story, "expected.yaml");
  return existsSync(file) ? (parse(readFileSync(file, "utf8")) as Expected & { why: string }) : {};
}

/** Rewrites the outcomes; the sentence stays. */
export function writeExpected(story: string, expected: Expected): void {
  const { why = "" } = expectedOutcomes(story);
  writeFileSync(path.join(root, story, "expected.yaml"), stringify({ why, ...expected }, { lineWidth: 120 }));
}
