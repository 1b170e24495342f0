import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { UsageError } from "../src/model/faults.ts";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport } from "../tests/support/reports.ts";
import { scsYaml } from "./scs-yaml.ts";
import { scsYamlComing } from "./scs-yaml-coming.ts";

const context = (report: Report) => ({ reportSha256: digestOfReport(report) });

function read(text: string): readonly { readonly [key: string]: unknown }[] {
  return parseAllDocuments(text, { version: "1.1", uniqueKeys: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as { readonly [key: string]: unknown };
  });
}

const coming = (report: Report) => read(scsYamlComing.render(report, context(report)));

describe("report.scs-coming.yaml", () => {
  test("has the keys that upstream's branch writes, in its order, and ours after them", () => {
    const report = failingReport();
    const [document] = coming(report);
    expect(Object.keys(document ?? {})).toEqual(
      "uuid creator checked_at subject scope tests log report_sha256 evidence_sha256 gathered_by tool".split(" "),
    );
    expect(document).toMatchObject({
      creator: "scs-conformance 0.1.0",
      checked_at: new Date("2026-11-23T10:00:42Z"),
      subject: "example-k3s-1.33",
      scope: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
      tests: { "version-policy-check": { result: -1 } },
      log: [
        "INFO: *** version-policy-check",
        expect.stringMatching(/^ERROR: scs-0210-v2\/patch-recency: the cluster: /),
        "INFO: +++ version-policy-check: FAIL",
      ],
      report_sha256: digestOfReport(report),
    });
  });

  test.each([
    ["conformant", conformantReport()],
    ["failing", failingReport()],
    ["no-rights", noRightsReport()],
  ])("of the %s report has the ids, times and results of today's form", (_, report) => {
    const today = read(scsYaml.render(report, context(report))) as readonly {
      readonly checked_at: unknown;
      readonly run: {
        readonly uuid: string;
        readonly invocations: { readonly [id: string]: { readonly results: { readonly [id: string]: number } } };
      };
    }[];
    expect(coming(report).map(({ uuid, checked_at, tests }) => ({ uuid, checked_at, tests }))).toEqual(
      today.map(({ checked_at, run }) => ({
        uuid: run.uuid,
        checked_at,
        tests: Object.fromEntries(
          Object.values(run.invocations).flatMap(({ results }) =>
            Object.entries(results).map(([id, result]) => [id, { result }]),
          ),
        ),
      })),
    );
  });

  test("is refused where today's is", () => {
    const hypothetical = conformantReport({ hypothetical: true });
    expect(scsYamlComing.refuses?.(hypothetical)).toMatch(/hypothetical/);
    expect(() => coming(hypothetical)).toThrow(UsageError);
    expect(() => coming(hypothetical)).toThrow("no report.scs-coming.yaml can be made of this report");
  });
});
