import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { addRepository, type LoopbackGithubOptions, startLoopbackGithub } from "../../tests/support/loopback-github.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { loadKubernetesReleases } from "../catalogue/releases.ts";
import { ephemeralSigner } from "../signing/key-signer.ts";
import { verifySignature } from "../signing/verify.ts";
import { dataNamespace } from "./release-data.ts";
import { showData } from "./show-data.ts";
import { updateData } from "./update-data.ts";

const known = loadKubernetesReleases().value;
const now = () => new Date("2026-12-20T09:00:00Z");

const schedule = `---
schedules:
- release: 1.37
  releaseDate: 2026-08-26
  endOfLifeDate: 2027-10-28
  next: {release: 1.37.4, targetDate: 2027-01-12}
- release: 1.36
  releaseDate: 2026-04-22
  endOfLifeDate: 2027-06-30
- release: "1.40"
  releaseDate: 2026-12-16
  endOfLifeDate: 2028-02-28
`;
const eol = `branches:
- endOfLifeDate: "2026-11-10"
  finalPatchRelease: 1.34.13
  release: "1.34"
- endOfLifeDate: "2016-10-23"
  release: "1.2"
`;

const cve = (
  id: string,
  name: string,
  events: readonly object[],
  score = "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N",
) =>
  JSON.stringify({
    id,
    affected: [
      {
        package: { ecosystem: "kubernetes", name },
        severity: [{ type: "CVSS_V3", score }],
        ranges: [{ type: "SEMVER", events }],
      },
    ],
  });

const records = {
  "vulns/CVE-2022-3172.json": "too old to be read",
  "vulns/CVE-2026-1001.json": cve("CVE-2026-1001", "k8s.io/kubelet", [
    { introduced: "1.30.0" },
    { introduced: "1.36.0" },
    { last_affected: "1.36.6" },
    { introduced: "1.37.0" },
    { fixed: "1.37.3" },
    { introduced: "1.38.0" },
    { fixed: "1.38.0" },
  ]),
  "vulns/CVE-2026-1002.json": cve("CVE-2026-1002", "/ingress-nginx", [{ introduced: "0" }]),
  "vulns/CVE-2026-1003.json": cve("CVE-2026-1003", "k8s.io/new-thing", [{ introduced: "0" }]),
  "vulns/README.md": "records",
};

const repositories = {
  "kubernetes/website": { "data/releases/schedule.yaml": schedule, "data/releases/eol.yaml": eol },
  "kubernetes-sigs/cve-feed-osv": records,
};

interface Upstream {
  readonly files?: { readonly [repository: string]: { readonly [path: string]: string } };
  readonly tags?: readonly (readonly [tag: string, at: string])[];
  readonly without?: readonly string[];
  readonly interfere?: LoopbackGithubOptions["interfere"];
}

async function upstream({ files = {}, tags = [], without = [], interfere }: Upstream = {}) {
  const server = await startLoopbackGithub(interfere ? { interfere } : {});
  for (const [name, content] of Object.entries({ ...repositories, ...files })) addRepository(server, name, [], content);
  const { releases } = addRepository(server, "kubernetes/kubernetes", []);
  for (const { version } of [...known.releases].reverse()) {
    if (!without.includes(version)) releases.push({ tag: `v${version}`, publishedAt: "2026-10-28T10:00:00Z" });
  }
  releases.push(
    { tag: "v1.37.3", publishedAt: "2026-12-09T18:00:00Z" },
    { tag: "v1.40.0", publishedAt: "2026-12-16T18:00:00Z" },
  );
  releases.push({ tag: "v1.41.0-alpha.1", publishedAt: "2026-12-17T18:00:00Z", prerelease: true });
  releases.push(
    { tag: "v1.27.16", publishedAt: "2024-07-17T18:00:00Z" },
    { tag: "v9.9.9", publishedAt: null, draft: true },
  );
  releases.push(...tags.map(([tag, publishedAt]) => ({ tag, publishedAt })));
  return server;
}

