import { describeCheck } from "../../tests/support/check-table.ts";
import { version } from "../../tests/support/facts.ts";
import { releaseData } from "../../tests/support/releases.ts";
import { unsupportedBranch } from "./unsupported-branch.ts";

const at = (asOf: string, gitVersion: string, date = asOf.slice(0, 10)) => ({
  asOf,
  facts: { "kube/version": version(gitVersion), "input/kubernetes-releases": releaseData(date) },
});

describeCheck(
  unsupportedBranch,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "a live branch",
      ...at("2024-03-20T00:00:00Z", "v1.29.1"),
      outcome: "pass",
      observed: { endOfLife: "planned 2025-02-28" },
    },
    { name: "the last day of a branch", ...at("2025-02-28T23:59:59Z", "v1.29.3"), outcome: "pass" },
    {
      name: "the day after",
      ...at("2025-03-01T00:00:00Z", "v1.29.3+k3s1"),
      outcome: "fail",
      findings: ["branch-end-of-life"],
    },
    { name: "between recorded and planned end", ...at("2024-10-25T00:00:00Z", "v1.28.8"), outcome: "undetermined" },
    { name: "past both", ...at("2024-10-29T00:00:00Z", "v1.28.8"), outcome: "fail" },
    { name: "old data still fails", ...at("2026-10-29T00:00:00Z", "v1.28.8", "2024-03-01"), outcome: "fail" },
    { name: "old data does not pass", ...at("2024-10-01T00:00:00Z", "v1.29.3", "2024-03-01"), outcome: "undetermined" },
    {
      name: "an unknown branch",
      ...at("2024-03-20T00:00:00Z", "v1.40.0"),
      outcome: "undetermined",
      missing: ["release data that knows 1.40"],
    },
    {
      name: "a branch older than all that the data knows, the first of which has ended",
      ...at("2024-10-29T00:00:00Z", "v1.21.1"),
      outcome: "fail",
      observed: { endOfLife: "before 1.28, planned 2024-10-28, recorded 2024-10-22" },
    },
    {
      name: "a branch older than all that the data knows, the first of which may live",
      ...at("2024-10-25T00:00:00Z", "v1.27.9"),
      outcome: "undetermined",
    },
    { name: "an unreadable version", ...at("2024-03-20T00:00:00Z", "devel"), outcome: "undetermined" },
  ],
);
