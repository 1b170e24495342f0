import { describeCheck } from "../../tests/support/check-table.ts";
import { node, nodes, version } from "../../tests/support/facts.ts";
import { release, releaseData, upstreamReleases } from "../../tests/support/releases.ts";
import { patchRecency } from "./patch-recency.ts";

const at = (asOf: string, gitVersion = "v1.28.5", data = releaseData(asOf.slice(0, 10))) => ({
  asOf,
  facts: { "kube/version": version(gitVersion), "input/kubernetes-releases": data },
});

const sources = [{ basis: "git-tag-date", time: "2024-01-16" }];
const twoSources = [release("1.28.5", "2023-12-20T13:23:37Z"), release("1.28.6", "2024-01-17T19:40:09Z", sources)];

describeCheck(
  patchRecency,
  ["pass", "fail", "undetermined"],
  [
    // upstream's vectors, k8s_version_policy_test.py
    {
      name: "upstream: 1.28.5 on the day 1.28.6 comes out",
      ...at("2024-01-17T00:00:00Z"),
      outcome: "pass",
      findings: [],
    },
    { name: "upstream: 1.28.5 two weeks later", ...at("2024-01-31T00:00:00Z"), outcome: "pass", findings: [] },
    {
      name: "upstream: 1.28.5 more than 31 days later",
      ...at("2024-02-18T00:00:00Z"),
      outcome: "fail",
      findings: ["newer-patch-overdue"],
      observed: { newestPatch: "1.28.7" },
    },

    { name: "31 days to the second are still within", ...at("2024-02-17T19:40:09Z"), outcome: "pass" },
    { name: "a second more is not", ...at("2024-02-17T19:40:10Z"), outcome: "fail" },
    { name: "the newest patch of a live branch", ...at("2024-03-20T00:00:00Z", "v1.28.8"), outcome: "pass" },
    { name: "releases of other branches do not count", ...at("2024-01-31T00:00:00Z", "v1.29.1"), outcome: "pass" },
    { name: "EKS counts by its base version", ...at("2024-02-18T00:00:00Z", "v1.28.5-eks-5e0fdde"), outcome: "fail" },
    {
      name: "GKE shows its suffix",
      ...at("2024-03-20T00:00:00Z", "v1.28.8-gke.1095000"),
      outcome: "pass",
      observed: { version: "1.28.8", vendorSuffix: "-gke.1095000" },
    },
    { name: "k3s", ...at("2024-03-20T00:00:00Z", "v1.28.8+k3s1"), outcome: "pass" },
    { name: "RKE2 behind", ...at("2024-03-20T00:00:00Z", "v1.28.6+rke2r1"), outcome: "fail" },
    {
      name: "a release candidate is older than its release",
      ...at("2024-02-18T00:00:00Z", "v1.28.6-rc.0"),
      outcome: "fail",
    },
    {
      name: "a longer limit given by the requirement",
      ...at("2024-02-18T00:00:00Z"),
      parameters: { days: 60 },
      outcome: "pass",
    },
    {
      name: "kubelets behind are advisory",
      asOf: "2024-03-20T00:00:00Z",
      facts: {
        ...at("2024-03-20T00:00:00Z", "v1.28.8").facts,
        "kube/nodes": nodes(node("a", { kubeletVersion: "v1.28.2" })),
      },
      outcome: "pass",
      findings: ["kubelet-behind"],
    },
    {
      name: "kubelets that Kubernetes does not support beside this API server are too",
      asOf: "2024-03-20T00:00:00Z",
      facts: {
        ...at("2024-03-20T00:00:00Z", "v1.28.8").facts,
        "kube/nodes": nodes(
          node("a", { kubeletVersion: "v1.24.17" }),
          node("b", { kubeletVersion: "v1.29.0" }),
          node("c", { kubeletVersion: "v1.25.16" }),
          node("d", { kubeletVersion: "v1.28.9" }),
          node("e", { kubeletVersion: "nonsense" }),
        ),
      },
      outcome: "pass",
      findings: ["kubelet-outside-skew", "kubelet-ahead", "kubelet-behind"],
    },

    {
      name: "a branch past its end of life fails even on its last patch",
      ...at("2024-10-30T00:00:00Z", "v1.28.8"),
      outcome: "fail",
      findings: ["branch-end-of-life"],
    },
    { name: "a branch on its last day", ...at("2025-02-28T12:00:00Z", "v1.29.3"), outcome: "pass" },
    { name: "upstream: and the day after", ...at("2025-03-01T00:00:00Z", "v1.29.3"), outcome: "fail" },
    {
      name: "planned and recorded end of life disagree",
      ...at("2024-10-25T00:00:00Z", "v1.28.8"),
      outcome: "undetermined",
      because: /planned 2024-10-28, recorded 2024-10-22/,
    },

    {
      name: "sources date the patch on both sides of the limit",
      ...at("2024-02-17T10:00:00Z", "v1.28.5", releaseData("2024-02-17", { releases: twoSources })),
      outcome: "undetermined",
      because: /github-published 2024-01-17T19:40:09Z, git-tag-date 2024-01-16/,
      missing: ["release data whose sources agree"],
    },
    {
      name: "a date spans its day: within it nothing is proved",
      ...at(
        "2024-02-17T10:00:00Z",
        "v1.28.5",
        releaseData("2024-02-17", { releases: [release("1.28.6", "2024-01-17")] }),
      ),
      outcome: "undetermined",
    },
    {
      name: "after the day it is",
      ...at(
        "2024-02-18T00:00:00Z",
        "v1.28.5",
        releaseData("2024-02-18", { releases: [release("1.28.6", "2024-01-17")] }),
      ),
      outcome: "fail",
    },
    {
      name: "a fail never goes stale",
      ...at("2024-06-01T00:00:00Z", "v1.28.5", releaseData("2024-03-16")),
      outcome: "fail",
    },
    {
      name: "a pass holds for 14 days",
      ...at("2024-03-30T00:00:00Z", "v1.28.8", releaseData("2024-03-16")),
      outcome: "pass",
    },
    {
      name: "and no longer",
      ...at("2024-03-30T00:00:01Z", "v1.28.8", releaseData("2024-03-16")),
      outcome: "undetermined",
      missing: ["release data not older than 14 days"],
    },
    { name: "a newer patch than the data knows", ...at("2024-03-20T00:00:00Z", "v1.28.9"), outcome: "pass" },
    {
      name: "a branch that the data does not know",
      ...at("2024-03-20T00:00:00Z", "v1.31.0"),
      outcome: "undetermined",
      missing: ["release data that knows 1.31"],
    },
    {
      name: "releases after the as-of date do not count",
      ...at("2024-01-10T00:00:00Z", "v1.28.5", releaseData("2024-01-10", { releases: upstreamReleases })),
      outcome: "pass",
      observed: { newestPatch: "1.28.5" },
    },
    {
      name: "no patch release in the version",
      ...at("2024-03-20T00:00:00Z", "v1.28"),
      outcome: "undetermined",
      missing: ["a version of the form 1.33.4"],
    },
  ],
);
