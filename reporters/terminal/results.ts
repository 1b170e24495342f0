/** Results in the terminal: one line when all is well, and all that is needed to act when it is not. */
import type { Result } from "../../src/model/report.ts";
import { declarationStanding, waiverText } from "../claims.ts";
import { grouped } from "../summary.ts";
import { subjectsText, subjectText, valueText } from "../text/value.ts";
import { basisText, counted, markOf } from "../words.ts";
import { entry, marked, type Pen, prose } from "./pen.ts";

/** Findings shown in full; the rest is counted. */
const shown = 8;

/** `✓ pass scs-0210-v2/patch-recency: because`, and under a failure what was found and how to mend it. */
export function resultLines(pen: Pen, indent: number, result: Result): readonly string[] {
  const basis = basisText(result) === "" ? "" : ` (${basisText(result)})`;
  const head = marked(pen, indent, markOf(result), `${result.requirement}${basis}: ${result.because}`);
  const notes = result.outcome === "fail" ? [] : result.findings.flatMap((one) => noteLines(pen, indent + 4, one));
  return [...head, ...notes, ...(result.outcome === "fail" ? failureLines(pen, indent + 4, result) : [])];
}

function noteLines(pen: Pen, indent: number, finding: Result["findings"][number]): readonly string[] {
  return entry(pen, indent, "note:", `${subjectText(finding.subject)}: ${finding.message}`, pen.dim);
}

function failureLines(pen: Pen, indent: number, result: Result): readonly string[] {
  const groups = grouped(result.findings);
  const rest = groups.length - shown;
  const { remediation, clause, waiver } = result;
  return [
    ...(waiver === undefined ? [] : entry(pen, indent, "waived:", waiverText(waiver), pen.paint("open"))),
    ...groups
      .slice(0, shown)
      .flatMap(({ finding, subjects }) => [
        ...entry(pen, indent, `${subjectsText(subjects)}:`, finding.message, pen.bold, indent + 2),
        ...entry(pen, indent + 2, "expected", valueText(finding.expected), pen.dim),
        ...entry(pen, indent + 2, "actual  ", valueText(finding.actual), pen.dim),
      ]),
    ...(rest > 0 ? prose(pen, indent, `and ${counted(rest, "more finding")}, all in report.json`) : []),
    ...(remediation === undefined
      ? []
      : entry(pen, indent, `remedy (${remediation.platform}):`, remediation.text, pen.bold, indent + 2)),
    ...entry(pen, indent, `${result.level.toUpperCase()}:`, clause.url, pen.dim),
  ];
}

const stateWords = { due: "due", declared: "declared", disproved: "disproved", hidden: "not visible" } as const;

/** An attested requirement: what was measured, then what a person was asked and has said. */
export function attestedLines(pen: Pen, indent: number, result: Result): readonly string[] {
  const { attestation, declaration } = result;
  const lines = [...resultLines(pen, indent, result)];
  if (attestation !== undefined && (attestation.state !== "disproved" || declaration !== undefined)) {
    lines.push(...entry(pen, indent + 4, `${stateWords[attestation.state]}:`, attestation.question, pen.paint("open")));
  }
  if (declaration !== undefined) {
    lines.push(...entry(pen, indent + 4, `${declarationStanding(declaration)}:`, declaration.statement, pen.dim));
  }
  return lines;
}

/** Advice in full where it is not met; what is open is summed up elsewhere, and what is well is counted. */
export function advisoryLines(pen: Pen, indent: number, result: Result): readonly string[] {
  return pen.verbose || result.outcome === "fail" ? resultLines(pen, indent, result) : [];
}
