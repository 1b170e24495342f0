/** The monitor believes every time: a wrong one hides all later results, or its own. */
import { expiryOf, instantAt, millisecondsOf } from "../model/instant.ts";
import { notYet } from "../model/not-yet.ts";
import type { Instant } from "../model/vocabulary.ts";
import type { Fields } from "./forms.ts";
import type { KnownScope, Rules } from "./rule.ts";

export const timeRules: Rules = {
  "checked-at": ({ document }) =>
    document.checkedAt === undefined
      ? {
          message: "checked_at is no bare timestamp: the monitor would drop the offset of a quoted one",
          advice: "Write it without quotes, in UTC, as 2026-11-23T10:00:42.",
        }
      : undefined,

  future: ({ document: { checkedAt }, now }) =>
    checkedAt !== undefined && notYet(checkedAt, now)
      ? {
          message: `it says it was checked at ${checkedAt}, and it is ${instantAt(now.getTime())}: no later result would show until then`,
          advice: "Set the clock right and check again.",
        }
      : undefined,

  past: ({ document: { checkedAt }, fields, scopes, now }) => {
    const ends = checkedAt === undefined ? [] : endsOf(checkedAt, fields, scopes);
    const last = ends.sort().at(-1);
    if (last === undefined || ends.length < fields.results.length || millisecondsOf(last) > now.getTime())
      return undefined;
    return {
      message: `it was checked at ${checkedAt}, and no result of it counts after ${last}: the monitor would store it and never show it`,
      advice: "Check again.",
    };
  },
};

/** When each result of a known testcase stops counting (scs_cert_lib.py, add_period). */
function endsOf(checkedAt: Instant, { scope, results }: Fields, scopes: readonly KnownScope[]): Instant[] {
  const testcases = scopes.find(({ uuid }) => uuid === scope)?.testcases ?? [];
  return results.flatMap(([id]) => {
    const known = testcases.find((testcase) => testcase.id === id);
    return known ? [expiryOf(checkedAt, known.lifetime)] : [];
  });
}
