import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { type Finding, fail, theCluster, undetermined } from "../../src/model/finding.ts";
import { counted, named, nonEmpty } from "../../src/model/finding-lists.ts";
import { cvesHoldUntil, patchAges } from "../../src/model/versions/kubernetes-releases.ts";
import { baseVersion, rangeHolds } from "../../src/model/versions/kubernetes-version.ts";
import { upgradeRemediation } from "../../src/model/versions/upgrade-remediation.ts";
import {
  disputedDates,
  passWhileDataHolds,
  patchText,
  policyObserved,
  servedVersion,
  unreadableVersion,
} from "../../src/model/versions/version-policy.ts";

export const criticalPatchRecency = defineCheck({
  id: "scs-0210/critical-patch-recency",
  title: {
    pass: "No critical CVE stays open while a newer patch is older than the limit",
    fail: "A critical CVE affects the cluster, and a newer patch is out for longer than the limit",
  },
  why: "A published critical hole is attacked within days; the policy gives two weeks.",
  looksAt:
    "CVEs of at least `score` whose ranges hold the API server's version. If there is one, any newer patch of the branch that was released more than `days` days ago fails, as in upstream's script.",
  needs: { all: ["kube/version", "input/kubernetes-releases"] },
  parameters: Type.Object({
    days: Type.Integer({ default: 14, minimum: 1, description: "days after which a newer patch has to be in use" }),
    score: Type.Number({
      default: 8,
      minimum: 0,
      maximum: 10,
      description: "CVSS base score from which a CVE is critical",
    }),
  }),
  remediation: upgradeRemediation(
    "Upgrade to a patch that fixes the named CVEs; the newest one of the branch is the safe choice.",
  ),
  accepted: [
    "Upstream's rule fails for any newer patch older than the limit, even one that does not fix the CVE; the finding says which patches do.",
    "Without a newer patch that is old enough the age of the CVE facts does not matter: there is nothing to move to.",
    "A vendor may have backported the fix under an older version number; the version number decides.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const served = facts["kube/version"];
    const data = facts["input/kubernetes-releases"];
    const version = servedVersion(served);
    if (!version) return unreadableVersion(served);
    const affecting = data.cves.filter((cve) => cve.affected.some((range) => rangeHolds(range, version)));
    const critical = affecting.filter(({ score }) => score !== null && score >= parameters.score);
    const unscored = affecting.filter(({ score }) => score === null);
    const { overdue, disputed, newer } = patchAges(data, version, asOf, parameters.days);
    const observed = {
      ...policyObserved(served, version, data),
      cvesDate: data.cvesDate ?? data.date,
      criticalCves: critical.map(({ id }) => id),
      newerPatches: newer.map((patch) => patch.version),
      overduePatches: overdue.map((patch) => patch.version),
    };
    const findings = [...critical, ...unscored].map(({ id, score, fixed }): Finding => {
      const fixing = overdue.filter((patch) => fixed.includes(patch.version)).map((patch) => patch.version);
      const help =
        fixing.length > 0 ? `${fixing.join(", ")} fixes it` : "none of the overdue patches is recorded as its fix";
      const weight = score === null ? "has no score yet" : `has score ${score}`;
      return {
        code: score === null ? "unscored-cve" : overdue.length > 0 ? "critical-cve-overdue" : "critical-cve-affects",
        subject: theCluster,
        expected: fixed.length > 0 ? fixed : "a fix",
        actual: baseVersion(version),
        message: `${id} ${weight} and affects ${baseVersion(version)}; ${overdue.length > 0 ? help : "leave this version"}`,
      };
    });
    const violations = nonEmpty(critical.length > 0 && overdue.length > 0 ? findings : []);
    if (violations) {
      const late = `${counted(overdue.length, "newer patch release")} older than ${parameters.days} days, the first ${overdue.slice(0, 1).map(patchText).join("")}`;
      const because = `${baseVersion(version)} is affected by ${named(critical.map(({ id }) => id))}; the branch has ${late}`;
      return fail(because, observed, violations);
    }
    if (critical.length > 0 && disputed.length > 0)
      return disputedDates(
        `whether a release is older than ${parameters.days} days`,
        disputed.map(patchText),
        observed,
        findings,
      );
    if (unscored.length > 0 && overdue.length + disputed.length > 0) {
      const ids = unscored.map(({ id }) => id);
      return disputedDates(
        "how severe a CVE is that affects this version",
        ids.map((id) => `${id} has no score`),
        observed,
        findings,
      );
    }
    if (critical.length === 0 && overdue.length + disputed.length > 0 && asOf > cvesHoldUntil(data)) {
      return undetermined(
        `The CVE facts of ${data.cvesDate ?? data.date} are too old to say whether ${baseVersion(version)} is affected, and newer patches are out for more than ${parameters.days} days`,
        [{ fact: "input/kubernetes-releases", reason: "expired", resolve: "CVE facts not older than 14 days" }],
        observed,
        findings,
      );
    }
    const because =
      critical.length > 0
        ? `${baseVersion(version)} is affected by ${named(critical.map(({ id }) => id))}, but no newer patch is older than ${parameters.days} days`
        : `No known CVE of at least ${parameters.score} affects ${baseVersion(version)}`;
    return passWhileDataHolds(data, version, asOf, because, observed, findings);
  },
});
