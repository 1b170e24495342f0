/** What people said beside what was measured: declarations that do not count, and waivers. The words for every format. */
import type { Report, Result } from "../src/model/report.ts";
import { type Tone, timeOf } from "./words.ts";

export interface ClaimLine {
  /** Requirement of a declaration, id of a waiver. */
  readonly name: string;
  /** `contradicted`, `too broad`. */
  readonly state: string;
  readonly text: string;
  readonly tone: Tone;
}

/** Declarations that did not count, those that a measurement contradicts first. */
export function uncountedLines(report: Report): readonly ClaimLine[] {
  const lines = (report.declarations ?? []).map(({ requirement, file, reason, message }) => ({
    name: requirement,
    state: reason.replaceAll("-", " "),
    text: `${message} (${file})`,
    tone: reason === "contradicted" || reason === "broken-signature" ? ("bad" as const) : ("open" as const),
  }));
  const contradicted = (line: ClaimLine) => line.state === "contradicted";
  return [...lines.filter(contradicted), ...lines.filter((line) => !contradicted(line))];
}

/** What became of every waiver; those that cover nothing are findings. */
export function waiverLines(report: Report): readonly ClaimLine[] {
  return (report.waivers ?? []).map(({ id, state, message }) => ({
    name: id,
    state: state.replaceAll("-", " "),
    text: message,
    tone: state === "used" || state === "other-subject" ? "quiet" : "open",
  }));
}

/** `OPS-17, approved by John Roe, until 2027-04-01 00:00:00 UTC: the rack arrives in March`. */
export function waiverText({ id, approver, expires, reason }: NonNullable<Result["waiver"]>): string {
  return `${id}, approved by ${approver}, until ${timeOf(expires)}: ${reason}`;
}

/** `declared, not reviewed`, `declared, counter-signed by SHA256:...`; whose key that is, `verify` asks. */
export function declarationStanding(declaration: NonNullable<Result["declaration"]>): string {
  if (declaration.contradicted) return "contradicted by what was measured";
  if (declaration.reviewed) return `declared, counter-signed by ${declaration.reviewedBy ?? "a key that is not named"}`;
  const fault =
    declaration.reviewFault === undefined ? "" : ` (the counter-signature does not count: ${declaration.reviewFault})`;
  return `declared, not reviewed${fault}`;
}
