/** What a run asked for and did not get. */
import type { Gathering } from "../../src/model/evidence.ts";

/** Facts that were asked for in vain: neither those of a higher tier nor those of a view that nobody gave. */
export function missedIn({ items }: Gathering) {
  const notAsked = ["tier-not-allowed", "not-given"];
  return Object.entries(items).filter(([, fact]) => fact.status === "unavailable" && !notAsked.includes(fact.reason));
}

/** Facts that a right was missing for. */
export function forbiddenIn({ items }: Gathering): readonly string[] {
  return Object.entries(items).flatMap(([id, fact]) =>
    fact.status === "unavailable" && fact.reason === "forbidden" ? [id] : [],
  );
}
