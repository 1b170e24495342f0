/**
 * report.scs-coming.yaml: the compliance monitor's coming form (SovereignCloudStack/standards, branch feat/revamp-testing,
 * scs_cert_lib.py, make_report). Its top-level `creator` is how the monitor tells it from today's.
 */
import { notForMonitor } from "./elsewhere.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { eachTime, idOf, type TimedResults } from "./scs-yaml/by-time.ts";
import { harmless, messages, origin } from "./scs-yaml/lines.ts";
import { bare, yamlDocument } from "./scs-yaml/write.ts";
import { protocolResult } from "./testcase-results.ts";

const file = "report.scs-coming.yaml";

export const scsYamlComing: Reporter = {
  file,
  mediaType: "application/yaml",
  title: "the result in the form that the SCS compliance monitor is to take one day",
  refuses: notForMonitor,
  render: (report, context) =>
    eachTime(report, { file, format: "scs-yaml-coming" }, (results) => document(results, context)),
};

function document({ report, observedAt, testcases }: TimedResults, context: ReporterContext): string {
  const results = testcases.flatMap((testcase) => {
    const result = protocolResult(testcase);
    return result === undefined ? [] : [{ name: harmless(testcase.id), result, requirements: testcase.requirements }];
  });
  return yamlDocument({
    uuid: idOf(report, observedAt),
    creator: harmless(`${report.tool.name} ${report.tool.version}`),
    checked_at: bare(observedAt.replace(/Z$/, "")),
    subject: harmless(report.subject),
    scope: report.scope.uuid,
    tests: Object.fromEntries(results.map(({ name, result }) => [name, { result: result.number }])),
    // of the log the public page keeps `INFO: ***`, `WARNING: ` and `ERROR: `
    log: results.flatMap(({ name, result, requirements }) => [
      `INFO: *** ${name}`,
      ...messages(report, requirements),
      `INFO: +++ ${name}: ${result.word}`,
    ]),
    ...origin(report, context),
  });
}
