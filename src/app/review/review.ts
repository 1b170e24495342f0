/** A review as it is told: pure data, of which comment, check run and terminal are made. */
import type { Report } from "../../model/report.ts";
import type { Layer } from "../verify-layers.ts";

/** Layers of `verify`, and those that only a results repository has. */
export interface ReviewLayer extends Omit<Layer, "name"> {
  readonly name: Layer["name"] | "files" | "place" | "result";
}

export type ReviewState =
  /** Everything holds. */
  | "holds"
  /** Something is wrong: not to be accepted. */
  | "fails"
  /** Something could not be checked here, or is for a person to decide. */
  | "open";

export interface ReviewedReport {
  readonly folder: string;
  readonly state: ReviewState;
  /** Undefined when what is there is no report. */
  readonly report: Report | undefined;
  readonly reportSha256: string | undefined;
  readonly layers: readonly ReviewLayer[];
  /** Against the last accepted report on the same subject. */
  readonly changes: { readonly since: string | undefined; readonly lines: readonly string[] };
  /** What is to be done by a person: attestations, declarations, waivers; one line each. */
  readonly due: readonly string[];
}

export interface Review {
  readonly name: string;
  readonly state: ReviewState;
  readonly reports: readonly ReviewedReport[];
  /** About the submission as a whole. */
  readonly remarks: readonly ReviewLayer[];
}

export function stateOf(layers: readonly ReviewLayer[]): ReviewState {
  const has = (...states: Layer["state"][]) => layers.some((layer) => states.includes(layer.state));
  return has("bad", "untrusted") ? "fails" : has("unchecked", "differs") ? "open" : "holds";
}

export function worstOf(states: readonly ReviewState[]): ReviewState {
  return states.includes("fails") ? "fails" : states.includes("open") ? "open" : "holds";
}

export const exitCodeOf = { holds: 0, open: 2, fails: 4 } as const;
