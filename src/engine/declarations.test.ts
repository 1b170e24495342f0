import { describe, expect, it } from "vitest";
import {
  aCheck,
  declaration,
  judgeWorld,
  passing,
  requirement,
  scope,
  standard,
  type World,
} from "../../tests/support/judging.ts";
import type { Declaration } from "../model/declaration.ts";
import { fail, theCluster, undetermined } from "../model/finding.ts";
import { reportText } from "../model/report-text.ts";

const hosts = "scs-0214-v2/hosts";
const recency = "scs-0210-v2/recency";
const tested = standard("scs-0210-v2", [
  requirement("recency", { check: "scs-0210/recency", question: "Is it recent?" }),
]);
const attested = standard("scs-0214-v2", [
  requirement("hosts", { check: "scs-0214/hosts", question: "On several machines?" }),
  requirement("zones", { check: "scs-0214/hosts" }),
]);
const silent = () => undetermined("hidden", [{ fact: "kube/nodes", reason: "not-visible", resolve: "a declaration" }]);
const failing = () =>
  fail("one machine", { machines: 1 }, [
    { code: "one-machine", subject: theCluster, expected: 2, actual: 1, message: "one machine" },
  ]);

type Measured = Parameters<typeof aCheck>[1];

function world(declarations: readonly Declaration[], measured: Measured = silent, over: Partial<World> = {}): World {
  return {
    standards: [tested, attested],
    scope: scope({ "version-policy-check": [recency] }, ["scs-0210-v2", "scs-0214-v2"]),
    checks: [aCheck("scs-0210/recency", silent), aCheck("scs-0214/hosts", measured)],
    declarations,
    ...over,
  };
}

const judged = (declarations: readonly Declaration[], measured?: Measured, over?: Partial<World>) => {
  const report = judgeWorld(world(declarations, measured, over));
  return { report, uncounted: report.declarations, result: report.results.find((one) => one.requirement === hosts) };
};

describe("a declaration that does not count says why", () => {
  const rows: readonly (readonly [string, Partial<Declaration>, string, RegExp])[] = [
    ["for another subject", { subject: "other" }, "other-subject", /^it is for other, .* about cloud-1\.36$/],
    ["unsigned", { signature: { state: "absent" } }, "unsigned", /no signature beside/],
    [
      "over other bytes",
      { signature: { state: "broken", reason: "not over these bytes" } },
      "broken-signature",
      /bytes/,
    ],
    ["of tomorrow", { declaredAt: "2026-11-23T10:00:01Z" }, "not-yet", /after the day that is judged/],
    ["at its end", { validUntil: "2026-11-23T10:00:00Z" }, "expired", /valid until 2026-11-23T10:00:00Z/],
    ["of two quarters ago", { declaredAt: "2026-06-30T23:59:59Z" }, "expired", /counted until 2026-10-01T00:00:00Z/],
    ["on nothing", { requirement: "scs-0214-v2/hots" }, "unknown-requirement", /no standard/],
    ["on what a testcase decides", { requirement: recency }, "tested", /only a measurement counts/],
    ["on what nobody asks", { requirement: "scs-0214-v2/zones" }, "no-question", /check decides it alone/],
  ];
  it.each(rows)("%s", (_, over, reason, message) => {
    const { report, uncounted } = judged([declaration(hosts, over)]);
    expect(uncounted).toMatchObject([{ reason, file: "declarations.yaml", message: expect.stringMatching(message) }]);
    expect(report.results.map(({ outcome }) => outcome)).toEqual(["undetermined", "undetermined", "undetermined"]);
    expect(report.attestations.declared).toEqual([]);
  });

  it("on what was not selected", () => {
    const selection = { only: [recency], skip: [], tier: "observe" as const };
    const { uncounted } = judged([declaration(hosts)], silent, { inputs: { selection } });
    expect(uncounted).toMatchObject([{ requirement: hosts, reason: "not-judged" }]);
  });

  it("when a newer one counts", () => {
    const older = declaration(hosts, { statement: "two hosts", declaredAt: "2026-09-01T00:00:00Z" });
    const newer = declaration(hosts, { claim: "not-applicable", file: "newer.yaml" });
    const { uncounted, result } = judged([older, newer]);
    expect(result).toMatchObject({ outcome: "not-applicable", basis: "declared" });
    expect(uncounted).toMatchObject([{ reason: "superseded", message: expect.stringContaining("newer.yaml") }]);
    expect(judged([newer, older]).result).toEqual(result);
  });

  it.each([
    ["holds, where a measurement disproves", "holds", failing, "fail"],
    ["not-applicable, where a measurement passes", "not-applicable", passing, "pass"],
  ] as const)("%s", (_, claim, measured, outcome) => {
    const { uncounted, result } = judged([declaration(hosts, { claim })], measured);
    expect(result).toMatchObject({ outcome, basis: "observed", declaration: { contradicted: true } });
    expect(uncounted).toMatchObject([{ reason: "contradicted", message: expect.stringContaining("says otherwise") }]);
  });
});

describe("a declaration that counts", () => {
  it.each([
    ["settles what stays open", silent, "pass", "declared"],
    ["agrees with a measurement, which is what counts", passing, "pass", "observed"],
  ] as const)("%s", (_, measured, outcome, basis) => {
    const { report, result } = judged([declaration(hosts)], measured);
    expect(result).toMatchObject({
      outcome,
      basis,
      declaration: { declarant: "Jane Doe, Cloud Inc.", reviewed: false },
    });
    expect(report).not.toHaveProperty("declarations");
  });

  it.each([
    ["nobody", { state: "absent" }, { reviewed: false }],
    ["somebody else", { state: "intact", fingerprint: "SHA256:def" }, { reviewed: true, reviewedBy: "SHA256:def" }],
    ["its own signer", { state: "intact", fingerprint: "SHA256:abc" }, { reviewed: false, reviewFault: /own key/ }],
    ["a broken signature", { state: "broken", reason: "not whole" }, { reviewed: false, reviewFault: /not whole/ }],
  ] as const)("counter-signed by %s", (_, review, said) => {
    const { reviewed, reviewedBy, reviewFault } = judged([declaration(hosts, { review })]).result?.declaration ?? {};
    expect({ reviewed, reviewedBy }).toEqual({ reviewedBy: undefined, ...said, reviewFault: undefined } as never);
    expect(reviewFault ?? "").toMatch("reviewFault" in said ? said.reviewFault : /^$/);
  });

  it("gives the same bytes again", () => {
    const all = [declaration(hosts), declaration(recency), declaration(hosts, { subject: "other" })];
    expect(reportText(judged(all).report)).toBe(reportText(judged(structuredClone(all)).report));
  });
});
