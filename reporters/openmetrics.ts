/**
 * metrics.prom: OpenMetrics 1.0 for scheduled runs. Gauges only and no timestamps on samples, so that the textfile collector and
 * the Prometheus text format read it too. A result is 1 for pass, -1 for fail and 0 for what nobody knows; the label says which.
 */
import { addDays, startOf } from "../src/model/instant.ts";
import type { Report, Result } from "../src/model/report.ts";
import type { Outcome, Verdict } from "../src/model/vocabulary.ts";
import { expositionText, type Family, seconds } from "./openmetrics/exposition.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { defects } from "./summary.ts";
import { plainReport } from "./text/neutralise.ts";

const ofVerdict: { readonly [V in Verdict]: number } = { PASS: 1, DNF: 0, MISS: 0, FAIL: -1 };
const ofOutcome: { readonly [O in Outcome]: number } = {
  pass: 1,
  "not-applicable": 1,
  undetermined: 0,
  "not-run": 0,
  fail: -1,
};

/** A pass of the version policy rests on the release data for as many days after their date. */
const dataDays = 14;

export const openmetrics: Reporter = {
  file: "metrics.prom",
  mediaType: "application/openmetrics-text; version=1.0.0; charset=utf-8",
  title: "gauges for scheduled runs (OpenMetrics)",
  render: (report, context) => {
    const safe = plainReport(report);
    return expositionText([...whole(safe, context), ...testcases(safe), ...requirements(safe)], {
      subject: safe.subject,
      scope: safe.scope.id,
    });
  },
};

function whole(report: Report, context: ReporterContext): readonly Family[] {
  const { cluster, data, scope, tool } = report;
  const caveats = { hypothetical: report.hypothetical, partial: report.partial, recorded: report.recorded === true };
  return [
    {
      name: "report_info",
      help: "Which report these figures are of; always 1.",
      samples: [
        {
          labels: {
            scope_version: scope.version,
            tool_version: tool.version,
            kubernetes_version: cluster.version ?? "",
            platform: cluster.platform,
            gathered_by: report.gatheredBy,
            report_sha256: context.reportSha256,
          },
          value: 1,
        },
      ],
    },
    {
      name: "verdict",
      help: "Verdict: 1 conformant, -1 not conformant, 0 undecided.",
      samples: [{ labels: { verdict: report.verdict }, value: ofVerdict[report.verdict] }],
    },
    {
      name: "testcases_verdict",
      help: "Verdict of the scope's testcases alone.",
      samples: [{ labels: { verdict: report.testcaseVerdict }, value: ofVerdict[report.testcaseVerdict] }],
    },
    {
      name: "caveat",
      help: "1 when the report carries this caveat.",
      samples: Object.entries(caveats).map(([caveat, holds]) => ({ labels: { caveat }, value: holds ? 1 : 0 })),
    },
    {
      name: "defects",
      help: "Checks of the tool that broke.",
      samples: [{ labels: {}, value: defects(report).length }],
    },
    {
      name: "attestations",
      help: "Binding statements that no testcase counts, by what became of them.",
      samples: Object.entries(report.attestations).map(([state, ids]) => ({ labels: { state }, value: ids.length })),
    },
    seconds("checked_timestamp", "End of looking.", [{ labels: {}, at: report.checkedAt }]),
    seconds("data_timestamp", "Day of the release and CVE data.", [{ labels: {}, at: startOf(data.date) }]),
    seconds("data_expiry_timestamp", "End of the time for which a pass may rest on the release and CVE data.", [
      { labels: {}, at: addDays(startOf(data.date), dataDays) },
    ]),
  ];
}

function testcases(report: Report): readonly Family[] {
  const times = report.testcases.filter((testcase) => testcase.attempted);
  return [
    {
      name: "testcase_result",
      help: "Result of a testcase: 1 pass, -1 fail, 0 undecided or not attempted.",
      samples: report.testcases.map(({ id, verdict, attempted }) => ({
        labels: { testcase: id, verdict, attempted: String(attempted) },
        value: ofVerdict[verdict],
      })),
    },
    seconds(
      "testcase_observed_timestamp",
      "When what a testcase rests on was seen.",
      times.map(({ id, observedAt }) => ({ labels: { testcase: id }, at: observedAt })),
    ),
    seconds(
      "testcase_expiry_timestamp",
      "When the result of a testcase no longer counts, by its lifetime.",
      times.flatMap(({ id, expiresAt }) =>
        expiresAt === undefined ? [] : [{ labels: { testcase: id }, at: expiresAt }],
      ),
    ),
  ];
}

function requirements({ results }: Report): readonly Family[] {
  const labels = ({ requirement }: Result) => ({ requirement });
  return [
    {
      name: "requirement_result",
      help: "Result of a requirement: 1 pass or not applicable, -1 fail, 0 without an answer.",
      samples: results.map(({ requirement, level, bindingKind, outcome, basis }) => ({
        labels: { requirement, level, kind: bindingKind ?? "advisory", outcome, basis },
        value: ofOutcome[outcome],
      })),
    },
    {
      name: "requirement_findings",
      help: "Things that were found.",
      samples: results.map((result) => ({ labels: labels(result), value: result.findings.length })),
    },
    seconds(
      "declaration_expiry_timestamp",
      "End of the time for which a declaration counts.",
      results.flatMap((result) =>
        result.declaration ? [{ labels: labels(result), at: result.declaration.validUntil }] : [],
      ),
    ),
    seconds(
      "waiver_expiry_timestamp",
      "End of a waiver.",
      results.flatMap((result) =>
        result.waiver ? [{ labels: { ...labels(result), waiver: result.waiver.id }, at: result.waiver.expires }] : [],
      ),
    ),
  ];
}
