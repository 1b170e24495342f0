import { describe, expect, test } from "vitest";
import { UsageError } from "../model/faults.ts";
import { embeddedScope, parseScope } from "./scope.ts";

const coming = `name: SCS-compatible KaaS
uuid: 1fffebe6-fd4b-44d3-a36c-fc58b4bb0180
scripts:
- executable: ./kaas/k8s_test.py
  testcases:
  - id: cncf-k8s-conformance
    lifetime: year
  - id: version-policy-check
  - id: kaas-networking-check
    lifetime: month
groups:
  - id: cncf-k8s-conformance-group
    include: [cncf-k8s-conformance]
  - id: scs-0210-v2
    name: Kubernetes version policy
    url: https://docs.scs.community/standards/scs-0210-v2-k8s-version-policy
    include: [version-policy-check]
  - id: scs-0214-v2
  - id: scs-0219-v1
    include: [kaas-networking-check]
  - id: kaas-v1
    include:
      - cncf-k8s-conformance-group
      - scs-0210-v2
      - scs-0214-v2
      - scs-0219-v1
timeline:
  - date: 2024-11-26
    versions: {v1: effective}
versions:
  - version: v1
    test: kaas-v1
    attn: true
`;

const parse = (text: string) => parseScope({ id: "mine", text, file: "s.yaml" });

function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error("was not refused");
}

describe("a scope in the coming form", () => {
  test("says the same as today's: testcases, lifetimes, requirements, standards, what counts", () => {
    const scope = parse(coming);
    const today = parse(embeddedScope("scs-compatible-kaas").text);
    const membership = scope.versions[0]?.memberships.at(-1);
    expect(membership?.modules.map(({ id, standard, targets }) => [id, standard, targets])).toEqual([
      ["cncf-k8s-conformance-group", undefined, { main: ["cncf-k8s-conformance"] }],
      ["scs-0210-v2", "scs-0210-v2", { main: ["version-policy-check"] }],
      ["scs-0214-v2", "scs-0214-v2", {}],
      ["scs-0219-v1", "scs-0219-v1", { main: ["kaas-networking-check"] }],
    ]);
    expect(membership?.modules[1]).toMatchObject({ name: "Kubernetes version policy", url: /scs-0210-v2/ });
    expect(scope).toMatchObject({ uuid: today.uuid, submittable: true });
    const counted = today.testcases.filter(({ id }) => id !== "node-distribution-check");
    expect(scope.testcases.map(({ id, lifetime, requirements }) => [id, lifetime, requirements])).toEqual(
      ["cncf-k8s-conformance", "version-policy-check", "kaas-networking-check"].map((id) => {
        const one = counted.find((testcase) => testcase.id === id);
        return [id, one?.lifetime, one?.requirements];
      }),
    );
  });

  test("takes groups of groups, each testcase once, and a version that is one testcase", () => {
    const deeper = coming
      .replace("- scs-0219-v1\ntimeline", "- inner\n  - id: inner\n    include: [scs-0219-v1, scs-0210-v2]\ntimeline")
      .replace("test: kaas-v1", "test: kaas-v1\n  - version: v2\n    test: version-policy-check");
    const [v1, v2] = parse(deeper).versions;
    const modules = (version: typeof v1) =>
      version?.memberships.at(-1)?.modules.map(({ id, targets }) => [id, targets]);
    expect(modules(v1)?.map(([id]) => id)).toEqual([
      "cncf-k8s-conformance-group",
      "scs-0210-v2",
      "scs-0214-v2",
      "scs-0219-v1",
    ]);
    expect(modules(v2)).toEqual([["v2", { main: ["version-policy-check"] }]]);
  });

  test.each<[name: string, from: string, to: string, fault: string]>([
    ["an unknown test in a group", "[version-policy-check]", "[version-polcy-check]", "s.yaml:17:15: there is no test"],
    ["an unknown test of a version", "test: kaas-v1", "test: kaas-v2", "s.yaml:32:11: there is no test"],
    ["a group twice", "- id: scs-0214-v2", "- id: scs-0210-v2", "s.yaml:18:9: the test scs-0210-v2 stands here twice"],
    ["a group named like a testcase", "- id: scs-0214-v2", "- id: version-policy-check", "stands here twice"],
    ["a group that includes itself", "- scs-0214-v2\n", "- kaas-v1\n", "the group kaas-v1 leads to itself"],
    ["a version without a test", "    test: kaas-v1\n", "", 's.yaml:31:5: the key "test" is missing'],
    ["modules beside groups", "timeline:", "modules: []\ntimeline:", 'unknown key "modules"'],
    ["an unknown version in the timeline", "{v1: effective}", "{v3: effective}", 'there is no version "v3"'],
    ["a day that is none", "2024-11-26", "2024-11-31", "2024-11-31 is not a day of the calendar"],
  ])("refuses %s", (_, from, to, fault) => {
    expect(refusal(coming.replace(from, to))).toContain(fault);
  });

  test("is read in time, however its groups are chained", () => {
    const chain = Array.from({ length: 2_000 }, (_, n) => `  - {id: g${n}, include: [g${n + 1}]}`).join("\n");
    const text = coming.replace("groups:\n", `groups:\n${chain}\n  - {id: g2000}\n`);
    expect(refusal(text)).toMatch(/the group g0 leads to itself, or is nested too deeply/);
  });
});
