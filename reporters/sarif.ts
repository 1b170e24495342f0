/**
 * report.sarif: SARIF 2.1.0 (OASIS, errata 01) for repositories that hold a cluster's configuration. One result for each object
 * that a requirement found fault with, and one for each requirement without an answer. What passed stands in `rules` alone: a
 * reader that looks at no `kind` would take a passed result for an alert.
 */
import { jsonText } from "../src/model/report-text.ts";
import type { Reporter } from "./reporter.ts";
import { descriptor } from "./sarif/descriptor.ts";
import { message } from "./sarif/message.ts";
import { resultsOf } from "./sarif/results.ts";
import { caveats, defects, isOpen } from "./summary.ts";
import { tally } from "./tally.ts";
import { plainReport } from "./text/neutralise.ts";
import { verdictSentence } from "./words.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Where alerts are shown when nobody says where the cluster's configuration lies. */
export const standingLocation = "scs-conformance.yaml";

export const sarif: Reporter = {
  file: "report.sarif",
  mediaType: "application/sarif+json",
  title: "findings for code scanning (SARIF 2.1.0), at --sarif-location",
  render: (report, context) => {
    const safe = plainReport(report);
    const { tool } = safe;
    const place = context.sarifLocation ?? standingLocation;
    const undecided = safe.results.filter((result) => result.binding && isOpen(result));
    const run = {
      tool: {
        driver: {
          name: tool.name,
          version: tool.version,
          rules: safe.results.map(descriptor),
          properties: { sha256: tool.sha256 },
        },
      },
      // everything before the last slash names the series of runs that replace each other
      automationDetails: { id: `scs-conformance/${safe.subject.replaceAll("/", "-")}/${safe.scope.id}/` },
      invocations: [
        {
          executionSuccessful: defects(safe).length === 0,
          endTimeUtc: safe.checkedAt,
          toolExecutionNotifications: [
            ...caveats(safe).map((caveat) => ({ level: "warning", message: message(caveat) })),
            ...undecided.map((result) => ({
              level: "warning",
              message: message(`${result.requirement} has no answer: ${result.because}`),
              associatedRule: { id: result.requirement },
            })),
          ],
        },
      ],
      columnKind: "utf16CodeUnits",
      results: safe.results.flatMap((result, index) => resultsOf(result, { report: safe, index, place })),
      properties: {
        subject: safe.subject,
        verdict: safe.verdict,
        verdictText: verdictSentence(safe),
        tally: Object.fromEntries(tally(safe.results).map(({ mark, count }) => [mark.word, count])),
        reportId: safe.id,
        reportSha256: context.reportSha256,
        evidenceSha256: safe.evidence.sha256,
        gatheredBy: safe.gatheredBy,
      },
    };
    return jsonText({ $schema: schema, version: "2.1.0", runs: [run] });
  },
};
