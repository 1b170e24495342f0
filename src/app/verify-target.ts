/** verify: a run, or a matrix of many. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../model/faults.ts";
import { matrixFile } from "./matrix/matrix-files.ts";
import { verifyMatrix } from "./matrix/verify-matrix.ts";
import { optionalText, refuseTimeToCome, type Verification, type VerifyOptions, verifyRun } from "./verify-run.ts";

export interface VerifyTargetOptions extends VerifyOptions {
  /** Of a matrix: folders that hold its reports. */
  readonly reports: readonly string[];
}

export interface VerifiedTarget extends Pick<Verification, "layers" | "exitCode"> {
  /** What was verified and what it says, a phrase. */
  readonly said: string;
}

export async function verifyTarget(options: VerifyTargetOptions): Promise<VerifiedTarget> {
  const { target, reports, at, now } = options;
  const file = await matrixIn(target);
  if (file === undefined) {
    if (reports.length > 0) throw new UsageError("--reports is for a matrix.", "Name its matrix.json.");
    const { report, layers, exitCode } = await verifyRun(options);
    return {
      layers,
      exitCode,
      said: report ? `${report.subject}: ${report.verdict} as of ${report.asOf}` : "the report",
    };
  }
  refuseTimeToCome(options);
  const [allowedSigners, revoked] = [await optionalText(options.allowedSigners), await optionalText(options.revoked)];
  const { matrix, layers, exitCode } = await verifyMatrix({ file, reports, allowedSigners, revoked, at, now });
  return { layers, exitCode, said: matrix ? `${matrix.name}: ${matrix.verdict} as of ${matrix.asOf}` : "the matrix" };
}

/** The matrix that is meant: a file of that name, or a folder that holds one and no report. */
async function matrixIn(target: string): Promise<string | undefined> {
  if (path.basename(target) === matrixFile) return target;
  const inside = path.join(target, matrixFile);
  const [matrix, report] = await Promise.all(
    [inside, path.join(target, "report.json")].map((file) => fs.stat(file).catch(() => undefined)),
  );
  return matrix && !report ? inside : undefined;
}
