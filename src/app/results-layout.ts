/** How a results repository is laid out: one folder a report, never changed again. */
import { sha256 } from "../model/digest.ts";
import { dateOf } from "../model/instant.ts";
import type { Report } from "../model/report.ts";
import { safeName } from "./run-folder.ts";

export const reportsFolder = "reports";

/** Files that travel: what is signed, and what it takes to judge again. */
export const carriedFiles = [
  "report.json",
  "report.json.sig",
  "evidence.json",
  "report.scs.yaml",
  "report.scs.yaml.sig",
] as const;

/** GitHub warns from 50 MiB on; half as much again is left for base64. */
export const maxCarriedBytes = 32 * 1024 * 1024;

/** `reports/<subject>/<date>-<digest8>`; the digest is that of the bytes of report.json. */
export function entryFolder(report: Pick<Report, "subject" | "checkedAt">, text: string): string {
  return `${subjectFolder(report.subject)}/${dateOf(report.checkedAt)}-${sha256(text).slice(0, 8)}`;
}

export function subjectFolder(subject: string): string {
  return `${reportsFolder}/${safeName(subject)}`;
}

/** Why a report is no result that anybody can count on, one clause; undefined when it may be. */
export function notForResults(report: Report): string | undefined {
  if (report.recorded === true) return "its facts were replayed from a recording";
  if (report.hypothetical) return `it is hypothetical: judged as of ${report.asOf}, seen ${report.checkedAt}`;
  if (!report.scope.submittable) return `its scope ${report.scope.id} is one of this suite's own, no certificate's`;
  return undefined;
}
