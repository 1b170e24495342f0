import { describe, expect, it } from "vitest";
import { checkedOn } from "../../tests/support/expected-outcomes.ts";
import { tinyPlan } from "../../tests/support/tiny-acting-probe.ts";
import type { Plan } from "../engine/plan.ts";
import { makesLines } from "./plan-makes.ts";
import { loadScope } from "./scope.ts";
import { planFor } from "./selected.ts";
import { timeLimitOf, tooShort } from "./time-limit.ts";

/** The tiny probe acts for 10 s at most. */
function tiny(allowed: boolean, requirements: readonly string[] = ["test/one"]): Plan {
  const plan = tinyPlan();
  return {
    ...plan,
    probes: plan.probes.map((probe) => (probe.makes === undefined ? probe : { ...probe, allowed, requirements })),
  };
}

describe("the time of a run", () => {
  it.each([
    ["ten minutes where nothing acts", tiny(false), undefined, 600_000],
    ["longer by the time of what acts", tiny(true), undefined, 610_000],
    ["what the caller says", tiny(true), 5_000, 5_000],
  ])("is %s", (_, plan, given, expected) => {
    expect(timeLimitOf(plan, given)).toBe(expected);
  });

  it.each([
    ["active", 600],
    ["system", 600],
  ] as const)("of all probes at tier %s is above what the plan says of those that act", async (tier, looking) => {
    const { scope } = await loadScope("scs-kaas-drafts", undefined);
    const plan = planFor(scope, { only: [], skip: [], tier, includeProposed: true }, checkedOn);
    const said = Number(/at most (\d+) s, up to four/.exec(makesLines(plan).join("\n"))?.[1]);
    expect(said).toBeGreaterThan(600);
    expect(timeLimitOf(plan, undefined)).toBe((looking + said) * 1000);
  });
});

describe("a limit", () => {
  it.each([
    ["none", tiny(true), undefined],
    ["enough", tiny(true), 10_000],
    ["short, where nothing acts", tiny(false), 1],
  ])("that is %s is not spoken of", (_, plan, given) => {
    expect(tooShort(plan, given)).toBeUndefined();
  });

  it("that is too short for what acts says what it may leave open", () => {
    const said = "--timeout is 9.5 s, and what acts may take 10 s: what is not done by then stays undetermined";
    expect(tooShort(tiny(true), 9_500)).toBe(`${said}: test/one.`);
    expect(tooShort(tiny(true, []), 9_500)).toBe(`${said}.`);
    const many = Array.from({ length: 14 }, (_, index) => `test/${String(index).padStart(2, "0")}`);
    expect(tooShort(tiny(true, many), 9_500)).toMatch(/: test\/00, .*, test\/11 and 2 more\.$/);
  });
});
