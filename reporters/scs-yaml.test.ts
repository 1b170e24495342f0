import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { UsageError } from "../src/model/faults.ts";
import type { Report } from "../src/model/report.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { noRightsReport } from "../tests/support/reports/no-rights.ts";
import { digestOfReport } from "../tests/support/reports.ts";
import { scsYaml } from "./scs-yaml.ts";

interface Invocation {
  readonly id: string;
  readonly results: { readonly [id: string]: number };
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly [field: string]: unknown;
}

interface MonitorDocument {
  readonly checked_at: unknown;
  readonly reference_date: unknown;
  readonly run: {
    readonly uuid: string;
    readonly invocations: { readonly [id: string]: Invocation };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const text = (report: Report) => scsYaml.render(report, { reportSha256: digestOfReport(report) });

/** As the monitor's library reads it: YAML 1.1, where dates, times, `no` and `1:30` have types of their own. */
function read(report: Report): readonly MonitorDocument[] {
  return parseAllDocuments(text(report), { version: "1.1", uniqueKeys: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as MonitorDocument;
  });
}

const invocations = (document: MonitorDocument | undefined) => Object.values(document?.run.invocations ?? {});
const results = (document: MonitorDocument | undefined) =>
  Object.assign({}, ...invocations(document).map((one) => one.results));

describe("report.scs.yaml", () => {
  test("has one document per time of observation, in order, with ids of their own", () => {
    const documents = read(conformantReport());
    expect(documents.map((one) => one.checked_at)).toEqual([
      new Date("2026-11-20T03:12:09Z"),
      new Date("2026-11-23T10:00:42Z"),
    ]);
    expect(new Set(documents.map((one) => one.run.uuid)).size).toBe(2);
    expect(documents.map(results)).toEqual([
      { "cncf-k8s-conformance": 1, "kaas-networking-check": 1 },
      { "version-policy-check": 1 },
    ]);
  });

  test.each([
    ["leaves out what was not attempted", failingReport(), [{ "version-policy-check": -1 }]],
    [
      "writes 0 for what was attempted without a result",
      noRightsReport(),
      [{ "cncf-k8s-conformance": 0, "kaas-networking-check": 0 }, { "version-policy-check": 0 }],
    ],
  ])("%s", (_, report, wanted) => {
    expect(read(report).map(results)).toEqual(wanted);
  });

  test("carries every field that the monitor reads, and no creator", () => {
    const report = failingReport({ partial: true });
    const [document] = read(report);
    expect(Object.keys(document ?? {})).toEqual(
      "spec checked_at reference_date subject run report_sha256 evidence_sha256 gathered_by tool".split(" "),
    );
    expect(document).toMatchObject({
      spec: { uuid: report.scope.uuid, name: "SCS-compatible KaaS", url: report.scope.url },
      reference_date: new Date("2026-11-23"),
      subject: "example-k3s-1.33",
      run: {
        argv: expect.any(Array),
        assignment: expect.any(Object),
        sections: null,
        forced_version: null,
        forced_tests: "^(version-policy-check)$",
      },
      report_sha256: digestOfReport(report),
      evidence_sha256: report.evidence.sha256,
    });
    const [invocation] = invocations(document);
    expect(Object.keys(invocation ?? {})).toEqual(
      "id cmd results rc stdout stderr info warning error critical".split(" "),
    );
    expect(document?.run.invocations[invocation?.id ?? ""]).toBe(invocation);
    expect(invocation).toMatchObject({
      rc: 0,
      stdout: ["version-policy-check: FAIL"],
      info: 0,
      warning: 0,
      error: 1,
      critical: 0,
    });
    expect(invocation?.stderr).toEqual([expect.stringMatching(/^ERROR: scs-0210-v2\/patch-recency: the cluster: /)]);
  });

  test("quotes every string and key, and writes times bare in UTC without offset", () => {
    const lines = text(conformantReport()).split("\n");
    expect(lines[0]).toBe("---");
    expect(lines).toContain('"checked_at": 2026-11-20T03:12:09');
    expect(lines).toContain('"reference_date": 2026-11-23');
    const plain = lines.filter(
      (line) =>
        line !== "" && !/^(---|\s*(- )?"([^"\\]|\\.)*"(: ("([^"\\]|\\.)*"|-?\d+|null|true|\[\]|\{\}))?:?)$/.test(line),
    );
    expect(plain).toEqual([
      '"checked_at": 2026-11-20T03:12:09',
      '"reference_date": 2026-11-23',
      '"checked_at": 2026-11-23T10:00:42',
      '"reference_date": 2026-11-23',
    ]);
  });

  const ours = conformantReport();
  test.each([
    [
      "a scope of ours",
      conformantReport({ scope: { ...ours.scope, submittable: false } }),
      /scope scs-compatible-kaas is not one/,
    ],
    ["a hypothetical report", conformantReport({ hypothetical: true }), /it is hypothetical/],
    ["a report without any attempted testcase", conformantReport({ testcases: [] }), /no testcase was attempted/],
  ])("refuses %s", (_, report, message) => {
    expect(scsYaml.refuses?.(report)).toMatch(message);
    expect(() => text(report)).toThrow(UsageError);
    expect(() => text(report)).toThrow(message);
  });

  test("does not refuse others", () => {
    expect(scsYaml.refuses?.(ours)).toBeUndefined();
  });
});
