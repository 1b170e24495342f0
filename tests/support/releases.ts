/** Release data for tables. */
import type { FactValues } from "../../src/model/facts/index.ts";

type Data = FactValues["input/kubernetes-releases"];

/** Releases of upstream's own test data (scs_0210_version_policy/testdata/releases.json), branches 1.28 and 1.29. */
const upstream: readonly (readonly [string, string])[] = [
  ["1.28.5", "2023-12-20T13:23:37Z"],
  ["1.28.6", "2024-01-17T19:40:09Z"],
  ["1.28.7", "2024-02-14T15:49:40Z"],
  ["1.28.8", "2024-03-15T18:53:33Z"],
  ["1.29.0", "2023-12-13T16:34:20Z"],
  ["1.29.1", "2024-01-17T19:37:29Z"],
  ["1.29.2", "2024-02-14T18:01:57Z"],
  ["1.29.3", "2024-03-15T20:15:39Z"],
  ["1.30.0-alpha.1", "2024-01-31T00:00:00Z"],
  ["1.30.0-beta.0", "2024-03-13T00:00:00Z"],
];

export const upstreamReleases = upstream.map(([version, time]) => release(version, time));

/** A release known from one source, or from several. */
export function release(version: string, time: string, others: Data["releases"][number]["evidence"] = []) {
  const basis = "github-published";
  const precision = time.includes("T") ? ("second" as const) : ("day" as const);
  return { version, released: time, precision, basis, evidence: [{ basis, time }, ...others] };
}

/** Upstream's releases as known on a day, with the branches' planned ends. */
export function releaseData(date: string, given: Partial<Data> = {}): Data {
  const minors = [
    { minor: "1.28", endOfLifePlanned: "2024-10-28", endOfLifeRecorded: "2024-10-22" },
    { minor: "1.29", endOfLifePlanned: "2025-02-28" },
  ];
  return { date, minors, releases: upstreamReleases, cves: [], ...given };
}

export function cve(
  id: string,
  score: number | null,
  from: string | null,
  before: string | null,
  fixed: string[] = [],
) {
  return { id, score, affected: [{ from, before }], fixed };
}
