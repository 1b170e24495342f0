import { describe, expect, test } from "vitest";
import { scsYaml } from "../../reporters/scs-yaml.ts";
import { scsYamlComing } from "../../reporters/scs-yaml-coming.ts";
import { conformantReport } from "../../tests/support/reports/conformant.ts";
import { hostileReport } from "../../tests/support/reports/hostile.ts";
import { digestOfReport } from "../../tests/support/reports.ts";
import type { Report } from "../model/report.ts";
import { fieldsOf } from "./forms.ts";
import { readDocuments } from "./read-documents.ts";
import type { RuleContext } from "./rule.ts";
import { refusalsOf } from "./rules.ts";

const context: RuleContext = {
  now: new Date("2026-11-23T12:00:00Z"),
  form: "today",
  account: "example-1.34",
  delegated: false,
  scopes: [
    {
      uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
      name: "SCS-compatible KaaS",
      submittable: true,
      testcases: [
        { id: "cncf-k8s-conformance", lifetime: "year" },
        { id: "version-policy-check", lifetime: "week" },
        { id: "kaas-networking-check", lifetime: "month" },
      ],
    },
    { uuid: "0d5c6e4e-0000-4000-8000-000000000000", name: "SCS KaaS drafts", submittable: false, testcases: [] },
  ],
};

const today = (report: Report) => scsYaml.render(report, { reportSha256: digestOfReport(report) });
const coming = (report: Report) => scsYamlComing.render(report, { reportSha256: digestOfReport(report) });

/** Rules that refuse each document of a text, with what they say; shape faults as the rule `shape`. */
function refused(text: string, more: Partial<RuleContext> = {}): readonly (readonly [rule: string, message: string])[] {
  const documents = readDocuments(text);
  if (typeof documents === "string") return [["yaml", documents]];
  return documents.flatMap((document): readonly (readonly [string, string])[] => {
    const fields = fieldsOf(document.value);
    if (!("uuid" in fields)) return fields.map((fault) => ["shape", fault] as const);
    return refusalsOf(document, fields, { ...context, ...more }).map(
      ({ rule, message, advice }) => [rule, `${message}. ${advice}`] as const,
    );
  });
}

const rulesOf = (text: string, more: Partial<RuleContext> = {}) => refused(text, more).map(([rule]) => rule);
/** Today's form of a report with one document; `from` must stand in it. */
const text = today(conformantReport()).split(/^(?=---)/m)[1] ?? "";
const changed = (from: string | RegExp, to: string) => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};

