import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail } from "../../src/model/finding.ts";
import { branchState, endOfLifeText } from "../../src/model/versions/kubernetes-releases.ts";
import { branchOf } from "../../src/model/versions/kubernetes-version.ts";
import { upgradeRemediation } from "../../src/model/versions/upgrade-remediation.ts";
import {
  disputedDates,
  endOfLifeFinding,
  passWhileDataHolds,
  policyObserved,
  servedVersion,
  unreadableVersion,
} from "../../src/model/versions/version-policy.ts";

export const unsupportedBranch = defineCheck({
  id: "scs-0210/unsupported-branch",
  title: {
    pass: "The cluster's branch is supported by the Kubernetes community",
    fail: "The cluster's branch is past its end of life",
  },
  why: "A branch past its end of life gets no security fixes; offering it invites people to stay on it.",
  looksAt:
    "The branch of the API server's version against the planned and recorded end-of-life dates; a branch counts as supported to the end of its last day.",
  needs: { all: ["kube/version", "input/kubernetes-releases"] },
  parameters: Type.Object({}),
  remediation: upgradeRemediation(
    "Upgrade to a supported branch, one minor version at a time, and stop offering the old one.",
  ),
  accepted: ["One cluster on a supported branch does not show that the provider has stopped offering older ones."],
  evaluate({ facts, asOf }) {
    const served = facts["kube/version"];
    const data = facts["input/kubernetes-releases"];
    const version = servedVersion(served);
    if (!version) return unreadableVersion(served);
    const observed = policyObserved(served, version, data);
    const branch = branchOf(version);
    const dates = endOfLifeText(data, version);
    switch (branchState(data, version, asOf)) {
      case "ended":
        return fail(`The branch ${branch} is past its end of life (${dates})`, observed, [
          endOfLifeFinding(data, version),
        ]);
      case "disputed":
        return disputedDates(`the end of life of ${branch}`, [dates], observed);
      default:
        return passWhileDataHolds(
          data,
          version,
          asOf,
          `The branch ${branch} is supported (${dates || "no end named yet"})`,
          observed,
        );
    }
  },
});
