/** Which branches a provider has to offer on a day: those that upstream supports, the newest one from four months on (scs-0210). */
import type { KubernetesReleasesFact } from "../facts/inputs.ts";
import { addDays, startOf } from "../instant.ts";
import type { CalendarDate, Instant } from "../vocabulary.ts";
import { branchState } from "./kubernetes-releases.ts";
import { compareVersions, parseKubernetesVersion } from "./kubernetes-version.ts";

/** Of the data only this much is needed. */
export type MinorData = Pick<KubernetesReleasesFact, "date" | "minors">;

export interface UpstreamBranch {
  /** `1.37`. */
  readonly branch: string;
  readonly released: CalendarDate | undefined;
  /** End of the last day of the four months; undefined when the data do not say when it was released. */
  readonly deadline: Instant | undefined;
}

/** Branches that every source calls supported on the day, oldest first; one that is not released yet is none. */
export function supportedBranches(data: MinorData, asOf: Instant): readonly UpstreamBranch[] {
  const known = { ...data, releases: [], cves: [] };
  return data.minors
    .flatMap(({ minor, released }) => {
      const version = parseKubernetesVersion(`${minor}.0`);
      if (!version || (released !== undefined && startOf(released) > asOf)) return [];
      if (branchState(known, version, asOf) !== "supported") return [];
      const deadline = released === undefined ? undefined : addDays(startOf(fourMonthsAfter(released)), 1);
      return [{ version, branch: minor, released, deadline }];
    })
    .sort((a, b) => compareVersions(a.version, b.version))
    .map(({ branch, released, deadline }) => ({ branch, released, deadline }));
}

/** `1.9` before `1.10`; what is no branch comes first. */
export function compareBranches(a: string, b: string): number {
  const [one, other] = [parseKubernetesVersion(`${a}.0`), parseKubernetesVersion(`${b}.0`)];
  if (one && other) return compareVersions(one, other);
  return Number(one !== undefined) - Number(other !== undefined);
}

/** The same day four calendar months on, or the last day of that month. */
function fourMonthsAfter(date: CalendarDate): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 4, 0)).getUTCDate();
  return new Date(Date.UTC(year, month + 3, Math.min(day, last))).toISOString().slice(0, 10);
}
