import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { nameless, results, suite } from "../../tests/support/conformance.ts";
import { identity, version } from "../../tests/support/facts.ts";
import { conformanceSuite } from "./conformance-suite.ts";

const serial = "[sig-scheduling] SchedulerPreemption [Serial] validates preemption [Conformance]";
const plain = "[sig-node] Pods should be submitted and removed [Conformance]";

const given = (result: ReturnType<typeof results>, gitVersion = "v1.36.3") => ({
  facts: { "input/conformance-results": result, "kube/version": version(gitVersion), "kube/identity": identity() },
});

describeCheck(
  conformanceSuite,
  ["pass", "fail", "undetermined"],
  [
    { name: "complete and green", ...given(results(suite())), outcome: "pass", findings: [], because: /All 446/ },
    { name: "another patch of the same minor", ...given(results(suite()), "v1.36.5-eks-1"), outcome: "pass" },
    {
      name: "a flake shows",
      ...given(results(suite({ flaked: [plain] }), { flakeAttempts: 2 })),
      outcome: "pass",
      findings: ["flaked"],
    },
    {
      name: "another cluster is named, not refused",
      ...given(results({ ...suite(), clusterUid: "uid-of-another" })),
      outcome: "pass",
      findings: ["other-cluster"],
    },
    {
      name: "a result alone, no cluster looked at",
      facts: { "input/conformance-results": results(suite()), "kube/version": unavailable("not-given", "a cluster") },
      outcome: "pass",
    },
    {
      name: "each failed spec is named",
      ...given(results(suite({ passed: 444, failed: [plain, serial] }))),
      outcome: "fail",
      findings: ["spec-failed", "spec-failed"],
    },
    {
      name: "one failed, others not executed: the failure counts",
      ...given(results(suite({ passed: 21, failed: [plain], notExecuted: [serial] }))),
      outcome: "fail",
    },
    {
      name: "parallel, [Serial] left out: pass by recipe, by the text undetermined",
      ...given(results(suite({ passed: 445, notExecuted: [serial] }), { parallel: true })),
      outcome: "undetermined",
      findings: ["pass-by-scs-recipe"],
    },
    {
      name: "the same when the recipe is accepted",
      ...given(results(suite({ passed: 445, notExecuted: [serial] }), { parallel: true })),
      parameters: { acceptParallelRecipe: true },
      outcome: "pass",
      findings: ["pass-by-scs-recipe"],
    },
    {
      name: "parallel, something else left out too",
      ...given(results(suite({ passed: 444, notExecuted: [serial, plain] }), { parallel: true })),
      parameters: { acceptParallelRecipe: true },
      outcome: "undetermined",
      findings: ["not-executed", "not-executed"],
    },
    {
      name: "quick mode: one passed, nothing failed",
      ...given(results({ ...suite({ passed: 1, notExecuted: [serial, plain] }), executed: 1 })),
      outcome: "undetermined",
      because: /1 of 446/,
    },
    { name: "nothing executed", ...given(results({ ...suite({ passed: 0 }), executed: 0 })), outcome: "undetermined" },
    { name: "a dry run", ...given(results(suite(), { dryRun: true })), outcome: "undetermined", because: /dry run/ },
    { name: "a list of nothing", ...given(results(suite({ required: 0, passed: 0 }))), outcome: "undetermined" },
    {
      name: "a minor whose list is not known, nothing failed",
      ...given(results(suite({ required: 0, passed: 404 }))),
      outcome: "undetermined",
      missing: ["a run of a minor whose list of specs this version knows"],
    },
    {
      name: "a minor whose list is not known, one failed",
      ...given(results(suite({ required: 0, passed: 21, failed: [plain] }))),
      outcome: "fail",
    },
    {
      name: "nothing tells the minor, and a cluster to compare with",
      ...given(nameless(results(suite({ minor: "unknown", required: 0, passed: 21, failed: [plain] })))),
      outcome: "undetermined",
      missing: ["conformance results that name their version"],
    },
    {
      name: "flakes that the log counts without a name",
      ...given(results(suite({ flaked: [plain] }), { flakeAttempts: 2, flaked: 3 })),
      outcome: "pass",
      findings: ["flaked", "flaked-unnamed"],
    },
    {
      name: "a submission's product names the subject, and is shown",
      ...given({
        ...nameless(results(suite())),
        product: { vendor: "Example", name: "Cloud Kubernetes", version: "v7" },
      }),
      outcome: "pass",
      findings: ["subject-by-submission"],
    },
    {
      name: "somebody states the subject under a key, and is shown",
      ...given({
        ...nameless(results(suite())),
        statement: { subject: "example-1.36", signedBy: "SHA256:abc" },
      }),
      outcome: "pass",
      findings: ["subject-stated"],
    },
    {
      name: "nothing tells the time of the run",
      ...given({ ...results(suite()), undated: true }),
      outcome: "undetermined",
      missing: ["the e2e.log that belongs to the result"],
    },
    {
      name: "nothing tells the time of the run, but one failed",
      ...given({ ...results(suite({ passed: 445, failed: [plain] })), undated: true }),
      outcome: "fail",
    },
    { name: "no conformance specs at all", ...given(results()), outcome: "undetermined" },
    {
      name: "another minor, even with failures",
      ...given(results(suite({ failed: [plain] })), "v1.37.1"),
      outcome: "undetermined",
      missing: ["conformance results of the cluster's minor"],
    },
    {
      name: "names of another minor than tested",
      ...given(results({ ...suite(), kubernetesVersion: "v1.35.1" })),
      outcome: "undetermined",
    },
    {
      name: "the cluster's version cannot be read",
      facts: {
        "input/conformance-results": results(suite()),
        "kube/version": unavailable("timeout", "an answer in time"),
      },
      outcome: "undetermined",
      missing: ["an answer in time"],
    },
    {
      name: "a result without any identity",
      ...given(nameless(results(suite()))),
      outcome: "undetermined",
      missing: ["a signed statement of the result's subject"],
    },
  ],
);
