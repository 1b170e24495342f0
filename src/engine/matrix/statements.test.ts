import { describe, expect, it } from "vitest";
import { exampleMatrix, found, branches as minors, reportOn } from "../../../tests/support/matrix.ts";
import type { ProviderStatement } from "../../model/matrix.ts";
import type { Report } from "../../model/report.ts";
import type { Outcome } from "../../model/vocabulary.ts";

interface Row {
  readonly name: string;
  readonly reports: readonly Report[];
  readonly asOf?: string;
  readonly complete?: boolean;
  readonly date?: string;
  readonly outcome: Outcome;
  readonly because: RegExp;
  readonly findings?: readonly string[];
}

function answer(
  requirement: string,
  { reports, asOf = "2026-11-25T08:00:00Z", complete = false, date = "2026-11-20" }: Row,
): ProviderStatement {
  const matrix = exampleMatrix(
    reports.map((report) => found(report)),
    {
      asOf,
      inputs: { complete, releases: { date, minors } },
    },
  );
  const statement = matrix.providers[0]?.statements.find((one) => one.requirement === requirement);
  if (!statement) throw new Error(`nothing is said of ${requirement}`);
  return statement;
}

const on = (branch: string, day?: string): Report => reportOn(`noris-${branch}`, branch, day);
const overdue = (report: Report): Report => ({
  ...report,
  testcases: report.testcases.map((one) =>
    one.id === "version-policy-check" ? { ...one, verdict: "FAIL" as const } : one,
  ),
});

const newestMinor: readonly Row[] = [
  {
    name: "a cluster of the minor that was due, seen before it was",
    reports: [on("1.36", "2026-08-20")],
    outcome: "pass",
    because: /1\.36, due from 2026-08-23T00:00:00Z on, or newer was first seen on 2026-08-20/,
  },
  {
    name: "a newer one than was due stands for it",
    reports: [on("1.36", "2026-07-20"), on("1.37")],
    outcome: "pass",
    because: /^1\.37 is offered \(noris-1\.37/,
  },
  {
    name: "offered now, first seen after it was due: nobody knows whether in time",
    reports: [on("1.36")],
    outcome: "undetermined",
    because: /first seen on 2026-11-23T10:00:42Z, and was due from 2026-08-23/,
  },
  {
    name: "the day after four months to the second: not due before",
    reports: [on("1.36", "2026-07-20"), on("1.36", "2026-12-20")],
    asOf: "2026-12-26T23:59:59Z",
    date: "2026-12-20",
    outcome: "pass",
    because: /1\.36, due from/,
  },
  {
    name: "and due from then on",
    reports: [on("1.36", "2026-12-20")],
    asOf: "2026-12-27T00:00:00Z",
    date: "2026-12-20",
    outcome: "undetermined",
    because: /^No report that counts is on a cluster of 1\.37 or a newer minor version; that shows nothing/,
  },
  {
    name: "absent by the caller's word",
    reports: [on("1.35")],
    complete: true,
    outcome: "fail",
    because: /^1\.36 or a newer minor version is not offered$/,
    findings: ["branch-not-offered"],
  },
  {
    name: "a sight that is too old shows nothing, not even by the caller's word",
    reports: [on("1.36", "2026-05-20")],
    complete: true,
    outcome: "undetermined",
    because: /1\.36 was last seen on 2026-05-20/,
  },
  {
    name: "old release data carry no pass",
    reports: [on("1.36", "2026-08-20")],
    date: "2026-11-01",
    outcome: "undetermined",
    because: /^The release data of 2026-11-01 are too old/,
  },
  {
    name: "old release data carry a fail",
    reports: [on("1.35")],
    date: "2026-11-01",
    complete: true,
    outcome: "fail",
    because: /not offered/,
    findings: ["branch-not-offered"],
  },
];

const everyBranch: readonly Row[] = [
  {
    name: "all that upstream supports; the newest still has time, an ended one is not asked for",
    reports: [on("1.35"), on("1.36")],
    outcome: "pass",
    because: /^Every branch that upstream supports is offered: 1\.35, 1\.36$/,
  },
  {
    name: "one lacks: its absence shows nothing",
    reports: [on("1.36"), on("1.37")],
    outcome: "undetermined",
    because: /^No report that counts is on a cluster of 1\.35; that shows nothing/,
  },
  {
    name: "one lacks by the caller's word",
    reports: [on("1.36"), on("1.37")],
    complete: true,
    outcome: "fail",
    because: /^1\.35 is not offered$/,
    findings: ["branch-not-offered"],
  },
  {
    name: "another configuration of the provider shows it as well",
    reports: [reportOn("noris-1.35-gpu", "1.35"), on("1.36")],
    outcome: "pass",
    because: /1\.35, 1\.36$/,
  },
  {
    name: "offered, but behind with patches: whether that is support, the text does not say",
    reports: [overdue(on("1.35")), on("1.36")],
    outcome: "undetermined",
    because: /patches are overdue on noris-1\.35/,
    findings: ["branch-behind"],
  },
  {
    name: "a report without a look at a cluster shows no branch",
    reports: [on("1.36"), { ...on("1.35"), cluster: { ...on("1.35").cluster, version: null } }],
    outcome: "undetermined",
    because: /on a cluster of 1\.35/,
  },
  {
    name: "a branch is due to the end of its last day",
    reports: [on("1.35", "2026-10-20"), on("1.36", "2026-10-20")],
    asOf: "2026-10-27T23:59:59Z",
    date: "2026-10-20",
    outcome: "undetermined",
    because: /on a cluster of 1\.34/,
  },
  {
    name: "and not on the day after",
    reports: [on("1.35", "2026-10-20"), on("1.36", "2026-10-20")],
    asOf: "2026-10-28T00:00:00Z",
    date: "2026-10-20",
    outcome: "pass",
    because: /1\.35, 1\.36$/,
  },
];

const tables: readonly (readonly [string, readonly Row[]])[] = [
  ["scs-0210-v2/minor-recency", newestMinor],
  ["scs-0210-v2/branch-support", everyBranch],
];

describe.each(tables)("%s", (requirement, rows) => {
  it.each(rows)("$name", (row) => {
    const { outcome, because, findings, missing, observed, clause } = answer(requirement, row);
    expect({ outcome, because }).toEqual({
      outcome: row.outcome,
      because: expect.stringMatching(row.because) as string,
    });
    expect(findings.map(({ code }) => code)).toEqual(row.findings ?? []);
    expect(missing.length > 0).toBe(outcome === "undetermined");
    expect(Object.keys(observed)).toEqual(["offered", "supportedUpstream", "dataDate"]);
    expect(clause.text).toMatch(/MUST be (provided|supported and offered)/);
  });
});

describe("what a provider offers", () => {
  it("fails the provider when it is disproved, and changes nothing when it is open", () => {
    const verdict = (complete: boolean) =>
      exampleMatrix([found(on("1.37"))], { inputs: { complete, releases: { date: "2026-11-20", minors } } })
        .providers[0]?.verdict;
    expect([verdict(false), verdict(true)]).toEqual(["PASS", "FAIL"]);
  });

  it("is asked by the text of the day", () => {
    const { clause } = answer("scs-0210-v2/branch-support", {
      ...(everyBranch[0] as Row),
      asOf: "2026-06-15T00:00:00Z",
      reports: [on("1.36", "2026-06-10")],
    });
    expect(clause.text).not.toContain("offered");
  });
});
