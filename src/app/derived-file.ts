/** Files of a run that are nothing but the report in another form: whether one beside it is what the report gives. */
import path from "node:path";
import type { Reporter } from "../../reporters/reporter.ts";
import { readIfThere } from "./read-file.ts";
import { reporterContext } from "./run-files.ts";
import { maxReportBytes, type StoredRun } from "./stored-run.ts";

export interface DerivedFile {
  readonly file: string;
  /** The bytes beside the report. */
  readonly content: Buffer;
  /** They are what this version makes of the report. */
  readonly holds: boolean;
}

/** Undefined when there is no such file. */
export async function derivedFile(
  { folder, text, report }: StoredRun,
  reporter: Reporter,
): Promise<DerivedFile | undefined> {
  const file = path.join(folder, reporter.file);
  const bytes = await readIfThere(file, maxReportBytes);
  if (bytes === undefined) return undefined;
  const content = Buffer.from(bytes);
  return { file, content, holds: given({ text, report }, reporter)?.equals(content) === true };
}

/** The bytes that this version makes of a report; undefined when it has no such form. */
export function given({ text, report }: Pick<StoredRun, "text" | "report">, reporter: Reporter): Buffer | undefined {
  if (reporter.refuses?.(report) !== undefined) return undefined;
  return Buffer.from(reporter.render(report, reporterContext(text)), "utf8");
}
