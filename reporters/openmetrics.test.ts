import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { readOpenMetrics } from "../tests/support/openmetrics.ts";
import { python } from "../tests/support/python.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { exampleReports } from "../tests/support/reports/examples.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport, reportOf } from "../tests/support/reports.ts";
import { openmetrics } from "./openmetrics.ts";

const rendered = (report: Report) => openmetrics.render(report, { reportSha256: digestOfReport(report) });
const metrics = (report: Report, name: string) =>
  readOpenMetrics(rendered(report)).filter((metric) => metric.name === `scs_conformance_${name}`);

describe("metrics.prom", () => {
  test.each([
    ["conformant", conformantReport(), 1],
    ["failing", failingReport(), -1],
    ["undecided", noRightsReport(), 0],
    ["empty", reportOf([]), 0],
  ])("the verdict of a %s cluster", (_, report, value) => {
    expect(metrics(report, "verdict")).toEqual([
      {
        name: "scs_conformance_verdict",
        labels: { subject: report.subject, scope: report.scope.id, verdict: report.verdict },
        value,
      },
    ]);
  });

  test("what nobody knows is neither 1 nor -1", () => {
    const values = metrics(noRightsReport(), "requirement_result").map(({ value, labels }) => [labels.outcome, value]);
    expect(values.length).toBeGreaterThan(5);
    expect(values.filter(([outcome]) => outcome === "undetermined" || outcome === "not-run")).toEqual(
      values.filter(([, value]) => value === 0),
    );
  });

  test("each attempted testcase says when it was seen and until when it counts", () => {
    const seconds = (name: string) =>
      Object.fromEntries(metrics(failingReport(), name).map(({ labels, value }) => [labels.testcase, value * 1000]));
    const attempted = failingReport().testcases.filter((testcase) => testcase.attempted);
    expect(seconds("testcase_observed_timestamp_seconds")).toEqual(
      Object.fromEntries(attempted.map(({ id, observedAt }) => [id, Date.parse(observedAt)])),
    );
    expect(seconds("testcase_expiry_timestamp_seconds")).toEqual(
      Object.fromEntries(attempted.map(({ id, expiresAt }) => [id, Date.parse(expiresAt ?? "")])),
    );
    const [expiry] = metrics(failingReport(), "data_expiry_timestamp_seconds");
    expect(expiry?.value).toBe(Date.parse("2026-12-04T00:00:00Z") / 1000);
  });

  test("a requirement that a hand-made report names twice shows the worse", () => {
    const { results } = failingReport();
    const [first] = results;
    if (first === undefined) throw new Error("no result");
    const twice = reportOf([{ ...first, findings: [] }, first]);
    expect(metrics(twice, "requirement_findings").map(({ value }) => value)).toEqual([0]);
  });
});

const reader = python("prometheus_client.openmetrics.parser");

describe.runIf(reader)("the parser of prometheus_client finds the same", () => {
  const script = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
text = sys.stdin.buffer.read().decode("utf-8")
print(json.dumps([[s.name, s.labels, s.value] for f in read(text) for s in f.samples if f.type == "gauge"]))
from prometheus_client.parser import text_string_to_metric_families as plain
print(sum(len(f.samples) for f in plain(text)))
`;
  test.each(exampleReports)("%s", (_, report) => {
    const input = rendered(report);
    const { stdout, stderr, status } = spawnSync(reader ?? "", ["-c", script], { input, encoding: "utf8" });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const [samples = "", count] = stdout.split("\n");
    const ours = readOpenMetrics(input).map(({ name, labels, value }) => [name, labels, value]);
    expect(JSON.parse(samples)).toEqual(ours);
    expect(count).toBe(String(ours.length));
  });
});
