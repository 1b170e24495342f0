/** What other tools will say of the same run: the compliance monitor and the official console runner. */
import type { Report } from "../src/model/report.ts";
import { protocolResult, type ReportedTestcase } from "./testcase-results.ts";
import type { Tone } from "./words.ts";

/** Why this report has no form that the compliance monitor may be given; undefined when it has. */
export function notForMonitor(report: Report): string | undefined {
  if (!report.scope.submittable) return `scope ${report.scope.id} is not one that the compliance monitor knows`;
  if (report.hypothetical) return "it is hypothetical: judged as of another day than the cluster was seen";
  if (sorted(report).attempted.length === 0) return "no testcase was attempted";
  return undefined;
}

function sorted(report: Report) {
  const of = (word: string) => report.testcases.filter((testcase) => protocolResult(testcase)?.word === word);
  const [passed, failed, aborted] = [of("PASS"), of("FAIL"), of("ABORT")];
  const missing = report.testcases.filter((testcase) => protocolResult(testcase) === undefined);
  return { passed, failed, aborted, missing, attempted: [...passed, ...failed, ...aborted] };
}

export interface Forecast {
  readonly text: string;
  readonly tone: Tone;
}

const ids = (testcases: readonly ReportedTestcase[]) => testcases.map((testcase) => testcase.id).join(", ");

/**
 * What the monitor's page shows once this report is in, and nothing else of the subject (scs_cert_lib.py, evaluate: any fail,
 * else any missing, else any abort). An abort and a missing result both leave the version listed as passed.
 */
export function monitorForecast(report: Report): Forecast {
  const refused = notForMonitor(report);
  if (refused !== undefined) return { text: `nothing new: ${refused}`, tone: "quiet" };
  const { failed, missing, aborted } = sorted(report);
  const version = report.scope.version;
  if (failed.length > 0) return { text: `red: failed: ${ids(failed)}`, tone: "bad" };
  if (missing.length > 0) {
    const text = `orange: missing: ${ids(missing)} (unless an earlier result still counts); ${version} stays listed as passed`;
    return { text, tone: "open" };
  }
  if (aborted.length > 0) {
    const text = `green with an asterisk: aborted: ${ids(aborted)}; ${version} is listed as passed although nobody knows`;
    return { text, tone: "open" };
  }
  return { text: `green: ${version} passed`, tone: "good" };
}

/** The line that scs-compliance-check.py would print: any fail or abort is FAIL, else any missing is a tentative pass. */
export function consoleForecast(report: Report): Forecast {
  const { passed, failed, aborted, missing } = sorted(report);
  const bad = failed.length + aborted.length > 0;
  const word = bad ? "FAIL" : missing.length > 0 ? "TENTATIVE pass" : "PASS";
  const parts = [
    `${passed.length} passed`,
    failed.length > 0 && `${failed.length} failed`,
    aborted.length > 0 && `${aborted.length} aborted`,
    missing.length > 0 && `${missing.length} missing`,
  ].filter((part) => part !== false);
  return { text: `main: ${word} (${parts.join(", ")})`, tone: bad ? "bad" : missing.length > 0 ? "open" : "good" };
}
