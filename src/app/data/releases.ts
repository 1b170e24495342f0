/** Releases as the GitHub API lists them, put beside what is known. */
import type { PublishedRelease } from "../../github/upstream-facts.ts";
import type { KubernetesReleasesFact } from "../../model/facts/inputs.ts";
import { instantAt, parseInstant } from "../../model/instant.ts";
import { compareVersions, parseKubernetesVersion } from "../../model/versions/kubernetes-version.ts";

type Release = KubernetesReleasesFact["releases"][number];

export type Sourced<T> = { readonly value: T; readonly notes: readonly string[] } | { readonly fault: string };

/** `released` takes the first of these that there is (standards/README.md). */
const bases = ["github-published", "go-module-time", "git-tag-date", "go-staging-module-time", "planned-target"];

/** Known releases with publication times added, and new ones of known or newer minors; a fault leaves all as it was. */
export function withPublished(
  known: readonly Release[],
  published: readonly PublishedRelease[],
  now: Date,
): Sourced<readonly Release[]> {
  const found = new Map<string, string>();
  for (const { tag_name: tag, draft, prerelease, published_at: at } of published) {
    const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
    if (version === undefined || draft || prerelease || at === null) continue;
    const time = parseInstant(at);
    if (time === undefined) return { fault: `the time of ${tag} cannot be read` };
    if (time > instantAt(now.getTime() + 3_600_000))
      return { fault: `${tag} is dated ${time}, which has not come yet` };
    found.set(version, time);
  }
  const lost = known.filter(({ version }) => !found.has(version)).map(({ version }) => version);
  if (lost.length > 0) {
    const some = `${lost.slice(0, 3).join(", ")}${lost.length > 3 ? ` and ${lost.length - 3} more` : ""}`;
    return { fault: `it does not list ${some}, which are known: the list is cut off or another one` };
  }
  const oldest = known[0]?.version ?? "0.0.0";
  const added = [...found.keys()].filter(
    (version) => !known.some((release) => release.version === version) && byVersion(oldest, version) < 0,
  );
  const fresh = added.map((version): Release => ({ version, ...released([]), evidence: [] }));
  const all = [...known, ...fresh].map(({ version, evidence }): Release => {
    const time = found.get(version) ?? "";
    const others = evidence.filter(({ basis }) => basis !== "github-published");
    const every = [{ basis: "github-published", time }, ...others];
    return { version, ...released(every), evidence: every };
  });
  const notes = added.length === 0 ? [] : [`new: ${[...added].sort(byVersion).join(", ")}`];
  return { value: all.sort((a, b) => byVersion(a.version, b.version)), notes };
}

function released(evidence: Release["evidence"]): Pick<Release, "released" | "precision" | "basis"> {
  const [first] = [...evidence].sort((a, b) => bases.indexOf(a.basis) - bases.indexOf(b.basis));
  const { basis, time } = first ?? { basis: "", time: "" };
  return { released: time, precision: time.length === 10 ? "day" : "second", basis };
}

function byVersion(a: string, b: string): number {
  const [one, other] = [parseKubernetesVersion(a), parseKubernetesVersion(b)];
  return one && other ? compareVersions(one, other) : 0;
}
