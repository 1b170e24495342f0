/** Reads back what a run left: report.json, the evidence beside it, the signatures. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { maxEvidenceBytes, type OpenedEvidence, openEvidence, shapeFaults } from "../evidence/open.ts";
import { sha256 } from "../model/digest.ts";
import { UsageError } from "../model/faults.ts";
import { deeperThan } from "../model/json.ts";
import { Report } from "../model/report.ts";
import type { Sha256 } from "../model/vocabulary.ts";
import { decodeText, readCapped, readIfThere, readStored } from "./read-file.ts";

export const maxReportBytes = 64 * 1024 * 1024;
/** Several times what any report has; only `observed` is free in form. */
const deepestReport = 100;
const maxSignatureBytes = 64 * 1024;

export interface StoredRun {
  /** Path of report.json. */
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly report: Report;
}

export async function reportFile(target: string): Promise<string> {
  const stat = await fs.stat(target).catch(() => undefined);
  return stat?.isDirectory() ? path.join(target, "report.json") : target;
}

/** A run's folder, or a report.json anywhere. */
export async function readRun(target: string): Promise<StoredRun> {
  const file = await reportFile(target);
  return parseRun(file, await readStored(file, maxReportBytes));
}

/** UsageError for what is no report. A byte order mark is no part of one: it would make other bytes with the same text. */
export function parseRun(file: string, bytes: Uint8Array): StoredRun {
  const text = decodeText(file, bytes);
  return { file, folder: path.dirname(file), text, report: parseReport(file, text) };
}

export function parseReport(file: string, text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError([{ file, message: "is not JSON" }], "Name a run's folder or its report.json.");
  }
  if (deeperThan(deepestReport, value)) throw new UsageError([{ file, message: "is nested too deeply for a report" }]);
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

export interface EvidenceBeside {
  readonly sha256: Sha256;
  /** Undefined when these bytes are no evidence that this version can read. */
  readonly opened: OpenedEvidence | undefined;
  /** Why it cannot be read, one line. */
  readonly fault: string;
}

/** The evidence beside a report; undefined when there is none. */
export async function evidenceBeside(folder: string): Promise<EvidenceBeside | undefined> {
  const file = path.join(folder, "evidence.json");
  let digest = "";
  try {
    const bytes = await readIfThere(file, maxEvidenceBytes);
    if (bytes === undefined) return undefined;
    digest = sha256(bytes);
    return { sha256: digest, opened: openEvidence(file, bytes), fault: "" };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { sha256: digest, opened: undefined, fault: error.faults[0]?.message ?? "cannot be read" };
  }
}

/** Armor is ASCII, and short: whatever else stands there breaks the signature and not the reading. */
export async function signatureBeside(file: string): Promise<string | undefined> {
  const stat = await fs.stat(`${file}.sig`).catch(() => undefined);
  if (!stat) return undefined;
  if (!stat.isFile() || stat.size > maxSignatureBytes) return "";
  return Buffer.from(await readCapped(`${file}.sig`, maxSignatureBytes)).toString("latin1");
}
