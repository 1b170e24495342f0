/** Kubernetes version numbers as API servers, kubelets and CVE records write them (semver with vendors' additions). */

export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
  /** 0 when the text names a branch only, such as `1.31`. */
  readonly patch: number;
  readonly patchGiven: boolean;
  /** `alpha.1`, `beta.0`, `rc.2`; empty for a release. */
  readonly prerelease: string;
  /** What a vendor or build added: `-eks-a737599`, `-gke.1425000`, `+k3s1`; empty for upstream's own. */
  readonly suffix: string;
}

const pattern =
  /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:-((?:alpha|beta|rc)\.\d{1,4})(\.\d+)?)?((?:[-+][0-9A-Za-z.+_-]*)?)$/;

/** Reads `v1.33.4+k3s1`, `1.30.4-eks-a737599`, `v1.34.0-rc.1`, `1.31`; undefined for anything else. */
export function parseKubernetesVersion(text: string): KubernetesVersion | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: Number(match[3] ?? 0),
    patchGiven: match[3] !== undefined,
    prerelease: match[4] ?? "",
    suffix: `${match[5] ?? ""}${match[6] ?? ""}`,
  };
}

/** The branch, `1.33`. */
export function branchOf(version: KubernetesVersion): string {
  return `${version.major}.${version.minor}`;
}

/** The version without what vendors added: `1.33.4`, `1.34.0-rc.1`. */
export function baseVersion(version: KubernetesVersion): string {
  const release = `${branchOf(version)}.${version.patch}`;
  return version.prerelease === "" ? release : `${release}-${version.prerelease}`;
}

/** Negative, zero, positive as `a` is older than, equal to, newer than `b`. Vendors' additions do not count. */
export function compareVersions(a: KubernetesVersion, b: KubernetesVersion): number {
  return compareReleases(a, b) || comparePrereleases(a.prerelease, b.prerelease);
}

function compareReleases(a: KubernetesVersion, b: KubernetesVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

// alpha < beta < rc in the alphabet too; a release comes after all of them
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? 1 : -1;
  const [nameA = "", numberA = ""] = a.split(".");
  const [nameB = "", numberB = ""] = b.split(".");
  return nameA === nameB ? Number(numberA) - Number(numberB) : nameA < nameB ? -1 : 1;
}

export interface VersionRange {
  readonly from: string | null;
  readonly before: string | null;
}

/**
 * Whether a range (inclusive lower, exclusive upper bound, null for open) holds a version. Prereleases count as their
 * release, and a bound that cannot be read counts as open: both err towards "affected".
 */
export function rangeHolds(range: VersionRange, version: KubernetesVersion): boolean {
  const from = range.from === null ? undefined : parseKubernetesVersion(range.from);
  const before = range.before === null ? undefined : parseKubernetesVersion(range.before);
  return (!from || compareReleases(from, version) <= 0) && (!before || compareReleases(version, before) < 0);
}
