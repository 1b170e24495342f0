/** Whose doing a change is: one row for each cause, for causes together, and for what cannot be told. */
import { describe, expect, it } from "vitest";
import { changedEvidence, factOf, runOf } from "../../../tests/support/changed-evidence.ts";
import { failingReport } from "../../../tests/support/reports/failing.ts";
import { storedEvidence } from "../../../tests/support/stories/folder.ts";
import type { Change } from "../../model/comparison.ts";
import { digestOf, sha256 } from "../../model/digest.ts";
import type { Evidence, StoredFact } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { compare } from "../diff-runs.ts";
import type { Run } from "./differences.ts";

const story = storedEvidence("cluster-api-openstack-1.37").evidence;
const { checkedAt } = story.facts.gathering;
const patch = "scs-0210-v2/patch-recency";
const branch = "scs-0210-v2/unsupported-branch";
const hosts = "scs-0214-v2/control-plane-hosts";

const version = (gitVersion: string) => ({
  items: { "kube/version": factOf({ gitVersion, platform: "linux/amd64" }, checkedAt) },
});

function withRelease(newer: string, released: string): Evidence["inputs"]["kubernetesReleases"] {
  const old = story.inputs.kubernetesReleases;
  const basis = "github-published";
  const release = { version: newer, released, precision: "second", basis, evidence: [{ basis, time: released }] };
  const known = old.value as { readonly releases: readonly Json[] };
  const value = { ...known, releases: [...known.releases, release] } as Json;
  return { ...old, value, sha256: digestOf(value) };
}

const lost = (reason: "timeout" | "forbidden"): StoredFact => ({
  status: "unavailable",
  at: checkedAt,
  milliseconds: 10_000,
  reason,
  message: "the API server did not answer in time",
  resolve: "an API server that answers in time",
});
const request = (status: number) => ({
  method: "GET",
  path: "/api/v1/nodes?limit=500",
  status,
  milliseconds: 10_000,
  bytes: 0,
  attempt: 3,
});

const later = "2027-01-20T00:00:00Z";
const base = runOf(story);
const evidenceOf = (changed: Parameters<typeof changedEvidence>[1]) => changedEvidence(story, changed);

function change(before: Run, after: Run, id: string): Pick<Change, "trend" | "causes" | "told"> | undefined {
  const found = compare(before, after).changes.find(({ requirement }) => requirement === id);
  return found && { trend: found.trend, causes: found.causes, told: found.told };
}

describe("a change is", () => {
  it.each<[string, Run, Run, string, Change["trend"], Change["causes"], Change["told"]]>([
    [
      "the cluster's, that went back",
      base,
      runOf(evidenceOf(version("v1.37.0"))),
      patch,
      "worse",
      ["cluster"],
      "alone",
    ],
    [
      "the cluster's, that was mended",
      runOf(evidenceOf(version("v1.37.0"))),
      base,
      patch,
      "better",
      ["cluster"],
      "alone",
    ],
    [
      "the data's, that knows a newer patch",
      base,
      runOf(evidenceOf({ inputs: { kubernetesReleases: withRelease("1.37.3", "2026-10-20T00:00:00Z") } })),
      patch,
      "worse",
      ["data"],
      "alone",
    ],
    [
      "the day's, after which nothing counts any more",
      base,
      runOf(story, "2026-12-08T00:00:00Z"),
      patch,
      "worse",
      ["rule"],
      "alone",
    ],
    [
      "the day's, though it was looked at again",
      base,
      runOf(evidenceOf({ checkedAt: later }), later),
      patch,
      "worse",
      ["rule"],
      "alone",
    ],
    [
      "the input's, that leaves out the results",
      base,
      runOf(changedEvidence({ ...story, inputs: withoutResults() }, {})),
      "scs-0201-v1/conformance-suite",
      "worse",
      ["input"],
      "alone",
    ],
    [
      "the input's, that selects it no more",
      base,
      runOf(evidenceOf({ inputs: { selection: { only: [], skip: [hosts], tier: "observe" } } })),
      hosts,
      "other",
      ["input"],
      "alone",
    ],
    [
      "a flake's, when a fact timed out",
      base,
      runOf(evidenceOf({ items: { "kube/nodes": lost("timeout") }, requests: [request(0)] })),
      hosts,
      "worse",
      ["flake"],
      "alone",
    ],
    [
      "the cluster's, when a right was taken away",
      base,
      runOf(evidenceOf({ items: { "kube/nodes": lost("forbidden") }, requests: [request(403)] })),
      hosts,
      "worse",
      ["cluster"],
      "alone",
    ],
    [
      "the cluster's, when nothing in the log bears a timeout out",
      base,
      runOf(evidenceOf({ items: { "kube/nodes": lost("timeout") }, requests: [request(200)] })),
      hosts,
      "worse",
      ["cluster"],
      "alone",
    ],
    [
      "of either, when the cluster went back and the data knows a newer patch",
      base,
      runOf(
        evidenceOf({
          ...version("v1.37.0"),
          inputs: { kubernetesReleases: withRelease("1.37.3", "2026-10-20T00:00:00Z") },
        }),
      ),
      patch,
      "worse",
      ["cluster", "data"],
      "either",
    ],
    [
      "of both together, when the cluster went to a branch that the day leaves behind",
      base,
      runOf(evidenceOf({ ...version("v1.35.9"), checkedAt: "2027-03-02T00:00:00Z" }), "2027-03-02T00:00:00Z"),
      branch,
      "worse",
      ["cluster", "rule"],
      "together",
    ],
  ])("%s", (_, before, after, id, trend, causes, told) => {
    expect(change(before, after, id)).toEqual({ trend, causes, told });
  });
});

