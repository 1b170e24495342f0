/** The folders of reports that a submission adds, and what else it does that it should not. */
import { carriedFiles } from "../results-layout.ts";
import type { ReviewLayer } from "./review.ts";
import type { Change } from "./source.ts";

export interface Entry {
  readonly folder: string;
  /** Names of the files in it that are to be looked at. */
  readonly files: readonly string[];
}

export interface Sorted {
  readonly entries: readonly Entry[];
  readonly remarks: readonly ReviewLayer[];
}

const entryPath = /^(reports\/[A-Za-z0-9._-]{1,120}\/\d{4}-\d{2}-\d{2}-[0-9a-f]{8})\/([A-Za-z0-9._-]{1,100})$/;
const mostEntries = 20;
const carried: readonly string[] = carriedFiles;

/** Files by which reviews judge; a change to them takes effect once a person has merged it. */
export const policyFiles = {
  allowedSigners: "allowed_signers",
  declarationSigners: "declaration_signers",
  reviewSigners: "review_signers",
  revoked: "revoked_signers",
} as const;

const policies: readonly string[] = Object.values(policyFiles);

export function sortChanges(changes: readonly Change[]): Sorted {
  const folders = new Map<string, string[]>();
  const remarks: ReviewLayer[] = [];
  const remark = (state: "bad" | "unchecked", path: string, text: string) =>
    remarks.push({ name: "files", state, detail: `${path.slice(0, 200)}: ${text}` });
  for (const { path, status } of changes) {
    const [, folder, file] = entryPath.exec(path) ?? [];
    if (status !== "added" && path.startsWith("reports/")) {
      const how = { modified: "changes", removed: "removes", other: "moves or links" }[status];
      remark("bad", path, `${how} what stands among the accepted reports, which nothing may`);
    } else if (folder !== undefined && file !== undefined) {
      if (carried.includes(file)) folders.set(folder, [...(folders.get(folder) ?? []), file]);
      else remark("bad", path, "is no file that a report consists of");
    } else if (path.startsWith("reports/")) {
      remark("bad", path, "stands where no report does: reports/SUBJECT/DATE-DIGEST/FILE");
    } else if (policies.includes(path)) {
      remark("unchecked", path, "says who may sign; this review went by the accepted one, a person decides on the new");
    } else {
      remark("unchecked", path, "is no part of a report, a person has to look at it");
    }
  }
  const entries = [...folders].map(([folder, files]) => ({ folder, files }));
  if (entries.length > mostEntries) {
    const text = `brings ${entries.length} reports; at most ${mostEntries} are looked at in one review`;
    remarks.push({ name: "files", state: "unchecked", detail: text });
  }
  return { entries: entries.slice(0, mostEntries), remarks };
}
