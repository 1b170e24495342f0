/** When Kubernetes releases happened and branches ended, as far as dated data of several sources knows. */
import type { KubernetesReleasesFact } from "../facts/inputs.ts";
import { addDays, dateOf, instantAt, millisecondsOf, parseInstant, startOf } from "../instant.ts";
import type { Instant } from "../vocabulary.ts";
import { branchOf, compareVersions, type KubernetesVersion, parseKubernetesVersion } from "./kubernetes-version.ts";

type Release = KubernetesReleasesFact["releases"][number];

/** A release, and the span in which all sources together place it. */
export interface PatchRelease {
  readonly version: string;
  readonly earliest: Instant;
  readonly latest: Instant;
  /** `github-published 2024-01-17T19:40:09Z`, one per source. */
  readonly bases: readonly string[];
}

export interface PatchAges {
  /** Released before the limit by every source. */
  readonly overdue: readonly PatchRelease[];
  /** Released before the limit by one source, after it by another. */
  readonly disputed: readonly PatchRelease[];
  /** Every newer patch of the branch released by `asOf`, oldest first. */
  readonly newer: readonly PatchRelease[];
}

export type BranchState = "unknown" | "supported" | "disputed" | "ended";

/** Data counts for a pass until this instant: its date and 14 days. */
export function dataHoldsUntil(data: KubernetesReleasesFact): Instant {
  return addDays(startOf(data.date), 14);
}

/** CVE facts count for "not affected" until this instant. */
export function cvesHoldUntil(data: KubernetesReleasesFact): Instant {
  return addDays(startOf(data.cvesDate ?? data.date), 14);
}

/** Patches of the version's branch that are newer than it, against the limit `asOf - days`. */
export function patchAges(
  data: KubernetesReleasesFact,
  version: KubernetesVersion,
  asOf: Instant,
  days: number,
): PatchAges {
  const limit = addDays(asOf, -days);
  const newer = data.releases
    .map((release) => ({ release, parsed: parseKubernetesVersion(release.version) }))
    .filter(({ parsed }) => parsed && parsed.prerelease === "" && branchOf(parsed) === branchOf(version))
    .filter(({ parsed }) => parsed && compareVersions(parsed, version) > 0)
    .sort((a, b) => (a.parsed && b.parsed ? compareVersions(a.parsed, b.parsed) : 0))
    .map(({ release }) => placed(release))
    .filter((patch) => patch.earliest <= asOf);
  return {
    newer,
    overdue: newer.filter((patch) => patch.latest < limit),
    disputed: newer.filter((patch) => patch.earliest < limit && patch.latest >= limit),
  };
}

/**
 * Whether the community still supports the version's branch; a branch is supported to the end of its last day. Branches end
 * in the order in which they began: one that the data has forgotten has ended when a later one has.
 */
export function branchState(data: KubernetesReleasesFact, version: KubernetesVersion, asOf: Instant): BranchState {
  const minor = data.minors.find((entry) => entry.minor === branchOf(version));
  if (minor || knowsReleases(data, version)) return stateOf(minor, asOf);
  const later = nextKnown(data, version);
  return later && stateOf(later, asOf) === "ended" ? "ended" : "unknown";
}

/** The end-of-life dates that the data names for the version's branch: `planned 2026-06-28, recorded 2026-07-01`. */
export function endOfLifeText(data: KubernetesReleasesFact, version: KubernetesVersion): string {
  const minor = data.minors.find((entry) => entry.minor === branchOf(version));
  if (minor) return datesText(minor);
  const later = nextKnown(data, version);
  return later && datesText(later) !== "" ? `before ${later.minor}, ${datesText(later)}` : "";
}

type Minor = KubernetesReleasesFact["minors"][number];

function stateOf(minor: Minor | undefined, asOf: Instant): BranchState {
  const dates = [minor?.endOfLifePlanned, minor?.endOfLifeRecorded].filter((date) => date !== undefined);
  const ended = dates.filter((date) => dateOf(asOf) > date);
  if (ended.length === 0) return "supported";
  return ended.length === dates.length ? "ended" : "disputed";
}

function datesText({ endOfLifePlanned, endOfLifeRecorded }: Minor): string {
  const dates = [["planned", endOfLifePlanned] as const, ["recorded", endOfLifeRecorded] as const];
  return dates.flatMap(([basis, date]) => (date === undefined ? [] : [`${basis} ${date}`])).join(", ");
}

/** The first branch after the version's own of which the data speaks. */
function nextKnown(data: KubernetesReleasesFact, version: KubernetesVersion): Minor | undefined {
  const known = data.minors.flatMap((minor) => {
    const first = parseKubernetesVersion(`${minor.minor}.0`);
    return first && compareVersions(first, version) > 0 ? [{ minor, first }] : [];
  });
  return known.sort((a, b) => compareVersions(a.first, b.first))[0]?.minor;
}

/** Without a single release of the branch nothing can be said about newer ones. */
export function knowsReleases(data: KubernetesReleasesFact, version: KubernetesVersion): boolean {
  return data.releases.some((release) => sameBranch(release.version, version));
}

function sameBranch(text: string, version: KubernetesVersion): boolean {
  const parsed = parseKubernetesVersion(text);
  return parsed !== undefined && branchOf(parsed) === branchOf(version);
}

function placed(release: Release): PatchRelease {
  const own = { basis: release.basis, time: release.released };
  const happened = release.evidence.filter(({ basis }) => basis !== "planned-target");
  const sources: readonly Release["evidence"][number][] = [own, ...(happened.length > 0 ? happened : release.evidence)];
  const spans = sources.map(spanOf);
  return {
    version: release.version,
    earliest: instantAt(Math.min(...spans.map(([from]) => from))),
    latest: instantAt(Math.max(...spans.map(([, to]) => to))),
    bases: [...new Set(sources.map(({ basis, time }) => `${basis} ${time}`))],
  };
}

const hour = 3_600_000;

// a bare date spans its day; staging modules are tagged up to a day after the release; unreadable times could be any
function spanOf({ basis, time }: Release["evidence"][number]): readonly [number, number] {
  const instant = parseInstant(time);
  if (instant === undefined) return [0, Date.UTC(9999, 0, 1)];
  const from = millisecondsOf(instant);
  if (/^\d{4}-\d{2}-\d{2}$/.test(time)) return [from, from + 24 * hour - 1000];
  return basis === "go-staging-module-time" ? [from - 24 * hour, from] : [from, from];
}
