/**
 * report.scs.yaml: the compliance monitor's own form (SovereignCloudStack/standards, Tests/scs-compliance-check.py,
 * create_report), one document per time of observation, because a result takes the time of its document and the newest wins.
 * Never with a top-level `creator`: the monitor would then take it for the coming form.
 */
import { dateOf } from "../src/model/instant.ts";
import type { Report } from "../src/model/report.ts";
import { notForMonitor } from "./elsewhere.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { eachTime, idOf, type TimedResults } from "./scs-yaml/by-time.ts";
import { harmless, levels, messages, origin } from "./scs-yaml/lines.ts";
import { bare, yamlDocument } from "./scs-yaml/write.ts";
import { protocolResult, type ReportedTestcase } from "./testcase-results.ts";

const file = "report.scs.yaml";

export const scsYaml: Reporter = {
  file,
  mediaType: "application/yaml",
  title: "the result as the SCS compliance monitor takes it",
  refuses: notForMonitor,
  render: (report, context) => eachTime(report, { file, format: "scs-yaml" }, (results) => document(results, context)),
};

function document({ report, observedAt, testcases }: TimedResults, context: ReporterContext): string {
  const argv = argumentsOf(report);
  const invocations = testcases.map((testcase) => invocation(report, testcase, argv));
  return yamlDocument({
    spec: {
      uuid: report.scope.uuid,
      name: harmless(report.scope.name),
      url: harmless(report.scope.url ?? ""),
    },
    checked_at: bare(observedAt.replace(/Z$/, "")),
    reference_date: bare(dateOf(report.asOf)),
    subject: harmless(report.subject),
    run: {
      uuid: idOf(report, observedAt),
      argv,
      assignment: assignment(report),
      sections: null,
      forced_version: null,
      forced_tests: report.partial ? `^(${testcases.map((testcase) => quoted(testcase.id)).join("|")})$` : null,
      invocations: Object.fromEntries(invocations.map((one) => [one.id, one])),
    },
    ...origin(report, context),
  });
}

function invocation(report: Report, testcase: ReportedTestcase, argv: readonly string[]) {
  const id = idOf(report, testcase.observedAt, testcase.id);
  const result = protocolResult(testcase);
  const name = harmless(testcase.id);
  const stdout = result === undefined ? [] : [`${name}: ${result.word}`];
  const stderr = messages(report, testcase.requirements);
  return {
    id,
    cmd: [...argv, "--only", name].join(" "),
    results: result === undefined ? {} : { [name]: result.number },
    rc: 0,
    stdout,
    stderr,
    ...levels([...stdout, ...stderr]),
  };
}

/** What would make such a run again; from the report, as the real command line may hold paths of the caller's machine. */
function argumentsOf(report: Report): readonly string[] {
  const { scope, selection } = report;
  const chosen = [...selection.only.flatMap((id) => ["--only", id]), ...selection.skip.flatMap((id) => ["--skip", id])];
  const args = ["check", "--scope", scope.id, "--scope-version", scope.version, "--tier", selection.tier];
  return [report.tool.name, ...args, "--subject", report.subject, ...chosen].map(harmless);
}

function assignment(report: Report): { readonly [name: string]: string } {
  const { cluster } = report;
  return {
    cluster_uid: harmless(cluster.uid ?? "not visible"),
    kubernetes_version: harmless(cluster.version ?? "not visible"),
    platform: cluster.platform,
    tier: report.selection.tier,
  };
}

const quoted = (text: string): string => harmless(text).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
