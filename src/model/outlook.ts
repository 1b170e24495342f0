/** What becomes of a verdict as days go by: which answers turn, expire or lose what they rest on, and when. */
import type { CalendarDate, Instant, Verdict } from "./vocabulary.ts";

/**
 * What is taken for granted until then. `as-it-is`: nobody looks again. `looked-again`: somebody does, and sees the same.
 * `data-renewed`: with release data that is never old and knows nothing new. Each shows what the one before it hides; what
 * happens even then takes a change of the cluster, of what is given or of the rules.
 */
export const assumptions = ["as-it-is", "looked-again", "data-renewed"] as const;
export type Assumption = (typeof assumptions)[number];

/** What it happens to. Certificates and branches are dates out of the evidence, all others are judged as of that day. */
export const turnKinds = [
  "verdict",
  "testcase",
  "requirement",
  "declaration",
  "waiver",
  "scope",
  "certificate",
  "branch",
] as const;
export type TurnKind = (typeof turnKinds)[number];

export interface Turn {
  /** The UTC day on which it happens. What happens at a midnight happens on the day that begins. */
  readonly on: CalendarDate;
  readonly kind: TurnKind;
  /** Id or name of what it happens to. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly trend: "worse" | "better" | "other";
  readonly assuming: Assumption;
  readonly because: string;
  /** What resolves it, as the judgement says: newer evidence, newer conformance results; empty when it does not say. */
  readonly resolve: readonly string[];
  /** Requirements that it concerns. */
  readonly requirements: readonly string[];
}

export interface Outlook {
  readonly schemaVersion: 1;
  readonly subject: string;
  readonly checkedAt: Instant;
  /** The first day that is looked at: the day the run was judged as of. */
  readonly from: Instant;
  readonly until: Instant;
  readonly verdict: Verdict;
  /** Sorted by day. */
  readonly turns: readonly Turn[];
}
