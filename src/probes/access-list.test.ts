import { describe, expect, it } from "vitest";
import { accessList, notApplied, rangesOf } from "./access-list.ts";

const ranges = (...list: readonly unknown[]) => rangesOf(list) ?? [];

describe("accessList", () => {
  it.each<[readonly unknown[], object | null]>([
    [[], null],
    [["203.0.113.7/32", "203.0.113.7", "10.1.2.3/8", "10.0.0.0/8"], { ranges: 2, openTo: [], malformed: 0 }],
    [["0.0.0.0/0", "::/0"], { ranges: 2, openTo: ["IPv4", "IPv6"], malformed: 0 }],
    [
      ["none", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/", "fe80::1%x/64", 7, null],
      { ranges: 0, openTo: [], malformed: 7 },
    ],
    [["2001:db8::/32", "2001:0db8:0::/32"], { ranges: 1, openTo: [], malformed: 0 }],
  ])("%j", (list, expected) => {
    expect(accessList(ranges(...list))).toEqual(expected);
    expect(JSON.stringify(accessList(ranges(...list)))).not.toMatch(/203|2001/);
  });

  it("is none where there is no list", () => {
    expect(rangesOf(undefined)).toBeUndefined();
    expect(rangesOf("10.0.0.0/8")).toBeUndefined();
    expect(accessList(undefined)).toBeNull();
  });
});

describe("notApplied", () => {
  it.each<[readonly string[], readonly string[], number]>([
    [["203.0.113.0/24"], ["203.0.113.0/24", "10.0.0.1/32"], 0],
    [["203.0.113.7/32"], ["203.0.113.0/24"], 0],
    [["203.0.113.0/24"], ["203.0.113.7/32"], 1],
    [["203.0.113.0/24", "198.51.100.0/24"], [], 2],
    [["203.0.113.0/24"], ["0.0.0.0/0"], 0],
    [["2001:db8::/48"], ["0.0.0.0/0"], 1],
    [["2001:db8::/48"], ["::/0"], 0],
    [["0.0.0.0/1"], ["::/0"], 1],
  ])("%j under %j: %i", (written, applied, count) => {
    expect(notApplied(ranges(...written), ranges(...applied))).toBe(count);
  });
});
