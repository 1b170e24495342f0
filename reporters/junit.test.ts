import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { exampleReports } from "../tests/support/reports/examples.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { hostileReport } from "../tests/support/reports/hostile.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport, reportOf, resultOf } from "../tests/support/reports.ts";
import { allOf, type Element, readXml } from "../tests/support/xml.ts";
import { junit } from "./junit.ts";

const rendered = (report: Report) => junit.render(report, { reportSha256: digestOfReport(report) });

const kinds = ["failure", "error", "skipped"] as const;

describe("junit", () => {
  test.each([
    [
      "passes nothing that failed: binding failures are failures",
      failingReport(),
      { failure: 3, error: 0, skipped: 8 },
    ],
    ["is not red for advice and attestations", conformantReport(), { failure: 0, error: 0, skipped: 4 }],
    ["turns an undecided testcase into an error", noRightsReport(), { failure: 0, error: 4, skipped: 8 }],
  ])("%s", (_, report, wanted) => {
    const root = readXml(rendered(report));
    for (const kind of kinds) expect(allOf(root, kind)).toHaveLength(wanted[kind]);
    expect(root.attributes).toMatchObject({
      tests: String(report.results.length),
      failures: String(wanted.failure),
      errors: String(wanted.error),
    });
    const silent = allOf(root, "testcase").filter((one) => one.children.length === 0);
    expect(silent).toHaveLength(report.results.filter((result) => result.outcome === "pass").length);
  });

  test("every suite counts its own cases", () => {
    for (const suite of allOf(readXml(rendered(failingReport())), "testsuite")) {
      expect(suite.attributes.tests).toBe(String(allOf(suite, "testcase").length));
      expect(suite.attributes.failures).toBe(String(allOf(suite, "failure").length));
      expect(suite.attributes.skipped).toBe(String(allOf(suite, "skipped").length));
      expect(suite.attributes.timestamp).toBe("2026-11-23T10:00:42");
    }
  });

  test("advice that is not met is told, not counted", () => {
    const results = [resultOf("zones", "fail", "all in one zone", { findings: [] })];
    const [skipped] = allOf(readXml(rendered(reportOf(results))), "skipped");
    expect(skipped?.attributes.message).toBe("not met: all in one zone");
  });

  test.runIf(spawnSync("python3", ["-c", "import xml.etree.ElementTree"]).status === 0)(
    "another reader finds hostile text well-formed too",
    () => {
      const script =
        "import sys,xml.etree.ElementTree as e;print(len(e.fromstring(sys.stdin.buffer.read()).findall('.//testcase')))";
      const run = spawnSync("python3", ["-c", script], { input: rendered(hostileReport()), encoding: "utf8" });
      expect(run).toMatchObject({ status: 0, stdout: "12\n" });
    },
  );
});

test("a waiver stands beside its failure and hides nothing", () => {
  const root = readXml(rendered(failingReport()));
  const said = (one: Element) => allOf(one, "system-out").map((element) => element.text);
  const waived = allOf(root, "testcase").filter((one) => said(one).join().startsWith("waived: "));
  expect(waived).toHaveLength(1);
  expect(waived.flatMap((one) => allOf(one, "failure"))).toHaveLength(1);
  expect(waived.flatMap(said)).toEqual([expect.stringContaining("OPS-1742")]);
});

const xsd = join(import.meta.dirname, "../fixtures/schemas/junit-10.xsd");

describe.runIf(spawnSync("xmllint", ["--version"]).status === 0)(
  "xmllint finds it valid by the schema of Jenkins",
  () => {
    test.each(exampleReports)("%s", (_, report) => {
      const options = { input: rendered(report), encoding: "utf8" } as const;
      const { status, stderr } = spawnSync("xmllint", ["--noout", "--nonet", "--schema", xsd, "-"], options);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "- validates\n" });
    });
  },
);
