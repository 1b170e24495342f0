import { describe, expect, it } from "vitest";
import { comesWeekly } from "./cron-period.ts";

describe("comesWeekly", () => {
  it.each<[string, boolean | undefined]>([
    ["0 */24 * * *", true],
    ["30 2 * * *", true],
    ["0 3 * * 0", true],
    ["0 3 * * 1-5", true],
    ["0 3 */2 * *", true],
    ["0 3 1,8,15,22,28 * *", true],
    ["0 3 1,9,17,25 * *", false],
    ["0 3 1,7,13,19,25 * *", true],
    ["0 3 1 * *", false],
    ["0 3 1 * 0", true],
    ["0 3 */10 * *", false],
    ["0 3 * 1 *", false],
    ["0 3 31 * *", false],
    ["@daily", undefined],
    ["0 3 * *", undefined],
    ["0 3 * * SUN", undefined],
  ])("%s: %s", (schedule, weekly) => {
    expect(comesWeekly(schedule)).toBe(weekly);
  });
});
