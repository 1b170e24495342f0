/** Reports as runs leave them, for tests of whatever reads a report. */
import { sha256, uuidFromDigest } from "../../src/model/digest.ts";
import type { Report, Result } from "../../src/model/report.ts";
import { reportText } from "../../src/model/report-text.ts";
import type { Outcome, Verdict } from "../../src/model/vocabulary.ts";
import { type RequirementName, requirements } from "./reports/requirements.ts";

const verdictOf: { readonly [O in Outcome]: Verdict } = {
  pass: "PASS",
  "not-applicable": "PASS",
  fail: "FAIL",
  undetermined: "DNF",
  "not-run": "MISS",
};

/** A result of one of the example requirements; anything else of it can be set. */
export function resultOf(
  name: RequirementName,
  outcome: Outcome,
  because: string,
  more: Partial<Omit<Result, "outcome" | "verdict" | "because">> = {},
): Result {
  return {
    ...requirements[name],
    outcome,
    verdict: verdictOf[outcome],
    basis: "observed",
    observed: {},
    findings: [],
    because,
    missing: [],
    ...more,
  };
}

const order: readonly Verdict[] = ["FAIL", "MISS", "DNF", "PASS"];
const worst = (all: readonly Verdict[]): Verdict => order.find((verdict) => all.includes(verdict)) ?? "MISS";

const testcases = {
  "cncf-k8s-conformance": ["scs-0201-v1/cncf-conformance"],
  "version-policy-check": ["scs-0210-v2/patch-recency", "scs-0210-v2/supported-branch"],
  "kaas-networking-check": ["scs-0219-v1/network-policies"],
} as const;

const expiresAt = {
  "cncf-k8s-conformance": "2028-01-01T00:00:00Z",
  "version-policy-check": "2026-12-07T00:00:00Z",
  "kaas-networking-check": "2027-01-01T00:00:00Z",
} as const;

/** A report around results, with the verdicts and lists that follow from them; anything else of it can be set. */
export function reportOf(results: readonly Result[], more: Partial<Report> = {}): Report {
  const attested = (state: string) =>
    results.filter((result) => result.attestation?.state === state).map((result) => result.requirement);
  const cases = Object.entries(testcases).map(([id, ids]) => {
    const own = results.filter((result) => (ids as readonly string[]).includes(result.requirement));
    return {
      id,
      verdict: worst(own.map((result) => result.verdict)),
      requirements: [...ids],
      observedAt: id === "version-policy-check" ? "2026-11-23T10:00:42Z" : "2026-11-20T03:12:09Z",
      attempted: own.some((result) => result.outcome !== "not-run"),
      expiresAt: expiresAt[id as keyof typeof testcases],
    };
  });
  const testcaseVerdict = worst(cases.map((one) => one.verdict));
  const disproved = results.some((result) => result.bindingKind === "attested" && result.outcome === "fail");
  const report: Report = {
    schemaVersion: 1,
    id: "",
    subject: "example-1.34",
    verdict: disproved ? "FAIL" : testcaseVerdict,
    testcaseVerdict,
    attestations: {
      due: attested("due"),
      declared: attested("declared"),
      disproved: attested("disproved"),
      hidden: attested("hidden"),
    },
    partial: false,
    hypothetical: false,
    checkedAt: "2026-11-23T10:00:42Z",
    asOf: "2026-11-23T10:00:42Z",
    scope: {
      id: "scs-compatible-kaas",
      uuid: "1fffebe6-fd4b-44d3-a36c-fc58b4bb0180",
      name: "SCS-compatible KaaS",
      url: "https://raw.githubusercontent.com/SovereignCloudStack/standards/main/Tests/scs-compatible-kaas.yaml",
      version: "v1",
      status: "effective",
      submittable: true,
    },
    selection: { only: [], skip: [], tier: "observe" },
    tool: { name: "scs-conformance", version: "0.1.0", sha256: sha256("tool") },
    cluster: { uid: "7d1f3a52-9c0e-4f35-8b7a-2f9f6f0c4b11", version: "v1.34.2", platform: "cluster-api", nodes: 6 },
    gatheredBy: "SHA256:k3QmVZ5yXr0m0zQ0m7yqkq3Hn3N1o3cQb3yVwq9rJ5s",
    testcases: cases,
    results: [...results].sort((a, b) => (a.requirement < b.requirement ? -1 : 1)),
    evidence: {
      sha256: sha256("evidence"),
      facts: [...new Set(results.flatMap((result) => result.facts))].sort().map((id) => ({
        id,
        status: results.some((result) => result.missing.some((one) => one.fact === id)) ? "unavailable" : "collected",
        sha256: sha256(id),
      })),
    },
    standards: { sha256: sha256("standards") },
    data: { sha256: sha256("data"), date: "2026-11-20" },
    requests: { count: 47, bytes: 262_144 },
    ...more,
  };
  return { ...report, id: report.id || uuidFromDigest(sha256(JSON.stringify(report))) };
}

/** SHA-256 of the bytes that report.json would have. */
export const digestOfReport = (report: Report): string => sha256(reportText(report));
