/** The end of every run that leaves a folder: the files are made, put in place, and told. */
import type { SealedEvidence } from "../evidence/seal.ts";
import type { Report } from "../model/report.ts";
import { reportText } from "../model/report-text.ts";
import type { Signer } from "../model/signer.ts";
import type { FormatOptions } from "./options.ts";
import { runFiles } from "./run-files.ts";
import { type FolderOptions, openRunFolder, type RunFolder } from "./run-folder.ts";

export interface RunResult {
  readonly report: Report;
  readonly sealed: SealedEvidence;
  /** Text of report.json. */
  readonly text: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly signedBy: string | undefined;
}

export interface Leaving extends FormatOptions {
  readonly sealed: SealedEvidence;
  readonly report: Report;
  readonly signer: Signer | undefined;
  /** Ends the name of a folder that the caller did not name: `-imported`. */
  readonly suffix: string;
  /** An interrupt that came while the files were made leaves nothing. */
  readonly signal?: AbortSignal;
}

/** Opens the folder, does the work, and forgets the folder when the work fails. */
export async function inRunFolder<T>(options: FolderOptions, work: (folder: RunFolder) => Promise<T>): Promise<T> {
  const folder = await openRunFolder(options);
  try {
    return await work(folder);
  } catch (error) {
    await folder.discard();
    throw error;
  }
}

export async function leaveRun(folder: RunFolder, leaving: Leaving): Promise<RunResult> {
  const { sealed, report, signer, suffix, signal } = leaving;
  const text = reportText(report);
  const files = await runFiles(sealed, { report, text }, leaving, signer);
  signal?.throwIfAborted();
  return {
    report,
    sealed,
    text,
    folder: await folder.commit(files, `${report.subject}-${report.checkedAt.replaceAll(":", "")}${suffix}`),
    files: files.map((file) => file.name),
    signedBy: signer?.fingerprint,
  };
}
