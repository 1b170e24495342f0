import { expect, test } from "vitest";
import { loadSpecLists } from "./conformance-specs.ts";

test("every minor has its lists, of the sizes that runs of the suite report", () => {
  const sizes = loadSpecLists().map(({ minor, conformance, networkPolicy }) => [
    minor,
    conformance.length,
    networkPolicy.length,
  ]);
  expect(sizes).toEqual([
    ["1.32", 411, 50],
    ["1.33", 419, 50],
    ["1.34", 424, 50],
    ["1.35", 441, 50],
    ["1.36", 446, 50],
    ["1.37", 462, 51],
  ]);
});

test("1.37 moved the tags of its names", () => {
  const of = (minor: string) => loadSpecLists().find((lists) => lists.minor === minor)?.conformance ?? [];
  expect(of("1.36").filter((name) => name.endsWith("[Conformance] [Serial]"))).toEqual([]);
  expect(of("1.37").filter((name) => name.includes("[Serial] [Conformance]"))).toEqual([]);
  expect(of("1.37").some((name) => name.endsWith("[Conformance] [Serial]"))).toBe(true);
});

test("every NetworkPolicy spec is one by name, three of them want SCTP", () => {
  for (const { networkPolicy, conformance } of loadSpecLists()) {
    expect(networkPolicy.filter((name) => !name.startsWith("[sig-network] Netpol "))).toEqual([]);
    expect(networkPolicy.filter((name) => name.includes("[Feature:SCTPConnectivity]"))).toHaveLength(3);
    expect(conformance.filter((name) => name.includes("Netpol"))).toEqual([]);
  }
});
