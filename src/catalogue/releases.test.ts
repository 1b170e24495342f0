import { expect, test } from "vitest";
import { digestOf } from "../model/digest.ts";
import { loadKubernetesReleases, readReleases } from "./releases.ts";

const { date, sha256, value } = loadKubernetesReleases();

test("125 patch releases of 1.28 to 1.37 without a gap, each with a time and where it is from", () => {
  expect(date).toBe("2026-11-23");
  expect(sha256).toBe(digestOf(value));
  expect(readReleases("releases", JSON.stringify(value))).toEqual(value);
  expect(value.releases).toHaveLength(125);
  const newest = Object.fromEntries(
    value.minors.map(({ minor }) => {
      const patches = value.releases.filter(({ version }) => version.startsWith(`${minor}.`));
      expect(patches.map(({ version }) => version)).toEqual(patches.map((_, patch) => `${minor}.${patch}`));
      return [minor, patches.length - 1];
    }),
  );
  expect(newest).toEqual({
    "1.28": 15,
    "1.29": 15,
    "1.30": 14,
    "1.31": 14,
    "1.32": 13,
    "1.33": 13,
    "1.34": 13,
    "1.35": 10,
    "1.36": 6,
    "1.37": 2,
  });
  for (const { released, basis, evidence } of value.releases)
    expect(evidence).toContainEqual({ basis, time: released });
});

test("both ends of life where both are known", () => {
  const ends = Object.fromEntries(
    value.minors.map(({ minor, endOfLifePlanned, endOfLifeRecorded }) => [
      minor,
      [endOfLifePlanned, endOfLifeRecorded],
    ]),
  );
  expect(ends["1.28"]).toEqual(["2024-10-28", "2024-10-22"]);
  expect(ends["1.31"]).toEqual(["2025-10-28", "2025-11-11"]);
  expect(ends["1.34"]).toEqual(["2026-10-27", undefined]);
  expect(ends["1.37"]).toEqual(["2027-10-28", undefined]);
});

test("CVEs of Kubernetes itself, ranges with an inclusive lower and an exclusive upper bound", () => {
  expect(value.cves.filter(({ score }) => score !== null && score >= 8).map(({ id }) => id)).toEqual([
    "CVE-2023-3676",
    "CVE-2023-3955",
    "CVE-2024-10220",
  ]);
  const ids = value.cves.map(({ id }) => id);
  expect(ids).not.toContain("CVE-2025-1974");
  expect(ids).not.toContain("CVE-2024-9486");
  expect(value.cves.find(({ id }) => id === "CVE-2024-10220")?.affected).toEqual([
    { from: null, before: "1.28.12" },
    { from: "1.29.0", before: "1.29.7" },
    { from: "1.30.0", before: "1.30.3" },
  ]);
  expect(value.cves.find(({ id }) => id === "CVE-2024-7598")?.affected).toEqual([{ from: "1.3.0", before: null }]);
});

const own = { date: "2026-11-23", minors: [], releases: [], cves: [] };
const release = { version: "1.37.0", released: "2026-08-26", precision: "day", basis: "git-tag-date", evidence: [] };

test.each<[name: string, data: object, fault: RegExp]>([
  ["no date", { ...own, date: undefined }, /^d\.json:1:1: the key "date" is missing$/],
  ["a day that is none", { ...own, date: "2026-02-30" }, /^d\.json:1:9: 2026-02-30 is not a day of the calendar$/],
  [
    "a vendor's version",
    { ...own, releases: [{ ...release, version: "v1.37.0" }] },
    /is not a release such as 1\.36\.4$/,
  ],
  [
    "a time where a day is meant",
    { ...own, releases: [{ ...release, precision: "second" }] },
    /"2026-08-26" is not a time of precision second$/,
  ],
  ["a release twice", { ...own, releases: [release, release] }, /the release 1\.37\.0 stands here twice$/],
])("the caller's data: %s", (_, data, fault) => {
  expect(() => loadKubernetesReleases(JSON.stringify(data), "d.json")).toThrow(fault);
});

test("the caller's data are taken as they are", () => {
  expect(loadKubernetesReleases(JSON.stringify({ ...own, releases: [release] })).value.releases).toEqual([release]);
});
