import canonicalize from "canonicalize";
import { describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { canonicalJson, canonicalParts } from "./canonical-json.ts";
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

  it.each<[string, Json]>([
    ["nested deeper than it looks ahead", [[[[[[[[{ b: [{ d: 1, c: "\u20ac" }], a: 2 }]]]]]]]]],
    ["in order but for one key at the end", { a: { a: 1, b: [{ a: 1 }] }, b: { y: 1, x: 2 } }],
    ["with empty keys and values", { "": "", a: {}, b: [[], [{}]] }],
    ["with a toJSON of its own", { toJSON: 1, value: { toJSON: null } }],
  ])("agrees with it on values %s", (_, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value));
  });

  it("refuses values that JSON.stringify would leave out or change, however deep", () => {
    for (const wrong of [undefined, () => 1, Symbol("s"), new Map(), Object.create({ a: 1 }), new String("s")]) {
      expect(() => canonicalJson({ a: 1, b: [{ c: wrong }] } as never)).toThrow(TypeError);
    }
    // an array with a hole
    expect(() => canonicalJson({ a: new Array<Json>(1) })).toThrow(TypeError);
  });
});

describe("canonicalParts", () => {
  const known = { b: 1, a: 2 };
  const large = { text: "\u20ac".repeat(100) };
  const parts = new Map<object, readonly Uint8Array[]>([
    [known, [Buffer.from('{"a":2,'), Buffer.from('"b":1}')]],
    [large, [Buffer.from(canonicalJson(large))]],
  ]);

  it.each<[string, Json]>([
    ["known itself", known],
    ["known within", { z: [known, 1, known], a: { large } }],
    ["known nowhere", { z: "\u20ac", a: [1] }],
  ])("gives the same bytes for what is %s", (_, value) => {
    const written = canonicalParts(value, parts);
    expect(Buffer.concat(written).toString()).toBe(canonicalJson(value));
  });

  it("takes over what is known, and does not copy it", () => {
    const taken = parts.get(large)?.[0];
    const written = canonicalParts({ b: large, a: known }, parts);
    expect(written).toHaveLength(6);
    expect(written.some((part) => part === taken)).toBe(true);
  });
});
