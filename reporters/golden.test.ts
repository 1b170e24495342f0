/** Every format of three realistic reports, byte for byte. UPDATE_GOLDEN=1 writes them anew: read the difference before committing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { evidenceOf } from "../tests/support/reports/evidence.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport } from "../tests/support/reports.ts";
import { type Reporter, type ReporterContext, reporters } from "./index.ts";

const update = process.env.UPDATE_GOLDEN === "1";
const root = join(import.meta.dirname, "../fixtures/reports");

const reports: readonly (readonly [string, Report])[] = [
  ["conformant", conformantReport()],
  ["failing", failingReport()],
  ["no-rights", noRightsReport()],
];

function contextOf(report: Report): ReporterContext {
  const signed = report.gatheredBy === "unsigned" ? {} : { signedBy: report.gatheredBy };
  return { reportSha256: digestOfReport(report), evidence: evidenceOf(report), width: 80, ...signed };
}

describe.each(reports)("the %s report", (name, report) => {
  test.each(Object.entries<Reporter>(reporters))("as %s", (_, reporter) => {
    const folder = join(root, name);
    const file = join(folder, reporter.file);
    const text = reporter.render(report, contextOf(report));
    if (update) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1`).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  test("has a golden file for every format and none beside", () => {
    const files = Object.values<Reporter>(reporters).map((reporter) => reporter.file);
    expect(readdirSync(join(root, name)).sort()).toEqual([...files].sort());
  });

  test("is rendered the same twice, and from a copy with other key order", () => {
    const turned = JSON.parse(reporters.json.render(report, contextOf(report))) as Report;
    for (const reporter of Object.values<Reporter>(reporters)) {
      expect(reporter.render(turned, contextOf(report))).toBe(reporter.render(report, contextOf(report)));
    }
  });
});
