/** What the three checks of the version policy (scs-0210) have in common: whose version, which branch, how fresh the data. */

import type { KubernetesReleasesFact } from "../facts/inputs.ts";
import type { VersionFact } from "../facts/version.ts";
import { type CheckResult, type Finding, pass, theCluster, undetermined } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import type { Instant } from "../vocabulary.ts";
import { dataHoldsUntil, endOfLifeText, knowsReleases, type PatchRelease } from "./kubernetes-releases.ts";
import { baseVersion, branchOf, type KubernetesVersion, parseKubernetesVersion } from "./kubernetes-version.ts";

const dataFact = "input/kubernetes-releases";

/** The API server's version without the vendor's suffix; undefined when it does not name a patch. */
export function servedVersion(fact: VersionFact): KubernetesVersion | undefined {
  const version = parseKubernetesVersion(fact.gitVersion);
  return version?.patchGiven ? version : undefined;
}

export function unreadableVersion(fact: VersionFact): CheckResult {
  const because = `The API server calls its version "${fact.gitVersion}", which names no Kubernetes patch release`;
  const missing = { fact: "kube/version", reason: "malformed", resolve: "a version of the form 1.33.4" } as const;
  return undetermined(because, [missing], { gitVersion: fact.gitVersion });
}

/** What every result of the policy shows. */
export function policyObserved(
  fact: VersionFact,
  version: KubernetesVersion,
  data: KubernetesReleasesFact,
): { [key: string]: string } {
  return {
    gitVersion: fact.gitVersion,
    version: baseVersion(version),
    ...(version.suffix === "" ? {} : { vendorSuffix: version.suffix }),
    branch: branchOf(version),
    dataDate: data.date,
    endOfLife: endOfLifeText(data, version) || "not in the data",
  };
}

/** A pass as long as the data may carry one: it has to know releases of the branch, and counts until its date + 14 days. */
export function passWhileDataHolds(
  data: KubernetesReleasesFact,
  version: KubernetesVersion,
  asOf: Instant,
  because: string,
  observed: JsonObject,
  findings: readonly Finding[] = [],
): CheckResult {
  const fresher = `release data that knows ${branchOf(version)}`;
  if (!knowsReleases(data, version))
    return undetermined(
      `The release data of ${data.date} does not know the branch ${branchOf(version)}`,
      [{ fact: dataFact, reason: "not-found", resolve: fresher }],
      observed,
      findings,
    );
  if (asOf > dataHoldsUntil(data))
    return undetermined(
      `The release data of ${data.date} is too old to rule out a newer patch: it counts until ${dataHoldsUntil(data)}`,
      [{ fact: dataFact, reason: "expired", resolve: "release data not older than 14 days" }],
      observed,
      findings,
    );
  return pass(because, observed, findings);
}

/** Undetermined because sources date something on both sides of a limit. */
export function disputedDates(
  what: string,
  bases: readonly string[],
  observed: JsonObject,
  findings: readonly Finding[] = [],
): CheckResult {
  const missing = { fact: dataFact, reason: "malformed", resolve: "release data whose sources agree" } as const;
  return undetermined(`Sources disagree on ${what}: ${bases.join("; ")}`, [missing], observed, findings);
}

export function endOfLifeFinding(data: KubernetesReleasesFact, version: KubernetesVersion): Finding {
  return {
    code: "branch-end-of-life",
    subject: theCluster,
    expected: "a supported branch",
    actual: branchOf(version),
    message: `The branch ${branchOf(version)} is past its end of life (${endOfLifeText(data, version)})`,
  };
}

/** `1.28.6 (github-published 2024-01-17T19:40:09Z)`. */
export function patchText(patch: PatchRelease): string {
  return `${patch.version} (${patch.bases.join(", ")})`;
}
