/** A comparison as text and as Markdown: what changed is told, and nothing that stands in a report can do anything. */
import { describe, expect, it } from "vitest";
import type { Change, Comparison } from "../../src/model/comparison.ts";
import { comparisonMarkdown } from "./markdown.ts";
import { comparisonText } from "./text.ts";

const passed = { outcome: "pass", verdict: "PASS", binding: true, basis: "observed", because: "it holds" } as const;
const failed = { ...passed, outcome: "fail", verdict: "FAIL", because: "v1.37.1 was replaced 44 days ago" } as const;

const change: Change = {
  requirement: "scs-0210-v2/patch-recency",
  trend: "worse",
  before: passed,
  after: failed,
  findings: { added: ["patch-too-old Cluster"], gone: [] },
  causes: ["cluster"],
  told: "alone",
  facts: ["kube/version"],
};

const side = { id: "u", subject: "my-cloud", checkedAt: "2026-11-20T10:00:00Z", asOf: "2026-11-20T10:00:00Z" } as const;

function comparison(changes: readonly Change[], more: Partial<Comparison> = {}): Comparison {
  return {
    schemaVersion: 1,
    before: { ...side, verdict: "PASS", testcaseVerdict: "PASS" },
    after: { ...side, verdict: "FAIL", testcaseVerdict: "FAIL", asOf: "2026-11-23T00:00:00Z" },
    differences: [{ cause: "cluster", what: "facts kube/version" }],
    changes,
    unchanged: 43,
    notJudgedAgain: null,
    ...more,
  };
}

describe("a comparison", () => {
  it("reads as text", () => {
    expect(comparisonText(comparison([change]), { width: 100 })).toBe(
      [
        "before ✓ PASS my-cloud, seen 2026-11-20 10:00:00 UTC",
        "after  ✗ FAIL my-cloud, seen 2026-11-20 10:00:00 UTC, judged as of 2026-11-23 00:00:00 UTC",
        "  cluster: facts kube/version",
        "",
        "Worse",
        "  ✗ fail scs-0210-v2/patch-recency, was pass, binding: cluster",
        "      v1.37.1 was replaced 44 days ago",
        "      facts that differ: kube/version",
        "      new finding: patch-too-old Cluster",
        "",
        "1 changed, 43 unchanged.",
        "",
      ].join("\n"),
    );
  });

  it("reads as Markdown", () => {
    expect(comparisonMarkdown(comparison([change]))).toContain(
      "| ✗ fail | <code>scs-0210-v2/patch-recency</code> | pass, binding | cluster | v1.37.1 was replaced 44 days ago<br>facts that differ: kube/version<br>new finding: patch-too-old Cluster |",
    );
  });

  it.each<[Partial<Change>, string]>([
    [{ causes: ["cluster", "data"], told: "either" }, "cluster or data: either alone gives the same"],
    [{ causes: ["cluster", "rule"], told: "together" }, "cluster and rule, only together"],
    [{ causes: ["rule", "input"], told: "possible" }, "possibly rule or input"],
    [{ causes: [], told: "possible" }, "nothing that the reports show"],
    [{ before: null, causes: ["rule"] }, "was not judged: rule"],
    [{ after: null, causes: ["input"] }, "· not judged scs-0210-v2/patch-recency"],
    [{ after: { ...failed, binding: false } }, "! not met scs-0210-v2/patch-recency"],
    [{ before: { ...failed, waiver: "W-1" } }, "was fail, binding, waived by W-1"],
  ])("with %j says %s", (over, text) => {
    expect(comparisonText(comparison([{ ...change, ...over }]), { width: 160 })).toContain(text);
  });

  it("counts what it does not show", () => {
    const added = Array.from({ length: 8 }, (_, index) => `label-absent Node n-${index}`);
    const text = comparisonText(comparison([{ ...change, findings: { added, gone: [] } }]), {});
    expect(text).toContain("new finding: label-absent Node n-4\n      new finding: 3 more\n");
  });

  it("says why whose doing it is cannot be told", () => {
    const text = comparisonText(comparison([change], { notJudgedAgain: "there is no evidence" }), { width: 160 });
    expect(text).toContain("1 changed, 43 unchanged. Whose doing it is cannot be told: there is no evidence.");
  });

  it("makes hostile text harmless", () => {
    const hostile = "\u001b[2J<img src=x onerror=alert(1)> | @team ::error::x\n## heading\u202e";
    const own = { ...change, requirement: hostile, after: { ...failed, because: hostile }, facts: [hostile] };
    const all = comparison([own], { differences: [{ cause: "cluster", what: hostile }] });
    const text = comparisonText(all, {});
    const markdown = comparisonMarkdown(all);
    expect(`${text}${markdown}`).not.toMatch(/(?=[^\n])[\p{Cc}\p{Cf}]|::error::|^## heading/mu);
    expect(markdown).not.toMatch(/<img|@team/);
  });
});
