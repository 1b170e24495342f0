/** data update: releases, ends of life and CVEs as upstream has them today, in a dated file of our form, signed when there is a key. */
import { readReleases } from "../catalogue/releases.ts";
import type { Github } from "../github/calls.ts";
import type { Refusal } from "../github/fault.ts";
import type { KubernetesReleasesFact } from "../model/facts/inputs.ts";
import { UsageError } from "../model/faults.ts";
import { dateOf, instantAt } from "../model/instant.ts";
import { withRecords } from "./data/cves.ts";
import { type Sourced, withPublished } from "./data/releases.ts";
import { withEnded, withSchedule } from "./data/schedule.ts";
import { type GithubOptions, githubAccess } from "./github-access.ts";
import { releasesInput } from "./inputs.ts";
import { openSigner } from "./key.ts";
import type { SigningOptions } from "./options.ts";
import { dataNamespace } from "./release-data.ts";
import { refuseUnwritable, writeWhole } from "./write-file.ts";

export interface UpdateOptions {
  /** The file that is written. */
  readonly file: string;
  /** Data to start from; the built-in ones when undefined. */
  readonly from: string | undefined;
  readonly github: Omit<GithubOptions, "repository">;
  readonly signing: SigningOptions;
  readonly now: () => Date;
}

export interface Updated {
  readonly data: KubernetesReleasesFact;
  readonly notes: readonly string[];
  /** A source that could not be used: what it gives stays as it was, and so does its date. */
  readonly warnings: readonly string[];
  readonly signedBy: string | undefined;
  /** Undefined when no source could be used: nothing is written then. */
  readonly file: string | undefined;
  readonly exitCode: 0 | 2;
}

const firstYearOfCves = 2023;

/** UsageError for wrong words and for data to start from that cannot be read. */
export async function updateData(options: UpdateOptions): Promise<Updated> {
  const { now, file } = options;
  await refuseUnwritable(file);
  const access = await githubAccess("--github-url", { ...options.github, repository: "kubernetes/kubernetes" });
  const signer = await openSigner(options.signing);
  const before = (await releasesInput(options.from)).value as unknown as KubernetesReleasesFact;
  const today = dateOf(instantAt(now().getTime()));
  if (before.date > today) {
    throw new UsageError(`The data to start from are of ${before.date}, which has not come yet.`, "Look at the clock.");
  }
  const { data, notes, warnings, used } = await refreshed(await access.open(), before, now());
  if (used === 0) return { data: before, notes, warnings, signedBy: undefined, file: undefined, exitCode: 2 };
  const text = `${JSON.stringify(data, null, 1)}\n`;
  // what is written must be what `--data` takes
  readReleases(file, text);
  await writeWhole(file, text);
  if (signer) await writeWhole(`${file}.sig`, await signer.sign(Buffer.from(text, "utf8"), dataNamespace));
  return { data, notes, warnings, signedBy: signer?.fingerprint, file, exitCode: warnings.length > 0 ? 2 : 0 };
}

async function refreshed(github: Github, before: KubernetesReleasesFact, now: Date) {
  const { cveRecords, publishedReleases, websiteFile } = await import("../github/upstream-facts.ts");
  const notes: string[] = [];
  const warnings: string[] = [];
  let used = 0;
  const take = <R, T>(source: string, read: R | Refusal, use: (value: R) => Sourced<T>, otherwise: T) => {
    const refusal = isRefusal(read) ? { fault: `${read.text}. ${read.advice}` } : undefined;
    const found = refusal ?? use(read as R);
    if ("fault" in found) {
      warnings.push(`${source} could not be used: ${found.fault}`);
      return { value: otherwise, ok: false };
    }
    notes.push(...found.notes.map((note) => `${source}: ${note}`));
    used += 1;
    return { value: found.value, ok: true };
  };
  const releases = take(
    "the releases of kubernetes/kubernetes",
    await publishedReleases(github),
    (value) => withPublished(before.releases, value, now),
    before.releases,
  );
  const planned = take(
    "the schedule of kubernetes/website",
    await websiteFile(github, "schedule.yaml"),
    (text) => withSchedule(before.minors, text),
    before.minors,
  );
  const minors = take(
    "the ends of life of kubernetes/website",
    await websiteFile(github, "eol.yaml"),
    (text) => withEnded(planned.value, text),
    planned.value,
  );
  const cves = take(
    "the CVE records of kubernetes-sigs/cve-feed-osv",
    await cveRecords(github, firstYearOfCves),
    (records) => withRecords(before.cves, records),
    before.cves,
  );
  const today = dateOf(instantAt(now.getTime()));
  const date = releases.ok && planned.ok && minors.ok ? today : before.date;
  const cvesDate = cves.ok ? today : (before.cvesDate ?? before.date);
  const data: KubernetesReleasesFact = {
    date,
    ...(cvesDate === date ? {} : { cvesDate }),
    minors: [...minors.value],
    releases: [...releases.value],
    cves: [...cves.value],
  };
  return { data, notes, warnings, used };
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "outcome" in value && "advice" in value;
}