describe("the pre-flight", () => {
  test("has nothing against what the reporters write, in either form, however hostile the cluster", () => {
    const report = conformantReport();
    const hostile = hostileReport(() => '<b onmouseover="x">&amp;\u001b[31m\u0000');
    const free = { account: undefined, now: new Date("2026-11-23T12:00:00Z") };
    expect(rulesOf(today(report))).toEqual([]);
    expect(rulesOf(coming(report), { form: "coming" })).toEqual([]);
    expect(rulesOf(today(report), { form: "coming" })).toEqual([]);
    expect(rulesOf(today(hostile), free)).toEqual([]);
    expect(rulesOf(coming(hostile), { ...free, form: "coming" })).toEqual([]);
  });

  test.each<[name: string, from: string | RegExp, to: string, rules: string[], message: RegExp]>([
    ["a time in the future", "2026-11-23T10:00:42", "2026-11-23T12:05:01", ["future"], /no later result would show/],
    ["2030", "2026-11-23T10:00:42", "2030-01-01T00:00:00", ["future"], /2030-01-01T00:00:00Z/],
    [
      "a time that no result counts from any more",
      "2026-11-23T10",
      "2026-11-08T10",
      ["past"],
      /after 2026-11-16T00:00:00Z/,
    ],
    ["a quoted time", /2026-11-23T10:00:42/, '"2026-11-23T10:00:42+02:00"', ["checked-at"], /drop the offset/],
    ["a day for a time", "2026-11-23T10:00:42", "2026-11-23", ["checked-at"], /without quotes, in UTC/],
    ["a replayed recording", '"report_sha256"', '"recorded": true\n"report_sha256"', ["recorded"], /replayed/],
    ["no result", /"results":\n\s+"version-policy-check": 1/, '"results": {}', ["results"], /nothing would change/],
    [
      "a result that is 2",
      '"version-policy-check": 1',
      '"version-policy-check": 2',
      ["result-value"],
      /is 2, not 1, 0 or -1/,
    ],
    ["a result that is null", '"version-policy-check": 1', '"version-policy-check": null', ["result-value"], /is null/],
    [
      "a result that is a word",
      '"version-policy-check": 1',
      '"version-policy-check": "PASS"',
      ["result-value"],
      /"PASS"/,
    ],
    ["a result that is true", '"version-policy-check": 1', '"version-policy-check": true', ["result-value"], /is true/],
    ["an unknown testcase", '"version-policy-check": 1', '"node-distribution-check": 1', ["testcase"], /never show it/],
    ["an unknown scope", /1fffebe6/, "2fffebe6", ["scope"], /--scope FILE/],
    [
      "a scope of this suite's",
      /1fffebe6-fd4b-44d3-a36c-fc58b4bb0180/,
      "0d5c6e4e-0000-4000-8000-000000000000",
      ["scope"],
      /own/,
    ],
    ["another subject", '"subject": "example-1.34"', '"subject": "other"', ["subject"], /--delegated/],
    ["results by version", '"run":', '"versions": {}\n"run":', ["versions"], /by version/],
    ["a tag in the scope's name", "SCS-compatible KaaS", "SCS <b>", ["text"], /spec\.name holds/],
    ["a tag in a finding", '"stderr": []', '"stderr": ["ERROR: a & b"]', ["text"], /stderr of /],
    ["a control character", '"stderr": []', '"stderr": ["WARNING: \\e[31m"]', ["text"], /control character/],
    ["a NUL anywhere", '"stderr": []', '"stderr": ["a\\0b"]', ["text"], /database/],
    ["a surrogate pair by escapes", '"stderr": []', '"stderr": ["\\ud83d\\ude00"]', ["text"], /database/],
    ["half a surrogate pair", '"stderr": []', '"stderr": ["\\ud800"]', ["text"], /database/],
    ["a creator in today's form", '"run":', '"creator": "me"\n"run":', ["shape", "shape", "shape"], /uuid|scope|tests/],
    ["no run", '"run":', '"ran":', ["shape"], /run: expected required property/],
    ["no uuid of its own", /"uuid": "[0-9a-f-]+"\n {2}"argv"/, '"uuid": "1"\n  "argv"', ["shape"], /run\.uuid/],
    ["an assignment that is null", /"assignment":\n( {4}.*\n)+/, '"assignment": null\n', ["shape"], /run\.assignment/],
    ["an invocation without its log", '      "stderr": []\n', "", ["shape"], /stderr: expected required property/],
    ["an empty subject", '"subject": "example-1.34"', '"subject": ""', ["shape"], /subject/],
    ["what is no YAML", '"run":', "run: [", ["yaml"], /no YAML/],
  ])("refuses %s", (_, from, to, rules, message) => {
    const found = refused(changed(from, to));
    expect(found.map(([rule]) => rule)).toEqual(rules);
    expect(found[0]?.[1]).toMatch(message);
  });

  test.each<[name: string, from: string | RegExp, to: string]>([
    ["a clock five minutes ahead", "2026-11-23T10:00:42", "2026-11-23T12:05:00"],
    ["the last week that counts", "2026-11-23T10:00:42", "2026-11-16T00:00:00"],
    ["an abort", '"version-policy-check": 1', '"version-policy-check": 0'],
    ["a failure", '"version-policy-check": 1', '"version-policy-check": -1'],
    ["tags in what the page escapes", /"stdout":\n( +)- .*/, '"stdout":\n$1- "<b>"'],
    ["lines of the log that the page leaves out", '"stderr": []', '"stderr": ["INFO: a < b"]'],
    ["the text of an escape", '"stderr": []', '"stderr": ["INFO: \\\\u0000"]'],
    ["keys of others", '"run":', '"more": {"a": [1]}\n"run":'],
  ])("has nothing against %s", (_, from, to) => {
    expect(refused(changed(from, to))).toEqual([]);
  });

  test("lets a delegate hand in for others, and asks no subject without credentials", () => {
    expect(rulesOf(text, { account: "other" })).toEqual(["subject"]);
    expect(rulesOf(text, { account: "other", delegated: true })).toEqual([]);
    expect(rulesOf(text, { account: undefined })).toEqual([]);
  });

  test("counts a document in date as long as one result of it is", () => {
    const old = today(conformantReport()).split(/^(?=---)/m)[0] ?? "";
    expect(rulesOf(old.replace("2026-11-20T", "2026-08-20T"))).toEqual([]);
    expect(rulesOf(old.replace("2026-11-20T", "2025-09-20T"))).toEqual(["past"]);
  });

  test("names a testcase with two results", () => {
    const invocation = /( {4}"[0-9a-f-]{36}":\n(?: {6}.*\n)+)/;
    const twice = changed(invocation, "$1$1").replace(/ {4}"[0-9a-f-]{36}":/, '    "other":');
    expect(rulesOf(twice)).toEqual(["result-twice"]);
  });

  describe("of the coming form", () => {
    const document = coming(conformantReport()).split(/^(?=---)/m)[1] ?? "";
    test.each<[name: string, from: string | RegExp, to: string, rules: string[]]>([
      ["a result that is 2", '"result": 1', '"result": 2', ["result-value"]],
      ["no tests", /"tests":\n.*\n.*/, '"tests": {}', ["results"]],
      ["tests that are a list", /"tests":\n.*\n.*/, '"tests": []', ["shape"]],
      ["no log", /"log":\n( {2}.*\n)+/, "", ["shape"]],
      ["a tag in a line that is kept", "INFO: ***", "INFO: *** <b>", ["text"]],
      ["an unknown scope", "1fffebe6", "2fffebe6", ["scope"]],
      ["a time in the future", "2026-11-23T10", "2027-11-23T10", ["future"]],
    ])("refuses %s", (_, from, to, rules) => {
      expect(document).toMatch(from);
      expect(rulesOf(document.replace(from, to), { form: "coming" })).toEqual(rules);
    });

    test("goes to no monitor of today's", () => {
      expect(refused(document)).toEqual([["form", expect.stringMatching(/--monitor-form coming/)]]);
    });
  });
});
