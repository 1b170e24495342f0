/** What changed between two reports, requirement by requirement, and whose doing each change is. */
import type { Basis, Instant, Outcome, Verdict } from "./vocabulary.ts";

/**
 * `cluster`: the facts differ. `rule`: standards, scope, text revision or the day that is judged. `tool`: the judging sources.
 * `data`: release and CVE facts. `input`: subject, selection, declarations, waivers, given results. `flake`: a fact that timed
 * out or met an overloaded server, where nothing else differs.
 */
export const causes = ["cluster", "rule", "tool", "data", "input", "flake"] as const;
export type Cause = (typeof causes)[number];

/** What one report says of a requirement. */
export interface Standing {
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly binding: boolean;
  readonly basis: Basis;
  readonly because: string;
  /** Id of the waiver that covers the failure. */
  readonly waiver?: string;
}

export interface Change {
  readonly requirement: string;
  readonly trend: "worse" | "better" | "other";
  /** Null: that report does not speak of it. */
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** Findings, `code Kind namespace/name`, that only one side has. */
  readonly findings: { readonly added: readonly string[]; readonly gone: readonly string[] };
  readonly causes: readonly Cause[];
  /**
   * How the causes are known. `alone`, `either` (each of them alone gives the same), `together`: decided by judging one side's
   * facts by the other's rules. `possible`: evidence is missing, and these cannot be ruled out.
   */
  readonly told: "alone" | "either" | "together" | "possible";
  /** Facts that this requirement's check looked at and that differ. */
  readonly facts: readonly string[];
}

export interface ComparedReport {
  readonly id: string;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly testcaseVerdict: Verdict;
  readonly checkedAt: Instant;
  readonly asOf: Instant;
}

/** Something that differs between the two, whether or not it changed an outcome. */
export interface Difference {
  readonly cause: Cause;
  /** One phrase, `release data of 2026-11-13, then of 2026-11-20`. */
  readonly what: string;
}

export interface Comparison {
  readonly schemaVersion: 1;
  readonly before: ComparedReport;
  readonly after: ComparedReport;
  readonly differences: readonly Difference[];
  readonly changes: readonly Change[];
  /** Requirements of which both say the same. */
  readonly unchanged: number;
  /** Why nothing could be judged again, one sentence; null when it was. */
  readonly notJudgedAgain: string | null;
}
