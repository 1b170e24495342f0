/** The monitor's answers were measured on the real monitor; the runner's line is upstream's eval_buckets and print_report. */
import { expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import type { Verdict } from "../src/model/vocabulary.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { consoleForecast, monitorForecast } from "./elsewhere.ts";

const base = conformantReport();

/** A report whose testcases a, b, c have the given verdicts; MISS is not attempted. */
function reportWith(...verdicts: readonly Verdict[]): Report {
  const testcases = verdicts.map((verdict, index) => ({
    id: "abc".charAt(index),
    verdict,
    requirements: [],
    observedAt: base.checkedAt,
    attempted: verdict !== "MISS",
  }));
  return { ...base, testcases };
}

test.each<[readonly Verdict[], RegExp, string, string]>([
  [["PASS", "PASS", "PASS"], /^green: v1 passed$/, "good", "main: PASS (3 passed)"],
  [["PASS", "PASS", "FAIL"], /^red: failed: c$/, "bad", "main: FAIL (2 passed, 1 failed)"],
  [["PASS", "MISS", "FAIL"], /^red: failed: c$/, "bad", "main: FAIL (1 passed, 1 failed, 1 missing)"],
  [
    ["PASS", "PASS", "DNF"],
    /^green with an asterisk: aborted: c; .*although nobody knows$/,
    "open",
    "main: FAIL (2 passed, 1 aborted)",
  ],
  [
    ["PASS", "DNF", "MISS"],
    /^orange: missing: c .*stays listed as passed$/,
    "open",
    "main: FAIL (1 passed, 1 aborted, 1 missing)",
  ],
  [["PASS", "MISS", "MISS"], /^orange: missing: b, c /, "open", "main: TENTATIVE pass (1 passed, 2 missing)"],
  [
    ["MISS", "MISS", "MISS"],
    /^nothing new: no testcase was attempted$/,
    "quiet",
    "main: TENTATIVE pass (0 passed, 3 missing)",
  ],
])("%j", (verdicts, monitor, tone, runner) => {
  const report = reportWith(...verdicts);
  expect(monitorForecast(report).text).toMatch(monitor);
  expect(monitorForecast(report).tone).toBe(tone);
  expect(consoleForecast(report).text).toBe(runner);
});

test("an attempted testcase that is MISS for a part of it is handed in by nobody", () => {
  const report = reportWith("PASS", "PASS", "MISS");
  const testcases = report.testcases.map((testcase) => ({ ...testcase, attempted: true }));
  expect(consoleForecast({ ...report, testcases }).text).toBe("main: TENTATIVE pass (2 passed, 1 missing)");
});
