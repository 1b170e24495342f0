import { describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { readPage } from "./list-page.ts";

function read(text: string) {
  const seen: unknown[] = [];
  const page = readPage(Buffer.from(text), (object) => seen.push(object));
  return { page, seen };
}

const notJson = { ok: false, what: "is not JSON" };
const noItems = { ok: false, what: "has no items" };
const noObjects = { ok: false, what: "has items that are not objects" };

describe("readPage", () => {
  it.each([
    ["nothing", '{"items":[]}', []],
    ["blanks", ' {\n"items" :\t[ \r\n ] } ', []],
    ["the null of an empty metadata list", '{"items":null}', []],
    ["one object", '{"items":[{"a":1}]}', [{ a: 1 }]],
    [
      "objects with blanks around",
      '{"kind":"L", "items" : [ {"a":1} ,\n{"b":[2,{}]} ] , "x":1}',
      [{ a: 1 }, { b: [2, {}] }],
    ],
    [
      "brackets, quotes and commas in texts",
      '{"items":[{"a":"]},{[\\"\\\\"},{"b":"\\\\\\""}]}',
      [{ a: ']},{["\\' }, { b: '\\"' }],
    ],
    ["items within items", '{"items":[{"items":[{"items":[]}]}]}', [{ items: [{ items: [] }] }]],
    ["items elsewhere first", '{"metadata":{"items":[1]},"items":[{}]}', [{}]],
    ["items as a value", '{"kind":"items","items":[{}]}', [{}]],
    ["items by another name", '{"it\\u0065ms":[{"a":1}]}', [{ a: 1 }]],
    ["the last of several items", '{"items":[{"a":1}],"items":[{"b":1}]}', [{ b: 1 }]],
    ["the last of several items, by another name", '{"items":[{"a":1}],"it\\u0065ms":[{"b":1}]}', [{ b: 1 }]],
    ["the last of several items, null", '{"items":[{"a":1}],"items":null}', []],
    ["characters of several bytes", '{"é":"€","items":[{"ü":"😀"}]}', [{ ü: "😀" }]],
  ])("shows %s", (_, text, objects) => {
    expect(read(text)).toEqual({ page: { ok: true, count: objects.length, next: undefined }, seen: objects });
  });

  it.each([
    ["a token", '{"metadata":{"continue":"abc"},"items":[]}', "abc"],
    ["a token after the items", '{"items":[{}],"metadata":{"continue":"abc"}}', "abc"],
    ["an empty token", '{"items":[],"metadata":{"continue":""}}', undefined],
    ["a token that is none", '{"items":[],"metadata":{"continue":1}}', undefined],
    ["metadata that is none", '{"items":[],"metadata":[]}', undefined],
  ])("goes on with %s", (_, text, next) => {
    expect(read(text).page).toMatchObject({ ok: true, next });
  });

  it.each([
    ["nothing at all", "", notJson],
    ["no JSON", "<html>", notJson],
    ["a list without an end", '{"items":[{}', notJson],
    ["a text without an end", '{"items":[{"a":"b', notJson],
    ["an escape at the end", '{"items":[{"a":"\\', notJson],
    ["a page without an end", '{"items":[{}]', notJson],
    ["more after the page", '{"items":[{}]}}', notJson],
    ["a comma too many", '{"items":[{},]}', notJson],
    ["a comma alone", '{"items":[,]}', notJson],
    ["a comma too few", '{"items":[{} {}]}', notJson],
    ["an object broken in itself", '{"items":[{"a":}]}', notJson],
    ["brackets that do not match", '{"items":[{"a":[}]}]}', notJson],
    ["a list that ends as an object", '{"items":[{}}}', notJson],
    ["a colon too many", '{"items"::[{}]}', notJson],
    ["a byte order mark", '\ufeff{"items":[]}', notJson],
    ["no object", "[1]", noItems],
    ["null", "null", noItems],
    ["no items", '{"metadata":{}}', noItems],
    ["items that are no list", '{"items":{"length":1}}', noItems],
    ["items of a prototype", '{"__proto__":{"items":[]}}', noItems],
    ["items that are null", '{"items":[null]}', noObjects],
    ["items that are lists", '{"items":[{},[]]}', noObjects],
    ["items that are numbers", '{"items":[1,2]}', noObjects],
  ])("refuses %s", (_, text, fault) => {
    expect(read(text).page).toEqual(fault);
  });

  it("sees what JSON.parse sees, however a list is written", () => {
    const list = fc.record({ before: fc.jsonValue(), items: fc.array(fc.dictionary(fc.string(), fc.jsonValue())) });
    fc.assert(
      fc.property(list, fc.constantFrom(undefined, " ", "\t\n"), fc.boolean(), (value, space, last) => {
        const text = JSON.stringify(last ? value : { items: value.items, after: value.before }, null, space);
        const { items } = JSON.parse(text) as { items: unknown[] };
        expect(read(text)).toEqual({ page: { ok: true, count: items.length, next: undefined }, seen: items });
      }),
    );
  });

  it("takes for a list nothing that JSON.parse would not", () => {
    const whole = '{"kind":"L","metadata":{"a":"]"},"items":[{"a":"\\"}"},{"b":[1,{}]}]}';
    const broken = fc.tuple(
      fc.nat(whole.length - 1),
      fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "\\", "x"),
    );
    fc.assert(
      fc.property(broken, ([at, by]) => {
        const text = whole.slice(0, at) + by + whole.slice(at + 1);
        expect(read(text).page.ok).toBe(isList(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it("hands on what the caller throws", () => {
    const thrower = () => {
      throw new Error("mine");
    };
    expect(() => readPage(Buffer.from('{"items":[{}]}'), thrower)).toThrow("mine");
  });
});

function isList(text: string): boolean {
  try {
    const { items } = JSON.parse(text) as { items?: unknown };
    const object = (item: unknown) => typeof item === "object" && item !== null && !Array.isArray(item);
    return items === null || (Array.isArray(items) && items.every(object));
  } catch {
    return false;
  }
}
