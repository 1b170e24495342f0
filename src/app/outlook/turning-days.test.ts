import { describe, expect, it } from "vitest";
import { midnightsBetween, turningDays } from "./turning-days.ts";

const from = "2026-11-23T10:00:00Z";
const until = "2027-11-23T00:00:00Z";

/** The answer is the number of these days that have come. */
function found(days: readonly string[]): { readonly midnights: readonly string[]; readonly judged: number } {
  let judged = 0;
  const judge = (asOf: string) => {
    judged += 1;
    return days.filter((day) => asOf >= `${day}T00:00:00Z`).length;
  };
  const turns = turningDays(midnightsBetween(from, until), judge, String);
  return { midnights: turns.map(({ midnight }) => midnight.slice(0, 10)), judged };
}

describe("days on which an answer turns", () => {
  it.each<[string, readonly string[]]>([
    ["none", []],
    ["the first midnight", ["2026-11-24"]],
    ["the last midnight", ["2027-11-23"]],
    ["a day in between", ["2027-02-28"]],
    ["days next to each other", ["2027-03-01", "2027-03-02", "2027-03-03"]],
    ["far apart and in one week", ["2026-12-07", "2027-01-01", "2027-01-04", "2027-10-29"]],
  ])("%s", (_, days) => {
    expect(found(days).midnights).toEqual(days);
  });

  it("are found with few judgements: one a week, and three for each turn", () => {
    expect(found([]).judged).toBe(54);
    expect(found(["2027-02-28", "2027-10-29"]).judged).toBeLessThanOrEqual(54 + 2 * 3);
  });

  it("between two instants of one day there are none", () => {
    expect(midnightsBetween(from, "2026-11-23T20:00:00Z")).toEqual([from]);
    expect(midnightsBetween(from, "2026-11-24T00:00:00Z")).toEqual([from, "2026-11-24T00:00:00Z"]);
  });
});
