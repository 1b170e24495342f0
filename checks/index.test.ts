import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Value } from "@sinclair/typebox/value";
import { describe, expect, it } from "vitest";
import { factIds } from "../src/model/facts/index.ts";
import { defaults } from "../tests/support/check-table.ts";
import { checks } from "./index.ts";

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => /^[^/]+\/[^/]+\.ts$/.test(file));
const sources = files.filter((file) => !file.endsWith(".test.ts")).map((file) => file.slice(0, -3));

it("lists every file below checks/, sorted, each under the id of its path", () => {
  expect(checks.map(({ id }) => id)).toEqual(sources.sort());
});

describe.each(checks.map((check) => [check.id, check] as const))("%s", (id, check) => {
  it("has a test beside it, with rows for the outcomes that its source returns", () => {
    const source = readFileSync(path.join(folder, `${id}.ts`), "utf8");
    const test = readFileSync(path.join(folder, `${id}.test.ts`), "utf8");
    const declared = /describeCheck\(\s*\w+,\s*\[([^\]]+)\]/.exec(test)?.[1] ?? "";
    const calls = [
      ["pass", "pass"],
      ["fail", "fail"],
      ["undetermined", "undetermined"],
      ["notApplicable", "not-applicable"],
    ] as const;
    for (const [call, outcome] of calls) if (source.includes(` ${call}(`)) expect(declared).toContain(`"${outcome}"`);
    expect(declared, "a check that decides something").toMatch(/"(pass|fail)"/);
  });

  it("speaks in two voices without claiming a level", () => {
    const { pass, fail } = check.title;
    expect(pass).not.toBe(fail);
    for (const title of [pass, fail]) expect(title).not.toMatch(/\b(must|should|shall|required|recommended)\b|\.$/i);
  });

  it("says why, what it looks at and how to mend it, in whole sentences", () => {
    for (const text of [check.why, check.looksAt, check.remediation.text, ...(check.accepted ?? [])])
      expect(text).toMatch(/^\S.*[.`]$/s);
  });

  it("has a default and a description for every parameter, and the defaults fit", () => {
    for (const schema of Object.values(check.parameters.properties)) {
      expect(schema).toHaveProperty("default");
      expect(schema.description).toBeTruthy();
    }
    expect(Value.Check(check.parameters, defaults(check))).toBe(true);
  });

  it("needs at least one known fact, each only once", () => {
    const { all = [], oneOf = [], uses = [] } = check.needs;
    const needed = [...all, ...oneOf.flat(), ...uses];
    expect(needed.length).toBeGreaterThan(0);
    expect(new Set(needed).size).toBe(needed.length);
    for (const fact of needed) expect(factIds).toContain(fact);
    expect([...all, ...oneOf].length, "something without which the engine answers").toBeGreaterThan(0);
  });
});
