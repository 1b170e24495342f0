/** Any format over a stored report. */
import { type Format, reporters } from "../../reporters/index.ts";
import { reporterContext } from "./run-files.ts";
import { evidenceBeside, readRun } from "./stored-run.ts";

export interface RenderOptions {
  /** A run's folder or a report.json. */
  readonly target: string;
  readonly format: Format;
  readonly color: boolean;
  readonly width: number | undefined;
  readonly verbose: boolean;
  readonly sarifLocation?: string | undefined;
}

export async function renderReport(options: RenderOptions): Promise<string> {
  const { target, format, color, width, verbose, sarifLocation } = options;
  const run = await readRun(target);
  const beside = await evidenceBeside(run.folder);
  // excerpts only from the very evidence that the report names
  const own = beside?.sha256 === run.report.evidence.sha256 ? beside.opened : undefined;
  return reporters[format].render(run.report, {
    ...reporterContext(run.text, { sealed: own, sarifLocation }),
    color,
    verbose,
    ...(width === undefined ? {} : { width }),
  });
}