async function updated(given: Upstream = {}, from?: string) {
  const server = await upstream(given);
  const signer = ephemeralSigner();
  const file = path.join(scratchFolder(), "data.json");
  const result = await updateData({
    file,
    from,
    github: {
      url: server.url,
      tokenFile: undefined,
      timeout: 10_000,
      signal: new AbortController().signal,
      environment: {},
    },
    signing: { signer, passphrase: async () => undefined },
    now,
  });
  return { ...result, written: existsSync(file) ? readFileSync(file, "utf8") : undefined, signer, at: file };
}

describe("data update", () => {
  it("writes a dated, signed file that --data takes, with every base kept", async () => {
    const { data, warnings, notes, written = "", signer, at, exitCode } = await updated();
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
    expect(loadKubernetesReleases(written, at)).toMatchObject({ date: "2026-12-20", value: data });
    expect(data.cvesDate).toBeUndefined();
    expect(data.releases).toHaveLength(127);
    const release = (version: string) => data.releases.find((one) => one.version === version);
    expect(release("1.37.3")).toEqual({
      version: "1.37.3",
      released: "2026-12-09T18:00:00Z",
      precision: "second",
      basis: "github-published",
      evidence: [{ basis: "github-published", time: "2026-12-09T18:00:00Z" }],
    });
    const before = known.releases.find(({ version }) => version === "1.37.2")?.evidence ?? [];
    expect(release("1.37.2")).toMatchObject({
      basis: "github-published",
      evidence: [{ basis: "github-published", time: "2026-10-28T10:00:00Z" }, ...before],
    });
    expect(data.releases.map(({ version }) => version).slice(-3)).toEqual(["1.37.2", "1.37.3", "1.40.0"]);
    const minor = (name: string) => data.minors.find((one) => one.minor === name);
    expect(minor("1.36")).toMatchObject({ endOfLifePlanned: "2027-06-30" });
    expect(minor("1.34")).toMatchObject({ endOfLifePlanned: "2026-10-27", endOfLifeRecorded: "2026-11-10" });
    expect(minor("1.40")).toEqual({ minor: "1.40", released: "2026-12-16", endOfLifePlanned: "2028-02-28" });
    expect(data.minors.map((one) => one.minor)).not.toContain("1.2");
    expect(data.cves.find(({ id }) => id === "CVE-2026-1001")).toEqual({
      id: "CVE-2026-1001",
      score: 8.1,
      affected: [
        { from: "1.30.0", before: "1.36.7" },
        { from: "1.37.0", before: "1.37.3" },
      ],
      fixed: ["1.36.7", "1.37.3"],
    });
    for (const { id } of known.cves) expect(data.cves.map((one) => one.id)).toContain(id);
    expect(data.cves.map(({ id }) => id)).not.toContain("CVE-2026-1002");
    expect(notes).toContainEqual(expect.stringContaining("new: 1.37.3, 1.40.0"));
    expect(notes).toContainEqual(expect.stringContaining("1.36: endOfLifePlanned 2027-06-28, now 2027-06-30"));
    expect(notes).toContainEqual(expect.stringContaining('CVE-2026-1003: "k8s.io/new-thing" is left out'));
    const check = verifySignature({
      armored: readFileSync(`${at}.sig`, "utf8"),
      message: Buffer.from(written, "utf8"),
      namespace: dataNamespace,
      principal: "data",
      allowedSigners: `data ${signer.publicKey}\n`,
      revoked: undefined,
      at: undefined,
    });
    expect(check.state).toBe("ok");
    expect(await showData({ file: at, json: false, now })).toContain("as of 2026-12-20");
  });

  it("starts from a file that it wrote, and changes nothing but the date when upstream says the same", async () => {
    const first = await updated();
    const again = await updated({}, first.at);
    expect(again.data).toEqual(first.data);
    expect(again.notes.filter((note) => note.includes("new:"))).toEqual([]);
  });

  const broken =
    (part: string): LoopbackGithubOptions["interfere"] =>
    ({ path: at }) =>
      at.includes(part)
        ? { status: 403, body: { message: "API rate limit exceeded" }, headers: { "x-ratelimit-remaining": "0" } }
        : undefined;

  it.each<
    [name: string, given: Upstream, warning: RegExp, kept: { readonly date?: string; readonly cvesDate?: string }]
  >([
    [
      "no releases",
      { interfere: broken("/kubernetes/kubernetes/") },
      /^the releases of .*fewer requests/,
      { date: known.date, cvesDate: "2026-12-20" },
    ],
    ["no schedule", { interfere: broken("schedule.yaml") }, /^the schedule of .*fewer requests/, { date: known.date }],
    [
      "no CVE records",
      { interfere: broken("/cve-feed-osv/") },
      /^the CVE records of .*fewer requests/,
      { date: "2026-12-20", cvesDate: known.cvesDate ?? known.date },
    ],
    [
      "fewer releases than before",
      { without: ["1.37.2"] },
      /it does not list 1\.37\.2, which are known/,
      { date: known.date },
    ],
    [
      "a release of the future",
      { tags: [["v1.37.4", "2027-01-12T00:00:00Z"]] },
      /v1\.37\.4 is dated 2027-01-12T00:00:00Z, which has not come yet/,
      { date: known.date },
    ],
    [
      "a time that is none",
      { tags: [["v1.37.4", "soon"]] },
      /the time of v1\.37\.4 cannot be read/,
      { date: known.date },
    ],
    [
      "another form of schedule",
      { files: { "kubernetes/website": { "data/releases/schedule.yaml": "a: [", "data/releases/eol.yaml": eol } } },
      /^the schedule of .*not in the form/,
      { date: known.date },
    ],
    [
      "a bomb of aliases",
      {
        files: {
          "kubernetes/website": {
            "data/releases/schedule.yaml": "a: &a [x]\nschedules: [*a, *a]",
            "data/releases/eol.yaml": eol,
          },
        },
      },
      /^the schedule of .*not in the form/,
      { date: known.date },
    ],
    [
      "ends of life without dates",
      {
        files: {
          "kubernetes/website": {
            "data/releases/schedule.yaml": schedule,
            "data/releases/eol.yaml": 'branches: [{release: "1.34", endOfLifeDate: never}]',
          },
        },
      },
      /^the ends of life of .*1\.34 has no date/,
      { date: known.date },
    ],
    [
      "a CVE record that is none",
      { files: { "kubernetes-sigs/cve-feed-osv": { "vulns/CVE-2026-1001.json": "{" } } },
      /^the CVE records of .*not JSON/,
      { cvesDate: known.cvesDate ?? known.date },
    ],
    [
      "a CVE record with a strange version",
      {
        files: {
          "kubernetes-sigs/cve-feed-osv": {
            "vulns/CVE-2026-1001.json": cve("CVE-2026-1001", "k8s.io/kubelet", [{ introduced: "all" }]),
          },
        },
      },
      /CVE-2026-1001: "all" is no version/,
      { cvesDate: known.cvesDate ?? known.date },
    ],
  ])("with %s: the source is named, its part and its date stay", async (_, given, warning, kept) => {
    const { data, warnings, exitCode, written } = await updated(given);
    expect({ exitCode, warnings }).toEqual({ exitCode: 2, warnings: [expect.stringMatching(warning)] });
    expect(data).toMatchObject(kept);
    expect(data.releases.length).toBeGreaterThanOrEqual(known.releases.length);
    expect(written).toBeDefined();
  });

  it("writes nothing when no source can be used, and leaves an older file alone", async () => {
    const { file, written, warnings, exitCode } = await updated({ interfere: () => ({ status: 404, body: {} }) });
    expect({ file, written, exitCode }).toEqual({ file: undefined, written: undefined, exitCode: 2 });
    expect(warnings).toHaveLength(4);
  });

  it("refuses data to start from that are of the future", async () => {
    const from = path.join(scratchFolder(), "from.json");
    writeFileSync(from, JSON.stringify({ ...known, date: "2027-06-01" }));
    await expect(updated({}, from)).rejects.toThrow("which has not come yet");
  });
});
