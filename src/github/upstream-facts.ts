/** What the projects of Kubernetes publish on GitHub about releases, ends of life and CVEs. */
import { type Static, Type } from "@sinclair/typebox";
import type { Github } from "./calls.ts";
import { type Refusal, refusalOf } from "./fault.ts";
import { fileAt, readBlob } from "./pull-files.ts";
import { FolderEntry } from "./shapes.ts";

const Release = Type.Object({
  tag_name: Type.String(),
  draft: Type.Boolean(),
  prerelease: Type.Boolean(),
  published_at: Type.Union([Type.String(), Type.Null()]),
});
export type PublishedRelease = Static<typeof Release>;

const kubernetes = { owner: "kubernetes", name: "kubernetes" };
const website = { owner: "kubernetes", name: "website" };
const feed = { owner: "kubernetes-sigs", name: "cve-feed-osv" };

const mostReleases = 5000;
const maxBytes = 1024 * 1024;

/** All releases of kubernetes/kubernetes, drafts and previews included. */
export async function publishedReleases(github: Github): Promise<readonly PublishedRelease[] | Refusal> {
  try {
    const at = { owner: kubernetes.owner, repo: kubernetes.name };
    return await github.list("listing releases", "GET /repos/{owner}/{repo}/releases", at, Release, mostReleases);
  } catch (error) {
    return refusalOf(error);
  }
}

/** Text of a file below data/releases of kubernetes/website. */
export async function websiteFile(github: Github, file: "schedule.yaml" | "eol.yaml"): Promise<string | Refusal> {
  try {
    const bytes = await fileAt(github, website, { path: `data/releases/${file}`, commit: "main" }, maxBytes);
    if (bytes) return Buffer.from(bytes).toString("utf8");
    const text = `data/releases/${file} of kubernetes/website is not there, or too large`;
    return { outcome: "refused", kind: "not-found", text, advice: "It may have moved." };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Texts of the CVE records from a year on, in the form of OSV. */
export async function cveRecords(github: Github, fromYear: number): Promise<readonly string[] | Refusal> {
  try {
    const at = { owner: feed.owner, repo: feed.name, path: "vulns", ref: "main" };
    const route = "GET /repos/{owner}/{repo}/contents/{+path}";
    const entries = await github.call("listing CVE records", route, at, Type.Array(FolderEntry));
    const records: string[] = [];
    for (const { name, sha } of entries) {
      const year = /^CVE-(\d{4})-\d+\.json$/.exec(name)?.[1];
      if (year === undefined || Number(year) < fromYear) continue;
      const bytes = await readBlob(github, feed, sha, maxBytes);
      if (bytes) records.push(Buffer.from(bytes).toString("utf8"));
    }
    return records;
  } catch (error) {
    return refusalOf(error);
  }
}