function withoutResults(): Evidence["inputs"] {
  const { conformanceResults: _, ...inputs } = story.inputs;
  return inputs;
}

describe("another version of the tool", () => {
  const by = (run: Run, tool: string, outcome: "pass" | "fail"): Run => ({
    ...run,
    report: {
      ...run.report,
      tool: { ...run.report.tool, sha256: sha256(tool) },
      results: run.report.results.map((result) =>
        result.requirement === hosts ? { ...result, outcome, verdict: outcome === "pass" ? "PASS" : "FAIL" } : result,
      ),
    },
  });

  it("is named where this one judges otherwise, and only there", () => {
    const { changes, notJudgedAgain } = compare(by(base, "older", "fail"), base);
    expect(changes.map(({ requirement, causes, told }) => ({ requirement, causes, told }))).toEqual([
      { requirement: hosts, causes: ["tool"], told: "alone" },
    ]);
    expect(notJudgedAgain).toBeNull();
  });

  it("is not named where what it said is what this one says", () => {
    const after = runOf(evidenceOf(version("v1.37.0")));
    expect(change(by(base, "older", "pass"), after, patch)).toEqual({
      trend: "worse",
      causes: ["cluster"],
      told: "alone",
    });
  });
});

describe("without evidence", () => {
  const bare = ({ report }: Run): Run => ({ report });

  it("what cannot be ruled out is named, and nothing is claimed", () => {
    const { changes, notJudgedAgain } = compare(bare(base), runOf(evidenceOf(version("v1.37.0"))));
    const found = changes.find(({ requirement }) => requirement === patch);
    expect(found).toMatchObject({
      told: "possible",
      causes: ["cluster", "flake", "rule", "input"],
      facts: ["kube/version"],
    });
    expect(notJudgedAgain).toBe("the evidence of the earlier run is not at hand, so nothing could be judged again");
  });

  it("facts of the same digest rule the cluster out", () => {
    const after = runOf(evidenceOf({ inputs: { kubernetesReleases: withRelease("1.37.3", "2026-10-20T00:00:00Z") } }));
    const found = compare(bare(base), bare(after)).changes.find(({ requirement }) => requirement === patch);
    expect(found).toMatchObject({ told: "possible", causes: ["rule", "data", "input"] });
  });
});

describe("a comparison", () => {
  it("of a run with itself finds nothing", () => {
    expect(compare(base, base)).toMatchObject({ differences: [], changes: [], unchanged: base.report.results.length });
  });

  it("names findings that came and went beneath the same outcome", () => {
    const report = failingReport();
    const labels = "scs-0214-v2/topology-labels";
    const results = report.results.map((result) =>
      result.requirement === labels
        ? {
            ...result,
            findings: result.findings.map((one) => ({ ...one, subject: { kind: "Node", name: "agent-3" } })),
          }
        : result,
    );
    expect(compare({ report }, { report: { ...report, results } }).changes).toEqual([
      expect.objectContaining({
        requirement: labels,
        trend: "worse",
        findings: { added: ["label-absent Node agent-3"], gone: ["label-absent Node agent-2"] },
        told: "possible",
      }),
    ]);
  });
});
