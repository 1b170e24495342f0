/** Reads back what a run left: report.json, the evidence beside it, the signatures. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { maxEvidenceBytes, type OpenedEvidence, openEvidence, shapeFaults } from "../evidence/open.ts";
import { UsageError } from "../model/faults.ts";
import { Report } from "../model/report.ts";
import { readCapped, readIfThere, readText } from "./read-file.ts";

const maxReportBytes = 64 * 1024 * 1024;
const maxSignatureBytes = 64 * 1024;

export interface StoredRun {
  /** Path of report.json. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly report: Report;
}

/** A run's folder, or a report.json anywhere. */
export async function readRun(target: string): Promise<StoredRun> {
  const stat = await fs.stat(target).catch(() => undefined);
  const file = stat?.isDirectory() ? path.join(target, "report.json") : target;
  const text = await readText(file, maxReportBytes);
  return { file, folder: path.dirname(file), text, report: parseReport(file, text) };
}

export function parseReport(file: string, text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError([{ file, message: "is not JSON" }], "Name a run's folder or its report.json.");
  }
  const faults = shapeFaults(Report, value);
  if (faults.length === 0) return value as Report;
  throw new UsageError(
    faults.map((message) => ({ file, message })),
    "The file is not a report of this suite, or was changed by hand.",
  );
}

export async function readEvidence(file: string): Promise<OpenedEvidence> {
  return openEvidence(file, await readCapped(file, maxEvidenceBytes));
}

/** The evidence beside a report; undefined when there is none. */
export async function evidenceBeside(run: StoredRun): Promise<OpenedEvidence | undefined> {
  const file = path.join(run.folder, "evidence.json");
  const there = await fs.stat(file).catch(() => undefined);
  return there ? readEvidence(file) : undefined;
}

export function signatureBeside(file: string): Promise<string | undefined> {
  return readIfThere(`${file}.sig`, maxSignatureBytes);
}
