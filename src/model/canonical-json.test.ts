import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./json.ts";

describe("canonicalJson", () => {
  it.each<[string, Json, string]>([
    [
      "sorts keys by code unit",
      { b: 1, a: 2, A: 3, "\u20ac": 4, "\ud83d\ude02": 5, "\ufb33": 6 },
      '{"A":3,"a":2,"b":1,"\u20ac":4,"\ud83d\ude02":5,"\ufb33":6}',
    ],
    ["sorts keys that look like numbers as text", { "10": 1, "9": 2 }, '{"10":1,"9":2}'],
    [
      "writes numbers as ECMAScript does",
      [1e21, 1e-7, 0.1, -0, 333333333.3333333],
      "[1e+21,1e-7,0.1,0,333333333.3333333]",
    ],
    ["escapes what JSON must escape and nothing else", "\u20ac$\u000f\nA'B\"\\/", '"€$\\u000f\\nA\'B\\"\\\\/"'],
    [
      "keeps own keys of any name",
      JSON.parse('{"__proto__":1,"constructor":2}') as Json,
      '{"__proto__":1,"constructor":2}',
    ],
    ["writes nothing between", { a: [], b: {}, c: [null, true] }, '{"a":[],"b":{},"c":[null,true]}'],
  ])("%s (RFC 8785)", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ["undefined", { a: undefined }],
    ["NaN", [Number.NaN]],
    ["an infinity", [Number.POSITIVE_INFINITY]],
    ["a lone surrogate", ["\ud800"]],
    ["a lone surrogate in a key", { "\udc00": 1 }],
    ["a date", { at: new Date(0) }],
    ["a bigint", [1n]],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value as never)).toThrow(TypeError);
  });

  it("writes large values as it writes small ones", () => {
    const items = Array.from({ length: 5_000 }, (_, n) => ({ name: `node-${n}`, labels: { zone: String(n % 3) }, n }));
    const large: Json = { items, "9": items, "10": "x".repeat(200_000), a: [] };
    expect(canonicalJson(large)).toBe(canonicalize(large));
  });

  it("agrees with an independent implementation", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(value as Json)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it("takes over texts that are known", () => {
    const part = { b: 1, a: 2 };
    expect(canonicalJson({ part }, new Map([[part, '{"a":2,"b":1}']]))).toBe('{"part":{"a":2,"b":1}}');
  });
});
