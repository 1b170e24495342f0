import { describe, expect, it } from "vitest";
import { exampleMatrix, found, matrixDay, reportOn } from "../../../tests/support/matrix.ts";
import type { Report } from "../../model/report.ts";
import type { Verdict } from "../../model/vocabulary.ts";
import { subjectParts } from "./subject-parts.ts";

const policy = "version-policy-check";

/** The report with another verdict of one testcase, or with it not attempted. */
function withTestcase(report: Report, id: string, change: Partial<Report["testcases"][number]>): Report {
  return { ...report, testcases: report.testcases.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

const withPolicy = (report: Report, verdict: Verdict): Report => withTestcase(report, policy, { verdict });
const cellsOf = (reports: readonly Report[], asOf?: string) =>
  exampleMatrix(
    reports.map((report) => found(report)),
    asOf === undefined ? {} : { asOf },
  ).cells;

describe("a cell", () => {
  it("counts as long as the first of its results, by the lifetimes of the scope", () => {
    const [cell] = cellsOf([reportOn("noris-1.36", "1.36")]);
    expect(cell).toMatchObject({ provider: "noris", configuration: "", branch: "1.36", verdict: "PASS" });
    expect(cell?.validUntil).toBe("2026-12-07T00:00:00Z");
    expect(cell?.testcases.map(({ id, expiresAt }) => `${id} ${expiresAt}`)).toEqual([
      "cncf-k8s-conformance 2028-01-01T00:00:00Z",
      "version-policy-check 2026-12-07T00:00:00Z",
      "kaas-networking-check 2027-01-01T00:00:00Z",
    ]);
    expect(cell?.weakest).toEqual({ id: policy, because: "the first to end, on 2026-12-07T00:00:00Z" });
  });

  it("misses what has expired, to the second", () => {
    const at = (asOf: string) => cellsOf([reportOn("noris-1.36", "1.36")], asOf)[0];
    expect(at("2026-12-06T23:59:59Z")?.verdict).toBe("PASS");
    const [expired] = at("2026-12-07T00:00:00Z")?.testcases.filter(({ state }) => state === "expired") ?? [];
    expect(expired).toMatchObject({ id: policy, verdict: "MISS" });
    expect(at("2026-12-07T00:00:00Z")).toMatchObject({ verdict: "MISS", validUntil: "2027-01-01T00:00:00Z" });
  });

  it("takes the newest result of each testcase, also when it is the worse one: no cherry-picking", () => {
    const old = reportOn("noris-1.36", "1.36", "2026-11-20");
    const worse = withPolicy(reportOn("noris-1.36", "1.36", "2026-11-24"), "FAIL");
    for (const order of [
      [old, worse],
      [worse, old],
    ]) {
      const matrix = exampleMatrix(order.map((report) => found(report)));
      expect(matrix.cells).toHaveLength(1);
      expect(matrix.cells[0]).toMatchObject({ verdict: "FAIL", weakest: { id: policy } });
      expect(matrix.verdict).toBe("FAIL");
    }
    const better = withPolicy(reportOn("noris-1.36", "1.36", "2026-11-24"), "PASS");
    expect(cellsOf([withPolicy(old, "FAIL"), better])[0]?.verdict).toBe("PASS");
  });

  it("adds up runs of some testcases each: nightly ones and monthly ones", () => {
    const nightly = ["cncf-k8s-conformance", "kaas-networking-check"].reduce(
      (report, id) => withTestcase(report, id, { attempted: false, verdict: "MISS" }),
      reportOn("noris-1.36", "1.36", "2026-11-24", { partial: true }),
    );
    const monthly = withTestcase(reportOn("noris-1.36", "1.36", "2026-11-02"), policy, {
      attempted: false,
      verdict: "MISS",
    });
    expect(cellsOf([nightly])[0]?.verdict).toBe("MISS");
    const matrix = exampleMatrix([found(nightly), found(monthly)]);
    expect(matrix.cells[0]?.verdict).toBe("PASS");
    expect(matrix.reports.map(({ state }) => state)).toEqual(["counts", "counts"]);
  });

  it("says which report has nothing more to say", () => {
    const [old, fresh] = [reportOn("noris-1.36", "1.36", "2026-11-20"), reportOn("noris-1.36", "1.36", "2026-11-24")];
    const newer = fresh.testcases.reduce(
      (report, { id }) => withTestcase(report, id, { observedAt: fresh.checkedAt }),
      fresh,
    );
    const states = new Map(
      exampleMatrix([found(old), found(newer)]).reports.map(({ checkedAt, state }) => [checkedAt, state]),
    );
    expect(states).toEqual(
      new Map([
        [old.checkedAt, "superseded"],
        [fresh.checkedAt, "counts"],
      ]),
    );
  });

  it("fails by what binds and no testcase counts, until somebody sees otherwise", () => {
    const hosts = "scs-0214-v2/control-plane-hosts";
    const answered = (day: string, outcome: "fail" | "undetermined" | "pass"): Report => {
      const report = reportOn("noris-1.36", "1.36", day);
      const state = outcome === "fail" ? ("disproved" as const) : ("due" as const);
      const verdict = outcome === "fail" ? "FAIL" : outcome === "pass" ? "PASS" : "DNF";
      const results = report.results.flatMap((result) => {
        if (result.requirement !== hosts) return [result];
        const { declaration: _, attestation: __, ...rest } = result;
        const attestation = outcome === "pass" ? {} : { attestation: { question: "?", state } };
        return [{ ...rest, outcome, verdict, basis: "observed", ...attestation } as Report["results"][number]];
      });
      return { ...report, results };
    };
    expect(reportOn("a", "1.36").results.map(({ requirement }) => requirement)).toContain(hosts);
    const disproved = answered("2026-11-20", "fail");
    expect(cellsOf([disproved])[0]).toMatchObject({ verdict: "FAIL", weakest: { id: hosts } });
    expect(cellsOf([disproved, answered("2026-11-24", "undetermined")])[0]?.verdict).toBe("FAIL");
    expect(cellsOf([disproved, answered("2026-11-24", "pass")])[0]).toMatchObject({
      verdict: "PASS",
      attestations: { disproved: [], met: expect.arrayContaining([hosts]) as string[] },
    });
  });
});

describe("a report is refused", () => {
  const base = reportOn("noris-1.36", "1.36");
  it.each<[string, Report, RegExp]>([
    ["hypothetical", { ...base, hypothetical: true }, /^it is hypothetical/],
    ["replayed", { ...base, recorded: true }, /^its facts were replayed/],
    [
      "of another scope",
      { ...base, scope: { ...base.scope, uuid: "other", id: "scs-kaas-drafts" } },
      /another scope, scs-kaas-drafts$/,
    ],
    ["from after the day", reportOn("noris-1.36", "1.36", "2026-11-26"), /after the day of the matrix$/],
    [
      "about another branch than its cluster's",
      reportOn("noris-1.35", "1.36"),
      /its subject says 1\.35, its cluster runs 1\.36$/,
    ],
    [
      "about no branch",
      { ...base, subject: "noris", cluster: { ...base.cluster, version: null } },
      /neither its cluster nor its subject/,
    ],
  ])("when it is %s", (_, report, because) => {
    const { cells, reports, verdict, weakest } = exampleMatrix([found(report)]);
    expect(cells).toEqual([]);
    expect(reports).toMatchObject([{ state: "refused", because: expect.stringMatching(because) as string }]);
    expect({ verdict, weakest }).toEqual({ verdict: "MISS", weakest: null });
  });

  it("when a layer of it does not hold, and when it is none", () => {
    const refused = found(base, { refused: "signature: there is none", signedBy: undefined });
    const none = found(base, { report: undefined, sha256: "0".repeat(64), refused: "bytes: is not JSON" });
    const { reports } = exampleMatrix([refused, none]);
    expect(reports.map(({ because }) => because).sort()).toEqual(["bytes: is not JSON", "signature: there is none"]);
    expect(reports.find(({ because }) => because.startsWith("bytes"))?.subject).toBeNull();
  });
});

describe("the matrix", () => {
  it("is the same whatever the order, and however often a report is found", () => {
    const all = [reportOn("noris-1.36", "1.36"), reportOn("noris-1.37", "1.37"), reportOn("acme-1.36-gpu", "1.36")].map(
      (one) => found(one),
    );
    const [first] = all;
    const again = first ? [{ ...first, place: "zzz/copy" }] : [];
    expect(exampleMatrix([...all].reverse().concat(again))).toEqual(exampleMatrix(all));
  });

  it("names the weakest cell: the worst, and of equal ones the first to end", () => {
    const weakest = (reports: readonly Report[]) => exampleMatrix(reports.map((one) => found(one))).weakest?.subject;
    const [older, newer] = [reportOn("b-1.36", "1.36", "2026-11-20"), reportOn("a-1.36", "1.36", "2026-11-24")];
    expect(weakest([newer, older])).toBe("b-1.36");
    expect(weakest([withPolicy(newer, "DNF"), older])).toBe("a-1.36");
    expect(weakest([withPolicy(newer, "DNF"), withPolicy(older, "FAIL")])).toBe("b-1.36");
  });

  it("puts providers and configurations in rows, branches in columns, oldest first", () => {
    const names = ["noris-1.37", "noris-1.9-gpu", "noris-1.36-gpu", "acme-1.36"];
    const reports = names.map((name) => found(reportOn(name, subjectParts(name).branch ?? "")));
    const { branches, cells, providers } = exampleMatrix(reports, { asOf: matrixDay });
    expect(branches).toEqual(["1.9", "1.36", "1.37"]);
    expect(cells.map(({ subject }) => subject)).toEqual(["acme-1.36", "noris-1.37", "noris-1.9-gpu", "noris-1.36-gpu"]);
    expect(providers.map(({ name }) => name)).toEqual(["acme", "noris"]);
  });
});

describe("a subject's name", () => {
  it.each([
    ["noris-1.34", "noris", "1.34", ""],
    ["noris-1.34-gpu-large", "noris", "1.34", "gpu-large"],
    ["My Cloud v1.37", "My Cloud", "1.37", ""],
    ["cloud_1.37_edge", "cloud", "1.37", "edge"],
    ["region-1.2-cloud-1.37", "region-1.2-cloud", "1.37", ""],
    ["noris", "noris", undefined, ""],
    ["cloud-1.37.2", "cloud-1.37.2", undefined, ""],
    ["1.37", "1.37", undefined, ""],
  ])("%s is read as %s, %s, %s", (subject, provider, branch, configuration) => {
    expect(subjectParts(subject)).toEqual({ provider, branch, configuration });
  });
});
