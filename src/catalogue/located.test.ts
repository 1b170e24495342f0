import { expect, test } from "vitest";
import { describeFault } from "../model/faults.ts";
import { locate } from "./located.ts";

const messages = (text: string) => locate("f.yaml", text).faults.map(describeFault);

test.each<[name: string, text: string, fault: RegExp]>([
  ["too large", `a: ${"x".repeat(1024 * 1024)}`, /^f\.yaml:1:1: is larger than 1024 KiB$/],
  ["nested without end", "[".repeat(200_000), /^f\.yaml:1:1: is nested too deeply$/],
  ["aliases that multiply", bomb(), /^f\.yaml:1:1: cannot be read: Excessive alias count/],
  ["two documents", "a: 1\n---\nb: 2\n", /^f\.yaml:2:1: Source contains multiple documents/],
  ["a tag that means code", "a: !!js/function 'x'\n", /^f\.yaml:1:4: Unresolved tag/],
  ["no YAML", "a: [1,\nb: {", /^f\.yaml:\d+:\d+: /],
])("%s is a fault, never an exception", (_, text, fault) => {
  const [first = ""] = messages(text);
  expect(first).toMatch(fault);
});

test("only the core schema: dates, yes and no stay text, merge keys mean nothing", () => {
  const { value, faults } = locate("f.yaml", "day: 2026-11-23\nno: yes\nb: &x {c: 1}\nd: {<<: *x}\n");
  expect(faults).toEqual([]);
  expect(value).toEqual({ day: "2026-11-23", no: "yes", b: { c: 1 }, d: { "<<": { c: 1 } } });
});

test("a key that every object has stays a key", () => {
  const { value } = locate("f.yaml", "__proto__: {polluted: true}\n");
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("places of values and keys, and of the nearest thing above what is missing", () => {
  const located = locate("f.yaml", "a:\n  - b: 1\n    c: {d: 2}\n");
  const place = ({ line, column }: { line?: number; column?: number }) => `${line}:${column}`;
  expect(place(located.at(["a", 0, "c", "d"], ""))).toBe("3:12");
  expect(place(located.atKey(["a", 0], "c", ""))).toBe("3:5");
  expect(place(located.at(["a", 7, "x"], ""))).toBe("2:3");
  expect(place(located.atKey(["nowhere"], "x", ""))).toBe("1:1");
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const items = Array.from({ length: 9 }, () => (level === 0 ? "x" : `*a${level - 1}`)).join(", ");
    return `a${level}: &a${level} [${items}]`;
  });
  return `${levels.join("\n")}\n`;
}
