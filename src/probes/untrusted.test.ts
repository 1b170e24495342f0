import { Value } from "@sinclair/typebox/value";
import { describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { NodeRecord } from "../model/facts/nodes.ts";
import { keep, parseArguments } from "./flags.ts";
import { nodeRecord } from "./node-record.ts";
import { distinct, instantOf, keysAt, listAt, printable, textAt, valueAt } from "./untrusted.ts";

describe("reading what cannot be trusted", () => {
  const object = JSON.parse('{"a":{"b":"text","n":7,"l":[1],"null":null},"__proto__":{"polluted":"yes"}}') as object;

  it("finds own values and nothing else", () => {
    expect(textAt(object, "a", "b")).toBe("text");
    expect(valueAt(object, "__proto__", "polluted")).toBe("yes");
    for (const path of [
      ["polluted"],
      ["constructor", "name"],
      ["a", "b", "length"],
      ["a", "null", "x"],
      ["toString"],
    ]) {
      expect(valueAt(object, ...path)).toBeUndefined();
    }
    expect(textAt(object, "a", "n")).toBeUndefined();
    expect(listAt(object, "a", "l")).toEqual([1]);
    expect([listAt(object, "a", "null"), listAt(object, "a"), keysAt(object, "a", "l"), keysAt(object, "x")]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it.each([
    ["plain \u00e4\u{1f600}", "plain \u00e4\u{1f600}"],
    ["\u001b[2J\u0000\u0085", "\ufffd[2J\ufffd\ufffd"],
    ["a\u202eb\u2066c\u2028d", "a\ufffdb\ufffdc\ufffdd"],
    ["\ud800x\udc00", "\ufffdx\ufffd"],
    ["x".repeat(513), undefined],
    [["x"], undefined],
  ])("makes %j printable", (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it("reads times and sorts by code units", () => {
    expect(instantOf({ t: "2026-01-01T01:00:00.123456+01:00" }, "t")).toBe("2026-01-01T00:00:00Z");
    expect(instantOf({ t: "0000-13-99" }, "t")).toBeUndefined();
    expect(distinct(["b", "a", "B", "\u00e4", "a"])).toEqual(["B", "a", "b", "\u00e4"]);
  });
});

describe("whatever is sent", () => {
  const redactor = { pseudonym: (kind: string) => `${kind}-1`, original: () => undefined };
  const shell = fc.record({
    metadata: fc.record({
      name: fc.string({ minLength: 1 }),
      creationTimestamp: fc.constant("2026-01-01T00:00:00Z"),
      labels: fc.jsonValue(),
      annotations: fc.jsonValue(),
    }),
    spec: fc.jsonValue(),
    status: fc.jsonValue(),
  });

  it("a node becomes a record that fits its schema, or none", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), shell), (node) => {
        const record = nodeRecord(node, redactor);
        expect(record === undefined || Value.Check(NodeRecord, record)).toBe(true);
      }),
    );
  });

  it("arguments become flags", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((text) => `--${text}`),
            fc.jsonValue(),
          ),
        ),
        (words) => {
          const { values, withheld } = keep(parseArguments(words));
          expect(withheld).toEqual(distinct(withheld));
          expect(Object.keys(values).filter((name) => withheld.includes(name))).toEqual([]);
        },
      ),
    );
  });
});
