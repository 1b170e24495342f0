import { describe, expect, it } from "vitest";
import { parseSample, sampleName } from "./prometheus-text.ts";

const parsed = (line: string) => {
  const sample = parseSample(line);
  return sample && { ...sample, labels: Object.fromEntries(sample.labels) };
};

describe("parseSample", () => {
  it.each<[string, object]>([
    ["up 1", { name: "up", labels: {}, value: 1 }],
    ["a:b_c{} 1.5e+10 1700000000000", { name: "a:b_c", labels: {}, value: 1.5e10 }],
    ['x{a="1",b="two",} -0.5', { name: "x", labels: { a: "1", b: "two" }, value: -0.5 }],
    ['x{a="say \\"hi\\" \\\\ \\n}"}\t2', { name: "x", labels: { a: 'say "hi" \\ \n}' }, value: 2 }],
    ['x{a=""} 0', { name: "x", labels: { a: "" }, value: 0 }],
    ['x{__proto__="1"} 0', { name: "x", labels: Object.fromEntries([["__proto__", "1"]]), value: 0 }],
  ])("reads %s", (line, expected) => {
    expect(parsed(line)).toEqual(expected);
  });

  it.each([
    "",
    "# HELP up",
    "up",
    "up ",
    "up one",
    "up 1 2 3",
    "up 1 soon",
    "up 0x10",
    "up 1_0",
    "1up 1",
    "up NaN",
    "up +Inf",
    "up 1e999",
    'x{a="1"',
    "x{a=1} 1",
    'x{a="1"}1',
    'x{a="1" b="2"} 1',
    'x{a="1",a="2"} 1',
    'x{="1"} 1',
    'x{a="\\t"} 1',
    "x{,} 1",
  ])("refuses %j", (line) => {
    expect(parseSample(line)).toBeUndefined();
  });

  it("names what a line is about without reading on", () => {
    expect(sampleName('apiserver_x{a="1"} 1')).toBe("apiserver_x");
    expect(sampleName("# TYPE up gauge")).toBe("");
  });
});
