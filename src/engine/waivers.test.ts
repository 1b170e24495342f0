import { describe, expect, it } from "vitest";
import {
  aCheck,
  judgeWorld,
  passing,
  requirement,
  scope,
  standard,
  statement,
  waiver,
} from "../../tests/support/judging.ts";
import { fail, theCluster } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Waiver } from "../model/waiver.ts";
import { exitCodeOf } from "./exit-code.ts";

const failing = () =>
  fail("it does not", { seen: 1 }, [
    { code: "too-few", subject: theCluster, expected: 2, actual: 1, message: "one of two" },
  ]);
const standards = [
  standard("scs-0210-v2", [requirement("recency", { check: "scs-0210/recency" })]),
  standard("scs-0214-v2", [
    requirement("hosts", { check: "scs-0214/hosts", question: "On several machines?" }),
    requirement("zones", { check: "scs-0214/zones", statements: [statement({ level: "should" })] }),
  ]),
  standard("scs-0219-v1", [requirement("ingress", { check: "scs-0219/ingress" })]),
];

interface Fails {
  readonly recency?: boolean;
  readonly hosts?: boolean;
  readonly zones?: boolean;
  readonly ingress?: boolean;
}

function judged(waivers: readonly Waiver[], fails: Fails, only: string[] = []): Report {
  const check = (id: string, failed: boolean | undefined) => aCheck(id, failed ? failing : passing);
  return judgeWorld({
    standards,
    scope: scope({ "version-policy-check": ["scs-0210-v2/recency"] }, ["scs-0210-v2", "scs-0214-v2"]),
    checks: [
      check("scs-0210/recency", fails.recency),
      check("scs-0214/hosts", fails.hosts),
      check("scs-0214/zones", fails.zones),
      check("scs-0219/ingress", fails.ingress),
    ],
    inputs: { waivers: [...waivers], selection: { only, skip: [], tier: "observe" } },
  });
}

const hosts = { requirement: "scs-0214-v2/hosts" };

describe("what becomes of a waiver", () => {
  it.each([
    ["covers a failure", { ...hosts }, { hosts: true }, "used", /covers scs-0214-v2\/hosts$/],
    ["covers by check", { check: "scs-0214/hosts" }, { hosts: true }, "used", /scs-0214-v2\/hosts/],
    ["covers within a standard", { requirement: "scs-0214-v2/*" }, { hosts: true, zones: true }, "used", /zones/],
    ["covers subjects by pattern", { ...hosts, subject: "cloud-*" }, { hosts: true }, "used", /covers/],
    ["has nothing to cover", { ...hosts }, {}, "unused", /scs-0214-v2\/hosts pass/],
    ["speaks of nothing judged", { requirement: "scs-0214-v2/gone" }, { hosts: true }, "unused", /was judged/],
    ["has ended this very second", { ...hosts, expires: "2026-11-23T10:00:00Z" }, { hosts: true }, "expired", /ended/],
    ["is for everybody", { ...hosts, subject: "*" }, { hosts: true }, "too-broad", /every subject/],
    ["is for everybody, twice", { ...hosts, subject: "**" }, { hosts: true }, "too-broad", /every subject/],
    ["covers everything", { requirement: "*" }, { hosts: true }, "too-broad", /3 standards/],
    ["covers two standards", { requirement: "scs-021*-v2/*" }, { hosts: true }, "too-broad", /2 standards/],
    ["covers all checks", { check: "scs-*" }, { hosts: true }, "too-broad", /3 standards/],
    ["is for another subject", { ...hosts, subject: "other-*" }, { hosts: true }, "other-subject", /other-\*/],
    ["names nothing", {}, { hosts: true }, "unused", /was judged/],
  ] as const)("one that %s", (_, over, fails, state, message) => {
    const report = judged([waiver("W-1", over)], fails);
    expect(report.waivers).toEqual([{ id: "W-1", state, message: expect.stringMatching(message) }]);
    const named = report.results.filter((result) => result.waiver);
    expect(named.length > 0).toBe(state === "used");
    for (const result of named) expect(result).toMatchObject({ outcome: "fail", waiver: { id: "W-1" } });
  });

  it("of two the first is named, and both are used", () => {
    const report = judged([waiver("W-1", hosts), waiver("W-2", { check: "scs-0214/hosts" })], { hosts: true });
    expect(report.waivers?.map(({ state }) => state)).toEqual(["used", "used"]);
    expect(report.results.find((result) => result.waiver)?.waiver?.id).toBe("W-1");
  });

  it("changes no outcome and no verdict, only its own fields", () => {
    const { id: _, evidence: __, waivers, results, ...rest } = judged([waiver("W-1", hosts)], { hosts: true });
    const { id: ___, evidence: ____, results: before, ...plain } = judged([], { hosts: true });
    expect(rest).toEqual(plain);
    expect(waivers).toHaveLength(1);
    expect(results.map(({ waiver: _waiver, ...result }) => result)).toEqual(before);
  });
});

describe("the gate", () => {
  const recency = { requirement: "scs-0210-v2/recency" };
  it.each([
    ["a waived attested failure", [hosts], { hosts: true }, false, [1, 0]],
    ["a waived testcase", [recency], { recency: true }, false, [1, 0]],
    ["a failure beside a waived one", [hosts], { hosts: true, recency: true }, false, [1, 1]],
    ["two waived failures", [hosts, recency], { hosts: true, recency: true }, false, [1, 0]],
    ["an expired waiver", [{ ...hosts, expires: "2026-11-01T00:00:00Z" }], { hosts: true }, false, [1, 1]],
    ["nothing failed", [hosts], {}, false, [0, 0]],
    ["strictly, an advisory must", [], { ingress: true }, true, [1, 1]],
    ["strictly, a waived advisory must", [{ requirement: "scs-0219-v1/ingress" }], { ingress: true }, true, [1, 0]],
  ] as const)("%s", (_, overs, fails, strict, codes) => {
    const report = judged(
      overs.map((over, n) => waiver(`W-${n}`, over)),
      fails,
    );
    const code = (gate: "binding" | "waived") => exitCodeOf(report, { gate, strict });
    expect([code("binding"), code("waived")]).toEqual(codes);
  });

  it("forgives what --only named as well", () => {
    const report = judged([waiver("W-1", hosts)], { hosts: true }, ["scs-0214-v2"]);
    expect(exitCodeOf(report, { gate: "waived", strict: false })).toBe(0);
    expect(exitCodeOf(report, { gate: "binding", strict: false })).toBe(1);
  });

  it("never makes an empty selection of what binds a pass", () => {
    const report = { ...judged([], {}), results: [] };
    expect(exitCodeOf(report, { gate: "waived", strict: false })).toBe(2);
  });
});
