/** What is printed at the end of a run: first what counts, last what others will say. */
import type { Report } from "../src/model/report.ts";
import { type ClaimLine, uncountedLines, waiverLines } from "./claims.ts";
import { consoleForecast, monitorForecast } from "./elsewhere.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { advisory, attested, caveats, defects, openBy, tested, unlisted } from "./summary.ts";
import { tallyText } from "./tally.ts";
import { entry, heading, marked, type Pen, penFor } from "./terminal/pen.ts";
import { advisoryLines, attestedLines, resultLines } from "./terminal/results.ts";
import { plain, plainReport } from "./text/neutralise.ts";
import { tracesText } from "./traces.ts";
import { clusterText, counted, timeOf, verdictMark, verdictSentence } from "./words.ts";

export const terminal: Reporter = {
  file: "report.txt",
  mediaType: "text/plain",
  title: "the result for a person at a terminal",
  render: (report, context) => {
    const safe = plainReport(report);
    const pen = penFor(context);
    return `${[
      ...headLines(pen, safe),
      ...testedLines(pen, safe),
      ...attestationLines(pen, safe),
      ...claimLines(pen, safe),
      ...adviceLines(pen, safe),
      ...openLines(pen, safe),
      ...defectLines(pen, safe),
      ...sealLines(pen, safe, context),
      ...closingLines(pen, safe),
    ].join("\n")}\n`;
  },
};

function headLines(pen: Pen, report: Report): readonly string[] {
  const seen = `${timeOf(report.checkedAt)}, tier ${report.selection.tier}, ${counted(report.requests.count, "request")}`;
  const traces = tracesText(report);
  return [
    ...caveats(report).flatMap((caveat) => entry(pen, 0, "!", caveat, pen.paint("open"))),
    ...marked(pen, 0, verdictMark(report.verdict), `${report.subject}: ${verdictSentence(report)}`),
    ...entry(pen, 2, "cluster ", clusterText(report.cluster), pen.dim),
    ...entry(pen, 2, "seen    ", seen, pen.dim),
    ...entry(pen, 2, "gathered", gatherer(report), pen.dim),
    ...(traces === undefined ? [] : entry(pen, 2, "traces  ", traces, pen.dim)),
  ];
}

function gatherer(report: Report): string {
  return report.gatheredBy === "unsigned" ? "unsigned: nobody vouches for the looking" : `by ${report.gatheredBy}`;
}

function testedLines(pen: Pen, report: Report): readonly string[] {
  return [
    ...heading(pen, "What counts", `${counted(report.testcases.length, "testcase")} of ${report.scope.name}`),
    ...tested(report).flatMap(({ testcase, results }) => [
      ...entry(pen, 2, `${verdictMark(testcase.verdict).symbol} ${testcase.verdict}`, testcase.id, (text) =>
        pen.bold(pen.paint(verdictMark(testcase.verdict).tone)(text)),
      ),
      ...results.flatMap((result) => resultLines(pen, 6, result)),
    ]),
    ...unlisted(report).flatMap((result) => resultLines(pen, 2, result)),
  ];
}

function attestationLines(pen: Pen, report: Report): readonly string[] {
  const results = attested(report);
  if (results.length === 0) return [];
  return [
    ...heading(pen, "Attested", `${tallyText(results)}; binding, but no testcase counts any of these`),
    ...results.flatMap((result) => attestedLines(pen, 2, result)),
  ];
}

function claimLines(pen: Pen, report: Report): readonly string[] {
  const lines = (of: readonly ClaimLine[]) =>
    of.flatMap(({ name, state, text, tone }) => entry(pen, 2, `${state}:`, `${name}: ${text}`, pen.paint(tone)));
  const [uncounted, waivers] = [uncountedLines(report), waiverLines(report)];
  return [
    ...(uncounted.length > 0 ? heading(pen, "Declarations that do not count", "each with the reason") : []),
    ...lines(uncounted),
    ...(waivers.length > 0 ? heading(pen, "Waivers", "a waived failure stays a failure") : []),
    ...lines(waivers),
  ];
}

function adviceLines(pen: Pen, report: Report): readonly string[] {
  const groups = advisory(report);
  if (groups.length === 0) return [];
  return [
    ...heading(pen, "Advice", advisoryNote(pen)),
    ...groups.flatMap(({ standard, status, results }) => [
      ...entry(pen, 2, standard, `(${status}) ${tallyText(results)}`, pen.bold),
      ...results.flatMap((result) => advisoryLines(pen, 4, result)),
    ]),
  ];
}

function advisoryNote(pen: Pen): string {
  const rest = pen.verbose ? "" : "; only what is not met is listed, the rest with --verbose and in report.html";
  return `none of this changes the verdict${rest}`;
}

function openLines(pen: Pen, report: Report): readonly string[] {
  const groups = openBy(report);
  if (groups.length === 0) return [];
  return [
    ...heading(pen, "Open", "what would give an answer"),
    ...groups.flatMap(({ resolve, requirements, binding }) => {
      const verb = requirements.length === 1 ? "needs" : "need";
      const counts = binding === 0 ? "" : ` (${binding} binding)`;
      return entry(pen, 2, `${String(requirements.length).padStart(3)} ${verb}`, resolve + counts, pen.paint("open"));
    }),
  ];
}

function defectLines(pen: Pen, report: Report): readonly string[] {
  const broken = defects(report);
  if (broken.length === 0) return [];
  return [
    ...heading(pen, "Defects of this tool", "not the cluster's fault; please report them"),
    ...broken.flatMap((result) => entry(pen, 2, result.requirement, result.because, pen.paint("bad"))),
  ];
}

function sealLines(pen: Pen, report: Report, context: ReporterContext): readonly string[] {
  return [
    "",
    ...entry(pen, 0, "report  ", `sha256:${context.reportSha256}`, pen.dim),
    ...entry(pen, 0, "evidence", `sha256:${report.evidence.sha256}`, pen.dim),
    ...(context.signedBy === undefined ? [] : entry(pen, 0, "signed  ", plain(context.signedBy), pen.dim)),
  ];
}

function closingLines(pen: Pen, report: Report): readonly string[] {
  const mark = verdictMark(report.verdict);
  const alone = report.verdict === report.testcaseVerdict ? "" : ` (testcases alone: ${report.testcaseVerdict})`;
  const monitor = monitorForecast(report);
  const runner = consoleForecast(report);
  const verdict = `${mark.word}: ${verdictSentence(report)}${alone}`;
  return [
    "",
    ...entry(pen, 0, `${mark.symbol} our verdict               `, verdict, pen.paint(mark.tone)),
    ...entry(pen, 0, "· the monitor will show     ", monitor.text, pen.paint(monitor.tone)),
    ...entry(pen, 0, "· the console runner prints ", runner.text, pen.paint(runner.tone)),
  ];
}
