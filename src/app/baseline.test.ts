/** The gate `new`: what an earlier run knows is forgiven, and nothing that the cluster may be behind. */
import { describe, expect, it } from "vitest";
import { failingReport } from "../../tests/support/reports/failing.ts";
import { exitCodeOf } from "../engine/exit-code.ts";
import { sha256 } from "../model/digest.ts";
import type { Report, Result } from "../model/report.ts";
import { sinceBaseline } from "./baseline.ts";

type Over = { readonly [requirement: string]: Partial<Result> };

/** The example report, with something of its results changed. */
function report(over: Over, more: Partial<Report> = {}): Report {
  const base = failingReport(more);
  const results = base.results.map((result) => ({ ...result, defect: false, ...over[result.requirement] }));
  const testcases = base.testcases.map((testcase) => ({
    ...testcase,
    requirements: testcase.requirements.filter((id) => results.some(({ requirement }) => requirement === id)),
  }));
  return { ...base, results, testcases };
}

const patch = "scs-0210-v2/patch-recency";
const branch = "scs-0210-v2/supported-branch";
const hosts = "scs-0214-v2/control-plane-hosts";
const failed = { outcome: "fail", verdict: "FAIL" } as const;
const passed = { outcome: "pass", verdict: "PASS" } as const;
const open = { outcome: "undetermined", verdict: "DNF" } as const;

/** The branch is judged by a fact that shows another value. */
const other = (value: Report): Report => ({
  ...value,
  evidence: {
    sha256: sha256("another"),
    facts: value.evidence.facts.map((fact) => ({ ...fact, sha256: sha256(`${fact.id} now`) })),
  },
});
const sameFacts = (value: Report): Report => ({ ...value, evidence: { ...value.evidence, sha256: sha256("another") } });

const codeOf = (before: Report, after: Report) => {
  const { known, lines } = sinceBaseline({ report: before }, { report: after });
  return { code: exitCodeOf(after, { gate: "new", strict: false, known }), lines };
};

describe("the gate new", () => {
  it.each<[string, Report, Report, 0 | 1 | 2]>([
    ["forgives what failed before", report({}), report({}), 0],
    ["forgives what failed before, whatever else changed", report({}), other(report({})), 0],
    ["counts a failure that the cluster may be behind", report({}), other(report({ [branch]: failed })), 1],
    ["counts a disproved attestation", report({ [hosts]: passed }), other(report({})), 1],
    ["forgives a failure over the very same facts", report({ [patch]: passed }), sameFacts(report({})), 0],
    ["counts what has no answer any more", report({}), other(report({ [branch]: open })), 2],
    ["counts it over the same facts as well", report({}), sameFacts(report({ [branch]: open })), 2],
    ["forgives what had no answer before either", report({ [branch]: open }), other(report({ [branch]: open })), 0],
    ["forgives what was mended", report({ [branch]: failed }), other(report({})), 0],
  ])("%s", (_, before, after, code) => {
    expect(codeOf(before, after).code).toBe(code);
  });

  it("says what is new, and how many failures are not", () => {
    expect(codeOf(report({}), other(report({ [branch]: failed }))).lines).toEqual([
      expect.stringMatching(
        /^New: scs-0210-v2\/supported-branch fail, was pass; possibly cluster, flake, rule, input$/,
      ),
      expect.stringMatching(/^Baseline of 2026-11-23T10:00:42Z: 3 failures are known or not the cluster's doing\.$/),
      expect.stringMatching(/^Whose doing it is cannot be told: the evidence of either run is not at hand/),
    ]);
  });

  it("without a baseline forgives nothing", () => {
    expect(exitCodeOf(report({}), { gate: "new", strict: false })).toBe(1);
  });

  it("never forgives a defect of ours", () => {
    const broken = report({ [branch]: { ...open, defect: true } });
    expect(codeOf(broken, broken).code).toBe(70);
  });

  it("strictly, looks at advisory musts and at what is due as well, as far as they are new", () => {
    const before = report({});
    const strict = (after: Report) => {
      const { known } = sinceBaseline({ report: before }, { report: after });
      return exitCodeOf(after, { gate: "new", strict: true, known });
    };
    expect(strict(before)).toBe(0);
    expect(strict(other(report({ [branch]: failed })))).toBe(1);
  });
});
