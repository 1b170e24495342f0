/** What the monitor keeps of an invocation: lines, and how many of them begin with a level. */
import type { Report, Result } from "../../src/model/report.ts";
import type { ReporterContext } from "../reporter.ts";
import { grouped, isOpen } from "../summary.ts";
import { plain } from "../text/neutralise.ts";
import { subjectsText, valueText } from "../text/value.ts";

/** The monitor's page shows these raw: nothing that could become a tag or an entity. */
export function harmless(text: string): string {
  return plain(text).replace(/[<>&]/g, "");
}

/**
 * Findings as the lines that survive the monitor's redaction: `ERROR: ` for what disproves, `WARNING: ` for what is noted or
 * open. Never `CRITICAL: `, which is redacted and would count as an abort.
 */
export function messages(report: Report, requirements: readonly string[]): readonly string[] {
  return report.results.filter((result) => requirements.includes(result.requirement)).flatMap(messagesOf);
}

function messagesOf(result: Result): readonly string[] {
  const level = result.outcome === "fail" ? "ERROR" : "WARNING";
  const findings = grouped(result.findings).map(({ finding, subjects }) => {
    const compared = `expected ${valueText(finding.expected)}, actual ${valueText(finding.actual)}`;
    return `${level}: ${result.requirement}: ${subjectsText(subjects)}: ${finding.message} (${compared})`;
  });
  const open = isOpen(result) ? [`WARNING: ${result.requirement}: ${result.outcome}: ${result.because}`] : [];
  return [...open, ...findings].map(harmless);
}

/** Numbers of lines that begin with each level, counted as the official runner counts them. */
export function levels(lines: readonly string[]) {
  const of = (word: string) => lines.filter((line) => line.toLowerCase().startsWith(word)).length;
  return { info: of("info"), warning: of("warning"), error: of("error"), critical: of("critical") };
}

/** What the result came from, as keys of ours: the monitor keeps them, while it drops the signature. */
export function origin(report: Report, context: ReporterContext) {
  const { name, version, sha256 } = report.tool;
  return {
    report_sha256: context.reportSha256,
    evidence_sha256: report.evidence.sha256,
    gathered_by: harmless(report.gatheredBy),
    tool: { name: harmless(name), version: harmless(version), sha256 },
    ...(report.recorded === true && { recorded: true }),
  };
}
