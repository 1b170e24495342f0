import { describeCheck } from "../../tests/support/check-table.ts";
import { version } from "../../tests/support/facts.ts";
import { cve, release, releaseData } from "../../tests/support/releases.ts";
import { criticalPatchRecency } from "./critical-patch-recency.ts";

const only1285 = cve("CVE-2024-0001", 8.8, "1.28.5", "1.28.6", ["1.28.6"]);

const at = (asOf: string, cves = [only1285], gitVersion = "v1.28.5", given = {}) => ({
  asOf,
  facts: {
    "kube/version": version(gitVersion),
    "input/kubernetes-releases": releaseData(asOf.slice(0, 10), { cves, ...given }),
  },
});

const twoSources = [release("1.28.6", "2024-01-17T19:40:09Z", [{ basis: "git-tag-date", time: "2024-01-16" }])];

describeCheck(
  criticalPatchRecency,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "an ended branch of whose releases the data knows none is not cleared",
      ...at("2024-11-01T00:00:00Z", [only1285], "v1.21.1"),
      outcome: "undetermined",
      missing: ["release data that knows 1.21"],
    },
    // upstream's vectors, k8s_version_policy_test.py
    {
      name: "upstream: affected, the fix is two days old: a warning",
      ...at("2024-01-20T00:00:00Z"),
      outcome: "pass",
      findings: ["critical-cve-affects"],
      because: /^1\.28\.5 is affected by CVE-2024-0001, but/,
    },
    {
      name: "upstream: affected, the fix is older than two weeks",
      ...at("2024-02-01T00:00:00Z"),
      outcome: "fail",
      findings: ["critical-cve-overdue"],
      observed: { criticalCves: ["CVE-2024-0001"], overduePatches: ["1.28.6"] },
    },
    {
      name: "upstream: score 8.0 is critical",
      ...at("2024-02-01T00:00:00Z", [cve("CVE-2024-0002", 8, null, "1.28.6")]),
      outcome: "fail",
    },
    {
      name: "upstream: score 7.9 is not",
      ...at("2024-02-01T00:00:00Z", [cve("CVE-2024-0002", 7.9, null, "1.28.6")]),
      outcome: "pass",
      findings: [],
    },
    {
      name: "upstream's rule: fails even if the newer patch does not fix it, and says so",
      ...at("2024-02-01T00:00:00Z", [cve("CVE-2024-0003", 9.1, "1.28.0", null, ["1.28.9"])]),
      outcome: "fail",
      because: /affected by CVE-2024-0003; the branch has 1 newer patch release older than 14 days, the first 1\.28\.6/,
    },
    {
      name: "not affected",
      ...at("2024-02-01T00:00:00Z", [only1285], "v1.28.6"),
      outcome: "pass",
      observed: { criticalCves: [] },
    },
    {
      name: "affected, on the newest patch",
      ...at("2024-03-20T00:00:00Z", [cve("CVE-2024-0003", 9.1, null, null)], "v1.28.8"),
      outcome: "pass",
    },
    {
      name: "EKS counts by its base version",
      ...at("2024-02-01T00:00:00Z", [only1285], "v1.28.5-eks-5e0fdde"),
      outcome: "fail",
    },
    {
      name: "no score yet and a newer patch overdue",
      ...at("2024-02-01T00:00:00Z", [cve("CVE-2026-0001", null, "1.28.5", "1.28.6")]),
      outcome: "undetermined",
      findings: ["unscored-cve"],
      because: /CVE-2026-0001 has no score/,
    },
    {
      name: "no score yet, nothing overdue",
      ...at("2024-01-20T00:00:00Z", [cve("CVE-2026-0001", null, null, null)]),
      outcome: "pass",
    },
    {
      name: "sources date the patch on both sides of the limit",
      ...at("2024-01-31T10:00:00Z", [only1285], "v1.28.5", {
        releases: [release("1.28.5", "2023-12-20"), ...twoSources],
      }),
      outcome: "undetermined",
      missing: ["release data whose sources agree"],
    },
    {
      name: "old CVE facts do not rule out a CVE while a newer patch is overdue",
      ...at("2024-02-01T00:00:00Z", [], "v1.28.5", { cvesDate: "2024-01-10" }),
      outcome: "undetermined",
      missing: ["CVE facts not older than 14 days"],
    },
    {
      name: "old CVE facts do no harm on the newest patch",
      ...at("2024-03-20T00:00:00Z", [], "v1.28.8", { cvesDate: "2024-01-10" }),
      outcome: "pass",
    },
    {
      name: "stale data does not pass",
      ...at("2024-03-20T00:00:00Z", [], "v1.28.8", { date: "2024-03-01" }),
      outcome: "undetermined",
    },
    {
      name: "stale data still fails",
      ...at("2024-03-20T00:00:00Z", [only1285], "v1.28.5", { date: "2024-02-15" }),
      outcome: "fail",
    },
    {
      name: "a branch that the data does not know",
      ...at("2024-03-20T00:00:00Z", [], "v1.31.0"),
      outcome: "undetermined",
    },
    { name: "no patch release in the version", ...at("2024-03-20T00:00:00Z", [], "v1.28"), outcome: "undetermined" },
  ],
);
