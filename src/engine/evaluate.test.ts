import { describe, expect, it } from "vitest";
import {
  aCheck,
  declaration,
  judgeWorld,
  passing,
  requirement,
  scope,
  standard,
  statement,
  unavailable,
  type World,
} from "../../tests/support/judging.ts";
import type { Declaration } from "../model/declaration.ts";
import { fail, theCluster, undetermined } from "../model/finding.ts";
import type { JsonObject } from "../model/json.ts";
import { reportText } from "../model/report-text.ts";
import { exitCodeOf } from "./exit-code.ts";

const tested = standard("scs-0210-v2", [requirement("recency", { check: "scs-0210/recency" })]);
const attested = standard("scs-0214-v2", [
  requirement("hosts", { check: "scs-0214/hosts", question: "On several machines?" }),
]);
const theScope = scope({ "version-policy-check": ["scs-0210-v2/recency"] }, ["scs-0210-v2", "scs-0214-v2"]);
const failing = () =>
  fail("it does not", { seen: 1 }, [
    { code: "too-few", subject: theCluster, expected: 2, actual: 1, message: "one of two" },
  ]);
const silent = () => undetermined("nobody knows", [{ fact: "kube/nodes", reason: "forbidden", resolve: "the right" }]);

const world = (over: Partial<World> = {}): World => ({
  standards: [tested, attested],
  scope: theScope,
  checks: [aCheck("scs-0210/recency", passing), aCheck("scs-0214/hosts", passing)],
  ...over,
});
const withChecks = (recency: typeof passing, hosts: typeof passing): World =>
  world({ checks: [aCheck("scs-0210/recency", recency), aCheck("scs-0214/hosts", hosts)] });
const binding = { gate: "binding", strict: false } as const;

describe("verdict and exit code", () => {
  it.each([
    ["both pass", passing, passing, "PASS", "PASS", 0],
    ["the tested one fails", failing, passing, "FAIL", "FAIL", 1],
    ["the tested one is undetermined", silent, passing, "DNF", "DNF", 2],
    ["an attested one is disproved", passing, failing, "FAIL", "PASS", 1],
    ["an attested one is open", passing, silent, "PASS", "PASS", 0],
  ] as const)("when %s", (_, recency, hosts, verdict, testcaseVerdict, code) => {
    const report = judgeWorld(withChecks(recency, hosts));
    expect([report.verdict, report.testcaseVerdict, exitCodeOf(report, binding)]).toEqual([
      verdict,
      testcaseVerdict,
      code,
    ]);
  });

  it("gates strictly on what is due", () => {
    const report = judgeWorld(withChecks(passing, silent));
    expect(report.attestations.due).toEqual(["scs-0214-v2/hosts"]);
    expect(exitCodeOf(report, { gate: "binding", strict: true })).toBe(2);
  });

  it("gates on testcases alone when asked", () => {
    expect(exitCodeOf(judgeWorld(withChecks(passing, failing)), { gate: "testcases", strict: false })).toBe(0);
  });

  it("takes nothing binding as missing, never as an empty pass", () => {
    const report = judgeWorld(world({ standards: [attested], scope: scope({}, []) }));
    expect([report.verdict, report.testcaseVerdict]).toEqual(["MISS", "MISS"]);
  });
});

describe("a check is held to the rules", () => {
  it.each([
    [
      "throws",
      () => {
        throw new TypeError("oops");
      },
    ],
    ["passes without an observation", () => ({ outcome: "pass", because: "so", observed: {}, findings: [] }) as const],
    ["fails without a finding", () => ({ outcome: "fail", because: "so", observed: {}, findings: [] }) as never],
  ])("one that %s is our defect", (_, broken) => {
    const report = judgeWorld(withChecks(broken, passing));
    expect(report.results[0]).toMatchObject({ outcome: "undetermined", verdict: "DNF", defect: true });
    expect(exitCodeOf(report, binding)).toBe(70);
  });

  it.each([
    ["forbidden", "undetermined", "DNF"],
    ["timeout", "undetermined", "DNF"],
    ["not-given", "not-run", "MISS"],
    ["tier-not-allowed", "not-run", "MISS"],
  ] as const)("a need that is %s is answered by the engine", (reason, outcome, verdict) => {
    const report = judgeWorld(world({ items: { "kube/version": unavailable(reason) } }));
    expect(report.results[0]).toMatchObject({
      outcome,
      verdict,
      missing: [{ fact: "kube/version", reason, resolve: "the right to look" }],
    });
  });

  it("a group is missing only when every fact of it is", () => {
    const needs = { oneOf: [["kube/flagz", "kube/version"]] } as const;
    const seen = judgeWorld(
      world({ checks: [aCheck("scs-0210/recency", passing, needs), aCheck("scs-0214/hosts", passing)] }),
    );
    expect(seen.results[0]?.outcome).toBe("pass");
    const both = { "kube/version": unavailable("forbidden"), "kube/flagz": unavailable("not-served") };
    const unseen = judgeWorld({
      ...world({ checks: [aCheck("scs-0210/recency", passing, needs), aCheck("scs-0214/hosts", passing)] }),
      items: both,
    });
    expect(unseen.results[0]?.missing).toHaveLength(2);
  });
});

