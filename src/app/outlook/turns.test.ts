import { describe, expect, it } from "vitest";
import { failingReport } from "../../../tests/support/reports/failing.ts";
import type { Report } from "../../model/report.ts";
import { keyOf, turnsBetween } from "./turns.ts";

const report = failingReport();
const turned = (after: Parameters<typeof turnsBetween>[1], before: Report = report) =>
  turnsBetween(before, after, "2027-04-01", "as-it-is");

describe("what turned between two days", () => {
  it("is nothing when nothing did", () => {
    expect(turned(report)).toEqual([]);
    expect(keyOf(report)).toBe(keyOf(failingReport()));
  });

  it("is a waiver that ends, with the failure that it covered", () => {
    const waivers = (report.waivers ?? []).map((use) =>
      use.id === "OPS-1742" ? { ...use, state: "expired" as const, message: "it ended on 2027-04-01T00:00:00Z" } : use,
    );
    const after = { ...report, waivers };
    expect(keyOf(after)).not.toBe(keyOf(report));
    expect(turned(after)).toEqual([
      {
        on: "2027-04-01",
        kind: "waiver",
        name: "OPS-1742",
        from: "used",
        to: "expired",
        trend: "worse",
        assuming: "as-it-is",
        because: "it ended on 2027-04-01T00:00:00Z",
        resolve: [],
        requirements: ["scs-0214-v2/control-plane-hosts"],
      },
    ]);
  });

  it("is a declaration that no longer counts", () => {
    const expired = {
      ...report.declarations?.[0],
      reason: "expired",
      message: "it was valid until 2027-04-01T00:00:00Z",
    };
    const after = { ...report, declarations: [{ ...expired, requirement: "scs-0210-v2/other" }] } as Report;
    expect(turned(after, { ...report, declarations: [] })).toEqual([
      expect.objectContaining({
        kind: "declaration",
        to: "expired",
        requirements: ["scs-0210-v2/other"],
        trend: "worse",
      }),
    ]);
  });

  it("is a scope whose version changes its status, or has none any more", () => {
    const after: Report = { ...report, scope: { ...report.scope, status: "deprecated" } };
    expect(turned(after)).toEqual([
      expect.objectContaining({ kind: "scope", from: "v1 effective", to: "v1 deprecated" }),
    ]);
    expect(turned({ none: "Scope x has no valid version on 2027-04-01." })).toEqual([
      expect.objectContaining({ kind: "scope", to: "no valid version", trend: "worse" }),
    ]);
    expect(turnsBetween({ none: "x" }, report, "2027-04-01", "as-it-is")).toEqual([]);
  });

  it("is an answer, the verdict with what decides it, and a requirement that the rules drop", () => {
    const results = report.results
      .filter(({ requirement }) => requirement !== "scs-0210-v2/newest-minor-offered")
      .map((result) =>
        result.requirement === "scs-0210-v2/supported-branch"
          ? { ...result, outcome: "fail" as const, verdict: "FAIL" as const, because: "its branch has ended" }
          : result,
      );
    expect(turned({ ...report, results }, { ...report, verdict: "PASS" })).toEqual([
      expect.objectContaining({
        kind: "verdict",
        from: "PASS",
        to: "FAIL",
        requirements: ["scs-0210-v2/supported-branch"],
      }),
      expect.objectContaining({ name: "scs-0210-v2/newest-minor-offered", to: "not judged", trend: "other" }),
      expect.objectContaining({ name: "scs-0210-v2/supported-branch", from: "pass", to: "fail", trend: "worse" }),
    ]);
  });
});
