/**
 * statement.intoto.json and predicate.intoto.json: an in-toto Statement v1 over the files of a run, with the predicate
 * test-result v0.1 (in-toto/attestation, spec/predicates/test-result.md) and our own fields beside it. The predicate has no word for
 * what nobody knows: whatever is not a pass stands under `failedTests`, and the result is then FAILED. WARNED and `warnedTests` mean
 * "passed with warnings" there.
 */
import { sha256 } from "../src/model/digest.ts";
import type { Report } from "../src/model/report.ts";
import { jsonText } from "../src/model/report-text.ts";
import { notForMonitor } from "./elsewhere.ts";
import { testResult } from "./in-toto/test-result.ts";
import type { Reporter, ReporterContext } from "./reporter.ts";
import { scsYaml } from "./scs-yaml.ts";
import { plainReport } from "./text/neutralise.ts";

export const predicateType = "https://in-toto.io/attestation/test-result/v0.1";

/** Other programs read `result` alone: what must not be believed of a live cluster today gets no statement. */
function refuses(report: Report): string | undefined {
  if (report.hypothetical) return "it is hypothetical: judged as of another day than the cluster was seen";
  if (report.recorded === true) return "its facts were replayed from a recording";
  return undefined;
}

export const inToto: Reporter = {
  file: "statement.intoto.json",
  mediaType: "application/vnd.in-toto+json",
  title: "an in-toto statement over the files of the run; with a key also as DSSE, report.dsse.json",
  refuses,
  render: (report, context) =>
    jsonText({
      _type: "https://in-toto.io/Statement/v1",
      subject: subjects(report, context),
      predicateType,
      predicate: testResult(plainReport(report)),
    }),
};

export const inTotoPredicate: Reporter = {
  file: "predicate.intoto.json",
  mediaType: "application/json",
  title: `the predicate alone, for GitHub's attestation action (predicate-type ${predicateType})`,
  refuses,
  render: (report) => jsonText(testResult(plainReport(report))),
};

/** The files that this report gives, by the digest of their bytes. */
function subjects(report: Report, context: ReporterContext) {
  const monitor = notForMonitor(report) === undefined ? [sha256(scsYaml.render(report, context))] : [];
  return [
    { name: "report.json", digest: { sha256: context.reportSha256 } },
    { name: "evidence.json", digest: { sha256: report.evidence.sha256 } },
    ...monitor.map((digest) => ({ name: scsYaml.file, digest: { sha256: digest } })),
  ];
}
