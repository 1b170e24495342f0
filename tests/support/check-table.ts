/** Runs a check over a table of small evidence. The table has a row for every outcome that the check can return, and no other. */
import { describe, expect, it } from "vitest";
import type { AnyCheck } from "../../src/model/check.ts";
import type { Fact, Unavailable } from "../../src/model/fact.ts";
import type { FactId, FactValues } from "../../src/model/facts/index.ts";
import type { CheckResult } from "../../src/model/finding.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Instant } from "../../src/model/vocabulary.ts";

export const now: Instant = "2026-11-23T10:00:00Z";

export type GivenFacts = { readonly [Id in FactId]?: FactValues[Id] | Unavailable };

export interface CheckRow {
  readonly name: string;
  /** Values, or `unavailable(...)`. A fact of `oneOf` or `uses` that is left out is unavailable. */
  readonly facts: GivenFacts;
  readonly parameters?: JsonObject;
  readonly asOf?: Instant;
  readonly outcome: CheckResult["outcome"];
  /** Codes of all findings, in order; not looked at when left out. */
  readonly findings?: readonly string[];
  readonly because?: RegExp;
  /** What would resolve it, in order. */
  readonly missing?: readonly string[];
  readonly observed?: JsonObject;
}

/** Rows with some facts in common; a row's own come first. */
export function withFacts(facts: GivenFacts, rows: readonly CheckRow[]): readonly CheckRow[] {
  return rows.map((row) => ({ ...row, facts: { ...facts, ...row.facts } }));
}

/** The check's answer to given facts, with the defaults of parameters that are not given. */
export function judge(check: AnyCheck, row: Pick<CheckRow, "facts" | "parameters" | "asOf">): CheckResult {
  const facts: { [id: string]: unknown } = {};
  for (const id of check.needs.all ?? []) facts[id] = givenValue(row.facts, id);
  for (const id of [...(check.needs.oneOf ?? []).flat(), ...(check.needs.uses ?? [])])
    facts[id] = factOf(row.facts, id);
  const undeclared = Object.keys(row.facts).filter((id) => !(id in facts));
  if (undeclared.length > 0) throw new Error(`${check.id} does not declare ${undeclared.join(", ")}`);
  return check.evaluate({ facts, parameters: { ...defaults(check), ...row.parameters }, asOf: row.asOf ?? now });
}

export function defaults(check: AnyCheck): JsonObject {
  const entries = Object.entries(check.parameters.properties).map(([name, schema]) => [name, schema.default]);
  return Object.fromEntries(entries) as { [name: string]: Json };
}

export function describeCheck(check: AnyCheck, outcomes: readonly CheckResult["outcome"][], rows: readonly CheckRow[]) {
  describe(check.id, () => {
    it("has a row for every outcome it can return, and no other", () => {
      expect([...new Set(rows.map((row) => row.outcome))].sort()).toEqual([...outcomes].sort());
    });
    it.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
      const result = judge(check, row);
      expect(result.outcome, result.because).toBe(row.outcome);
      if (row.findings) expect(result.findings.map((finding) => finding.code)).toEqual(row.findings);
      if (row.because) expect(result.because).toMatch(row.because);
      if (row.observed) expect(result.observed).toMatchObject(row.observed);
      const missing = result.outcome === "undetermined" ? result.missing.map((entry) => entry.resolve) : [];
      if (row.missing) expect(missing).toEqual(row.missing);
      expectWellFormed(result);
    });
  });
}

/** What the engine insists on, for every answer. */
function expectWellFormed(result: CheckResult) {
  expect(result.because, "one sentence without a full stop").toMatch(/^\S.*[^.\s]$/);
  for (const { code } of result.findings) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(JSON.parse(JSON.stringify(result)), "plain JSON").toEqual(result);
  if (result.outcome === "undetermined") expect(result.missing.length, "says what would resolve it").toBeGreaterThan(0);
  else expect(Object.keys(result.observed).length, "names something seen").toBeGreaterThan(0);
  if (result.outcome === "fail") expect(result.findings.length).toBeGreaterThan(0);
}

function isUnavailable(given: unknown): given is Unavailable {
  return typeof given === "object" && given !== null && "status" in given && given.status === "unavailable";
}

function givenValue(facts: GivenFacts, id: FactId): unknown {
  const given = facts[id];
  if (given === undefined || isUnavailable(given)) throw new Error(`${id} is needed: without it the engine answers`);
  return given;
}

function factOf(facts: GivenFacts, id: FactId): Fact<unknown> {
  const given = facts[id];
  if (given === undefined && /^(management|cloud)\//.test(id)) return unavailable("not-given", "that view");
  if (given === undefined) return unavailable("forbidden", `the right to read ${id}`);
  return isUnavailable(given) ? given : { status: "collected", at: now, value: given };
}

/** A fact that could not be had. */
export function unavailable(reason: Unavailable["reason"], resolve: string): Unavailable {
  return { status: "unavailable", at: now, reason, message: `${reason} in a test`, resolve };
}
