import { describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { exampleReports } from "../tests/support/reports/examples.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport, reportOf, resultOf } from "../tests/support/reports.ts";
import { sarifFaults, sarifRun } from "../tests/support/sarif.ts";
import { sarif } from "./sarif.ts";

const rendered = (report: Report, more: object = {}) =>
  sarif.render(report, { reportSha256: digestOfReport(report), ...more });

const finding = (name: string, code = "one-host") => ({
  code,
  subject: { kind: "Node", name },
  expected: "another host",
  actual: "host-1",
  message: `${name} shares its host`,
});
const hosts = (names: readonly string[], more: object = {}) =>
  resultOf("hosts", "fail", "two nodes share a host", { findings: names.map((name) => finding(name)), ...more });

describe("report.sarif", () => {
  test.each(exampleReports)("is valid by the schema of OASIS: %s", (_, report) => {
    expect(sarifFaults(rendered(report))).toEqual([]);
  });

  test("the schema would find a fault", () => {
    expect(sarifFaults(rendered(failingReport()).replace('"kind": "fail"', '"kind": "failed"'))).toHaveLength(1);
  });

  test.each([
    ["a failure that binds is an error", "hosts", true, "must", "error"],
    ["a MUST that does not bind is a warning", "hosts", false, "must", "warning"],
    ["a SHOULD is a note", "hosts", false, "should", "note"],
  ] as const)("%s", (_, name, binding, level, wanted) => {
    const { results } = sarifRun(
      rendered(reportOf([resultOf(name, "fail", "x", { binding, level, findings: [finding("a")] })])),
    );
    expect(results.map(({ kind, level: found }) => [kind, found])).toEqual([["fail", wanted]]);
  });

  test("a result without an answer is open, never a pass or a failure, and a warning of the run when it binds", () => {
    const { results, invocations } = sarifRun(rendered(noRightsReport()));
    expect(new Set(results.map(({ kind, level }) => `${kind} ${level}`))).toEqual(
      new Set(["open none", "review none"]),
    );
    const warned = invocations[0]?.toolExecutionNotifications.filter(({ message }) =>
      / has no answer: /.test(message.text),
    );
    const binding = noRightsReport().results.filter((result) => result.binding);
    expect(warned?.map(({ level }) => level)).toEqual(binding.map(() => "warning"));
  });

  test("what passed is a rule and no result", () => {
    const report = conformantReport();
    const { results, tool } = sarifRun(rendered(report));
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(report.results.map(({ requirement }) => requirement));
    const passed = report.results.filter(({ outcome }) => outcome === "pass").map(({ requirement }) => requirement);
    expect(results.filter(({ ruleId }) => passed.includes(ruleId))).toEqual([]);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  test("each object has one result, whose fingerprint stays when words change and differs between subjects", () => {
    const prints = (report: Report) =>
      sarifRun(rendered(report)).results.map(
        ({ partialFingerprints }) => partialFingerprints["subjectRequirementObject/v1"],
      );
    const both = prints(reportOf([hosts(["a", "b", "a"])]));
    expect(new Set(both).size).toBe(2);
    expect(both).toHaveLength(2);
    const reworded = hosts(["a", "b"], { because: "otherwise" });
    expect(prints(reportOf([reworded]))).toEqual(both);
    expect(prints(reportOf([hosts(["a", "b"])], { subject: "other" }))).not.toEqual(both);
    const [first] = sarifRun(rendered(reportOf([hosts(["a"])]))).results;
    expect(first?.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:1$/);
  });

  test("of thousands of objects some are shown and the rest is counted", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const { results } = sarifRun(rendered(reportOf([hosts(names)])));
    expect(results).toHaveLength(251);
    expect(results.at(-1)?.message.text).toBe(
      "The cluster: The same requirement is not met by 4750 more, all named in report.json.",
    );
  });

  test.each([
    [undefined, "scs-conformance.yaml"],
    ["clusters/prod one/cluster.yaml", "clusters/prod%20one/cluster.yaml"],
  ])("is shown at %s", (sarifLocation, uri) => {
    const more = sarifLocation === undefined ? {} : { sarifLocation };
    const { results } = sarifRun(rendered(failingReport(), more));
    expect(new Set(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri))).toEqual(
      new Set([uri]),
    );
  });

  test("a waiver is told and closes nothing", () => {
    const waived = sarifRun(rendered(failingReport())).results.filter(({ message }) => / Waived: /.test(message.text));
    expect(new Set(waived.map(({ kind, level }) => `${kind} ${level}`))).toEqual(new Set(["fail error"]));
    for (const one of waived) expect(one).not.toHaveProperty("suppressions");
  });
});
