import { describe, expect, test } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { Defect } from "./faults.ts";
import { jsonText } from "./report-text.ts";

describe("jsonText", () => {
  test.each([
    [
      "keys in code unit order, whatever order they came in",
      { b: 1, a: [], 10: {}, 9: null },
      '{\n  "10": {},\n  "9": null,\n  "a": [],\n  "b": 1\n}\n',
    ],
    ["nested values are indented by two", { a: [{ b: true }] }, '{\n  "a": [\n    {\n      "b": true\n    }\n  ]\n}\n'],
    ["absent keys are left out", { a: undefined, b: 0 }, '{\n  "b": 0\n}\n'],
    ["escape, C1, bidi and separators are escaped", "\u001b\u009b\u202e\u2028", '"\\u001b\\u009b\\u202e\\u2028"\n'],
    ["tag characters beyond the BMP too", "\u{e0041}", '"\\udb40\\udc41"\n'],
    ["the start of a log command", "##[group]x", '"\\u0023\\u0023[group]x"\n'],
    ["a lone surrogate", "\ud800", '"\\ud800"\n'],
  ])("%s", (_, value, text) => {
    expect(jsonText(value)).toBe(text);
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [() => 1]])("refuses %s", (value) => {
    expect(() => jsonText({ value })).toThrow(Defect);
  });

  test("any JSON comes back the same, in visible characters only", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = jsonText(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