describe("the as-of date", () => {
  it("picks the statement of its day", () => {
    const moved = requirement("recency", {
      check: "scs-0210/recency",
      statements: [
        statement({ from: "2024-01-01", until: "2026-04-20", text: "Two weeks MUST do.", parameters: { limit: 14 } }),
        statement({ from: "2026-04-20", level: "should", keyword: "SHOULD", text: "A month SHOULD do." }),
      ],
    });
    const on = (asOf: string) => judgeWorld(world({ standards: [standard("scs-0210-v2", [moved])], asOf }));
    expect(on("2026-04-19T00:00:00Z").results[0]).toMatchObject({ level: "must", binding: true });
    expect(on("2026-04-20T00:00:00Z").results[0]).toMatchObject({ level: "should", binding: false });
    expect(on("2026-04-20T00:00:00Z").hypothetical).toBe(true);
  });

  it("a scope's version decides what the text leaves open, for the checks that know the parameter", () => {
    const seen: { [check: string]: unknown } = {};
    const noting = (id: string) =>
      aCheck(id, ({ facts, ...rest }) => {
        seen[id] = (rest as unknown as { parameters: unknown }).parameters;
        return passing({ facts });
      });
    const decide = (parameters: JsonObject) => {
      const { scope: given, ...rest } = world({ checks: [noting("scs-0210/recency"), noting("scs-0214/hosts")] });
      const versions = given.versions.map((version) => ({
        ...version,
        memberships: version.memberships.map((membership) => ({
          ...membership,
          modules: membership.modules.map((module) =>
            module.id === "scs-0210-v2" ? { ...module, parameters } : module,
          ),
        })),
      }));
      return judgeWorld({ ...rest, scope: { ...given, versions } });
    };
    decide({ limit: 7, unheardOf: true });
    expect(seen).toEqual({ "scs-0210/recency": { limit: 7 }, "scs-0214/hosts": { limit: 1 } });
    expect(() => decide({ limit: "seven" })).toThrow(/limit of scs-0210-v2\/recency has to be a number/);
  });

  it("binds nothing while the scope's version is a draft", () => {
    const report = judgeWorld(world({ asOf: "2024-06-01T00:00:00Z" }));
    expect([report.scope.status, report.verdict]).toEqual(["draft", "MISS"]);
  });

  it("before the scope began is a wrong call", () => {
    expect(() => judgeWorld(world({ asOf: "2024-02-27T00:00:00Z" }))).toThrow(/no valid version on 2024-02-27/);
  });

  it("lets a result expire with its testcase's lifetime", () => {
    const report = judgeWorld(world({ asOf: "2026-12-07T00:00:00Z" }));
    expect(report.results[0]).toMatchObject({ outcome: "not-run", missing: [{ reason: "expired" }] });
    expect(judgeWorld(world({ asOf: "2026-12-06T23:59:59Z" })).results[0]?.outcome).toBe("pass");
  });
});

describe("declarations", () => {
  const hosts = "scs-0214-v2/hosts";
  it.each([
    ["one that is signed and in date settles a question", {}, "pass", "declared"],
    ["an unsigned one counts for nothing", { signature: { state: "absent" } }, "undetermined", "due"],
    ["one for another subject counts for nothing", { subject: "other" }, "undetermined", "due"],
    ["one that has ended counts for nothing", { validUntil: "2026-11-01T00:00:00Z" }, "undetermined", "due"],
    ["one of two quarters ago counts for nothing", { declaredAt: "2026-04-01T00:00:00Z" }, "undetermined", "due"],
  ])("%s", (_, over, outcome, state) => {
    const declarations = [declaration(hosts, over as Partial<Declaration>)];
    const report = judgeWorld({ ...withChecks(passing, silent), declarations });
    expect(report.results[1]).toMatchObject({ outcome, attestation: { state } });
  });

  it("a measurement wins and says that it contradicts", () => {
    const report = judgeWorld({ ...withChecks(passing, failing), declarations: [declaration(hosts)] });
    expect(report.results[1]).toMatchObject({ outcome: "fail", declaration: { contradicted: true } });
    expect(report.attestations.disproved).toEqual([hosts]);
  });
});

describe("selection", () => {
  const select = (only: string[], skip: string[] = []) =>
    judgeWorld(world({ inputs: { selection: { only, skip, tier: "observe" } } }));

  it.each([
    ["a requirement", "scs-0214-v2/hosts", ["scs-0214-v2/hosts"]],
    ["a check", "scs-0210/recency", ["scs-0210-v2/recency"]],
    ["a standard", "scs-0214-v2", ["scs-0214-v2/hosts"]],
    ["a testcase", "version-policy-check", ["scs-0210-v2/recency"]],
    ["a pattern", "scs-021*-v2/*", ["scs-0210-v2/recency", "scs-0214-v2/hosts"]],
  ])("by %s", (_, pattern, expected) => {
    const report = select([pattern]);
    expect(report.results.map((result) => result.requirement)).toEqual(expected);
    expect(report.partial).toBe(true);
  });

  it("gates on what was named, though the verdict stays missing", () => {
    const report = select(["scs-0214-v2/hosts"]);
    expect([report.verdict, exitCodeOf(report, binding)]).toEqual(["MISS", 0]);
    expect(report.testcases[0]).toMatchObject({ verdict: "MISS", attempted: false });
  });

  it("refuses what is called nothing", () => {
    expect(() => select(["scs-0241"])).toThrow(/Nothing is called "scs-0241"/);
  });
});

it("gives the same bytes for the same evidence", () => {
  expect(reportText(judgeWorld(world()))).toBe(reportText(judgeWorld(world())));
});
