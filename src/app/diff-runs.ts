/** diff: what changed between two runs, and whose doing it is. */
import { loadCatalogue } from "../catalogue/standards.ts";
import type { Comparison } from "../model/comparison.ts";
import { UsageError } from "../model/faults.ts";
import { compareRuns } from "./diff/compare-runs.ts";
import type { Run } from "./diff/differences.ts";
import { judgedAgain } from "./diff/judge-again.ts";
import { recompute } from "./recompute.ts";
import { evidenceBeside, readRun } from "./stored-run.ts";
import { tool } from "./tool.ts";

/** Both are a run's folder or its report.json. UsageError for a report that is not what the evidence beside it gives. */
export async function diffRuns(before: string, after: string): Promise<Comparison> {
  return compare(await comparableRun(before), await comparableRun(after));
}

export function compare(before: Run, after: Run): Comparison {
  return compareRuns(before, after, judgedAgain(before, after, { tool, standards: loadCatalogue().sha256 }));
}

/** A run, with its evidence as far as that is at hand and the report's own. */
export async function comparableRun(target: string): Promise<Run> {
  const { file, folder, text, report } = await readRun(target);
  const beside = await evidenceBeside(folder);
  const opened = beside?.sha256 === report.evidence.sha256 ? beside.opened : undefined;
  if (!opened || opened.broken.length > 0) return { report };
  const again = recompute(text, report, opened);
  if (again.kind !== "different") return { report, evidence: opened.evidence };
  throw new UsageError(
    [{ file, message: `is not what its evidence gives (${again.differences[0] ?? "other bytes"})` }],
    "Ask `scs-conformance verify` what of it holds.",
  );
}
