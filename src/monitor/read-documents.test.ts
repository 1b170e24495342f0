import { describe, expect, test } from "vitest";
import { readDocuments } from "./read-documents.ts";

const value = (text: string) => {
  const documents = readDocuments(text);
  if (typeof documents === "string") throw new Error(documents);
  return documents.map((document) => document.value);
};
const checkedAt = (text: string) => {
  const documents = readDocuments(text);
  return typeof documents === "string" ? documents : documents[0]?.checkedAt;
};

describe("documents of a report", () => {
  test("are those that begin with ---, each with its own text", () => {
    const text = "---\na: 1\n---\na: '--- x'\n--- \na: 3\n";
    expect(value(text)).toEqual([{ a: 1 }, { a: "--- x" }, { a: 3 }]);
    const documents = readDocuments(text);
    expect(typeof documents === "string" ? [] : documents.map((one) => one.text).join("")).toBe(text);
  });

  test.each(["", "\n", "# nothing\n"])("are none in %j", (text) => {
    expect(readDocuments(text)).toEqual([]);
  });

  test("without --- are one, JSON too", () => {
    expect(value("a: 1\n")).toEqual([{ a: 1 }]);
    expect(value('{"a": [1, null, true]}')).toEqual([{ a: [1, null, true] }]);
  });

  test.each([
    ["2026-11-23", "2026-11-23"],
    ["2026-11-23T10:00:42", "2026-11-23 10:00:42"],
    ["2026-11-23 10:00:42.5", "2026-11-23 10:00:42.500000"],
    ["2026-11-23T10:00:42.000", "2026-11-23 10:00:42"],
    ["2026-11-23T10:00:42Z", "2026-11-23 10:00:42+00:00"],
    ["2026-11-23T12:00:42+02:00", "2026-11-23 12:00:42+02:00"],
    ["2026-11-23T23:30:42-05:30", "2026-11-23 23:30:42-05:30"],
    ["'2026-11-23T10:00:42Z'", "2026-11-23T10:00:42Z"],
  ])("have the time %s as Python prints it", (written, printed) => {
    expect(value(`[${written}]`)).toEqual([[printed]]);
  });

  test.each([
    ["2026-11-23T10:00:42", "2026-11-23T10:00:42Z"],
    ["2026-11-23 10:00:42.123456", "2026-11-23T10:00:42Z"],
    ["2026-11-23T12:00:42+02:00", "2026-11-23T10:00:42Z"],
    ["'2026-11-23T10:00:42'", undefined],
    ["2026-11-23", undefined],
    ["yesterday", undefined],
    ["5", undefined],
  ])("were checked at %s", (written, instant) => {
    expect(checkedAt(`checked_at: ${written}\n`)).toBe(instant);
  });

  test.each([
    ["a: [", /^document 1 is no YAML: /],
    ["---\na: 1\n---\na: 1\na: 2\n", /^document 2 is no YAML: /],
    ["a: .nan", /cannot hold/],
    ["a: -.inf", /cannot hold/],
    ["a: !!binary aGVsbG8=", /cannot hold/],
    [`a: ${"[".repeat(60)}${"]".repeat(60)}`, /nested too deeply/],
    ["[".repeat(100_000), /nested too deeply|is no YAML/],
    [
      `a: &a [x]\n${Array.from(
        { length: 12 },
        (_, n) =>
          `b${n}: &b${n} [${Array(9)
            .fill(`*${n ? `b${n - 1}` : "a"}`)
            .join(", ")}]`,
      ).join("\n")}`,
      /cannot be read/,
    ],
  ])("are not %.30s", (text, message) => {
    expect(readDocuments(text)).toMatch(message);
  });
});
