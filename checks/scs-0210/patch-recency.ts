import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { fail, theCluster } from "../../src/model/finding.ts";
import { counted, nonEmpty } from "../../src/model/finding-lists.ts";
import { kubeletLag } from "../../src/model/versions/kubelet-skew.ts";
import { branchState, endOfLifeText, patchAges } from "../../src/model/versions/kubernetes-releases.ts";
import { baseVersion, branchOf } from "../../src/model/versions/kubernetes-version.ts";
import { upgradeRemediation } from "../../src/model/versions/upgrade-remediation.ts";
import {
  disputedDates,
  endOfLifeFinding,
  passWhileDataHolds,
  patchText,
  policyObserved,
  servedVersion,
  unreadableVersion,
} from "../../src/model/versions/version-policy.ts";

export const patchRecency = defineCheck({
  id: "scs-0210/patch-recency",
  title: {
    pass: "No newer patch of the cluster's branch is older than the limit",
    fail: "A newer patch is out for longer than the limit, or the branch is past its end of life",
  },
  why: "Patch releases mend defects and security holes; a cluster left behind keeps them.",
  looksAt:
    "The API server's version against dated release data: a newer patch of the same branch that was released more than `days` days ago fails, as in upstream's script; so does a branch past its end of life.",
  needs: { all: ["kube/version", "input/kubernetes-releases"], uses: ["kube/nodes"] },
  parameters: Type.Object({
    days: Type.Integer({ default: 31, minimum: 1, description: "days after which a newer patch has to be in use" }),
  }),
  remediation: upgradeRemediation("Upgrade to the newest patch of the branch, or to a newer branch."),
  accepted: [
    "The text speaks of what a provider offers; a cluster that its customer has not upgraded says little about that. Look at a freshly created cluster of each branch.",
    "Where sources date a release on both sides of the limit the answer is undetermined for up to two days.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const served = facts["kube/version"];
    const data = facts["input/kubernetes-releases"];
    const version = servedVersion(served);
    if (!version) return unreadableVersion(served);
    const lag = kubeletLag(facts["kube/nodes"], version);
    const { overdue, disputed, newer } = patchAges(data, version, asOf, parameters.days);
    const state = branchState(data, version, asOf);
    const newest = newer.at(-1)?.version ?? baseVersion(version);
    const observed = { ...policyObserved(served, version, data), newestPatch: newest };
    const patches = overdue.map((patch) => ({
      code: "newer-patch-overdue",
      subject: theCluster,
      expected: newest,
      actual: baseVersion(version),
      message: `${patchText(patch)} is out for more than ${parameters.days} days`,
    }));
    const violations = nonEmpty([...(state === "ended" ? [endOfLifeFinding(data, version)] : []), ...patches]);
    if (violations) {
      const late = `${counted(overdue.length, "newer patch release")} older than ${parameters.days} days`;
      const ended = `the branch ${branchOf(version)} is past its end of life`;
      const because =
        state === "ended"
          ? `The cluster runs ${baseVersion(version)} and ${ended}`
          : `The cluster runs ${baseVersion(version)}; the branch has ${late}`;
      return fail(because, observed, [...violations, ...lag]);
    }
    if (state === "disputed")
      return disputedDates(`the end of life of ${branchOf(version)}`, [endOfLifeText(data, version)], observed, lag);
    if (disputed.length > 0)
      return disputedDates(
        `whether a release is older than ${parameters.days} days`,
        disputed.map(patchText),
        observed,
        lag,
      );
    const because = `No newer patch of ${branchOf(version)} is older than ${parameters.days} days`;
    return passWhileDataHolds(data, version, asOf, because, observed, lag);
  },
});
