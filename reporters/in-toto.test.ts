import { describe, expect, test } from "vitest";
import { sha256 } from "../src/model/digest.ts";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { hostileReport } from "../tests/support/reports/hostile.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport, reportOf, resultOf } from "../tests/support/reports.ts";
import { inToto, inTotoPredicate, predicateType } from "./in-toto.ts";
import { scsYaml } from "./scs-yaml.ts";

interface Predicate {
  readonly result: string;
  readonly configuration: readonly { readonly name: string; readonly uri?: string; readonly digest?: object }[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly scsConformance: { readonly verdict: string; readonly outcomes: { readonly [id: string]: string } };
}

interface Statement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

const contextOf = (report: Report) => ({ reportSha256: digestOfReport(report) });
const statement = (report: Report) => JSON.parse(inToto.render(report, contextOf(report))) as Statement;
const passing = [
  resultOf("conformance", "pass", "x", { basis: "imported" }),
  resultOf("branch", "pass", "x"),
  resultOf("patch", "pass", "x"),
  resultOf("network", "pass", "x", { basis: "imported" }),
];

describe("the statement", () => {
  test("is over the bytes of report, evidence and monitor form", () => {
    const report = conformantReport();
    const { subject, ...rest } = statement(report);
    expect(rest).toMatchObject({ _type: "https://in-toto.io/Statement/v1", predicateType });
    expect(subject).toEqual([
      { name: "report.json", digest: { sha256: digestOfReport(report) } },
      { name: "evidence.json", digest: { sha256: report.evidence.sha256 } },
      { name: "report.scs.yaml", digest: { sha256: sha256(scsYaml.render(report, contextOf(report))) } },
    ]);
  });

  test("leaves out a monitor form that there is not", () => {
    const names = statement(reportOf([])).subject.map(({ name }) => name);
    expect(names).toEqual(["report.json", "evidence.json"]);
  });

  test("carries the predicate that stands in a file of its own", () => {
    const report = failingReport();
    expect(statement(report).predicate).toEqual(JSON.parse(inTotoPredicate.render(report, contextOf(report))));
  });

  test("describes what was judged and by what, each with an address or a digest", () => {
    for (const report of [conformantReport(), hostileReport()]) {
      for (const one of statement(report).predicate.configuration) expect(one.uri ?? one.digest).toBeTruthy();
    }
  });
});

describe("the result", () => {
  test.each([
    ["all pass", reportOf(passing), "PASSED"],
    ["something was noted beside a pass", conformantReport(), "WARNED"],
    ["something failed", failingReport(), "FAILED"],
    ["nobody knows", noRightsReport(), "FAILED"],
    ["nothing was attempted", reportOf([]), "FAILED"],
    ["an attested MUST is disproved", reportOf([...passing, resultOf("hosts", "fail", "x")]), "FAILED"],
  ])("when %s", (_, report, wanted) => {
    const { result, failedTests, warnedTests } = statement(report).predicate;
    expect(result).toBe(wanted);
    expect(failedTests.length > 0).toBe(wanted === "FAILED");
    expect(warnedTests.length > 0 && wanted === "PASSED").toBe(false);
  });

  test.each([
    ["failing", failingReport()],
    ["undecided", noRightsReport()],
    ["conformant", conformantReport()],
  ])("of the %s report lists as passed or warned only what is a pass", (_, report) => {
    const { passedTests, warnedTests, failedTests } = statement(report).predicate;
    const pass = new Set([
      ...report.testcases.filter(({ verdict }) => verdict === "PASS").map(({ id }) => id),
      ...report.results.filter(({ verdict }) => verdict === "PASS").map(({ requirement }) => requirement),
    ]);
    expect([...passedTests, ...warnedTests].filter((name) => !pass.has(name))).toEqual([]);
    expect(failedTests.filter((name) => pass.has(name))).toEqual([]);
    const all = [...passedTests, ...warnedTests, ...failedTests];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(report.testcases.map(({ id }) => id)));
  });
});

test.each([
  ["a hypothetical report", { hypothetical: true }, /hypothetical/],
  ["a recorded one", { recorded: true }, /recording/],
] as const)("%s gets no statement", (_, more, why) => {
  expect(inToto.refuses?.(conformantReport(more))).toMatch(why);
  expect(inTotoPredicate.refuses?.(conformantReport(more))).toMatch(why);
  expect(inToto.refuses?.(conformantReport())).toBeUndefined();
});
