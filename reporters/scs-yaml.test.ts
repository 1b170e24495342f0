import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { UsageError } from "../src/model/faults.ts";
import type { Report } from "../src/model/report.ts";
import { python } from "../tests/support/python.ts";
import { conformantReport } from "../tests/support/reports/conformant.ts";
import { failingReport } from "../tests/support/reports/failing.ts";
import { attacks, hostileReport } from "../tests/support/reports/hostile.ts";
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

/** Strings that some YAML reader takes for something else: YAML 1.1 and 1.2 scalars, indicators, what needs an escape. */
const nasty =
  "no Yes y N on OFF ~ null NULL true 1:30 190:20:30 1_000 0o7 010 0x1F 1e3 .inf -.INF .nan = << 2026-11-23 2026-11-23T10:00:42Z 12e03 +1 &a *a !x ? - : , [ ] { } # | > @ ` % ' \" \\ --- ...".split(
    " ",
  );
const sly = [
  "",
  " ",
  "a: b",
  "a #b",
  "\ttab",
  "trailing ",
  " leading",
  "a\nb",
  "\u0085",
  "\u2028",
  "\ufeff",
  "- x",
  "? y",
  "!!python/name:os",
];
const strings = [...nasty, ...sly, ...attacks];

/** Both as JSON: times as they are written. */
const reading = `
import json, sys
from datetime import date
def told(value): return value.isoformat() if isinstance(value, date) else repr(value)
docs = read(sys.stdin.buffer.read().decode("utf-8"))
print(json.dumps([doc for doc in docs], default=told))
`;

describe.each([
  ["PyYAML", "yaml", "read = lambda text: list(yaml.safe_load_all(text))"],
  // as the monitor reads it
  ["ruamel.yaml", "ruamel.yaml", "read = lambda text: list(ruamel.yaml.YAML(typ='safe', pure=True).load_all(text))"],
])("%s reads the same", (_, module, loader) => {
  const program = python(module);

  test.runIf(program).each([
    ["conformant", conformantReport()],
    ["without rights", noRightsReport()],
    ["nasty", hostileReport((index) => strings[index % strings.length] ?? "")],
    ["nasty from the end", hostileReport((index) => strings.at(-1 - (index % strings.length)) ?? "")],
  ])("%s", (__, report) => {
    const script = `import ${module}\n${loader}\n${reading}`;
    const { stdout, stderr, status } = spawnSync(program ?? "", ["-c", script], {
      input: text(report),
      encoding: "utf8",
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const cut = (value: unknown, length: number) => (value as Date).toISOString().slice(0, length);
    const ours = read(report).map(({ checked_at, reference_date, ...rest }) => ({
      ...rest,
      checked_at: cut(checked_at, 19),
      reference_date: cut(reference_date, 10),
    }));
    expect(JSON.parse(stdout)).toEqual(ours);
  });
});
