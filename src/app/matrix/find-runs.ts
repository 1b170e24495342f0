/** Finds the reports that the caller means: runs' folders, and folders that hold such. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../../model/faults.ts";
import { maxIndexedReports } from "../../model/matrix.ts";

export interface FoundRun {
  /** Folder of report.json. */
  readonly folder: string;
  /** The same as people may know it, with slashes, from what the caller named on: nothing of the machine. */
  readonly place: string;
}

const deepest = 8;
const mostEntries = 200_000;
const skipped = [".git", "node_modules"];

/** In order of their places. Links are not followed. UsageError where nothing is found, or far too much. */
export async function findRuns(targets: readonly string[]): Promise<readonly FoundRun[]> {
  const found = new Map<string, FoundRun>();
  const seen = { entries: 0 };
  for (const target of targets) {
    const stat = await fs.stat(target).catch(() => undefined);
    if (!stat) throw new UsageError([{ file: target, message: "does not exist" }]);
    const folder = stat.isDirectory() ? path.resolve(target) : path.dirname(path.resolve(target));
    if (!stat.isDirectory() && path.basename(target) !== "report.json") {
      throw new UsageError(
        [{ file: target, message: "is no report" }],
        "Name folders of runs, or folders that hold such.",
      );
    }
    const before = found.size;
    for await (const run of below(folder, path.basename(folder), 0, seen)) {
      found.set(run.folder, run);
      if (found.size > maxIndexedReports) {
        throw new UsageError(
          `More than ${maxIndexedReports} reports were found.`,
          "Make a matrix of fewer, one provider each.",
        );
      }
    }
    if (found.size === before && ![...found.keys()].includes(folder)) {
      throw new UsageError(
        [{ file: target, message: "holds no report.json" }],
        "Name folders of runs, or folders that hold such.",
      );
    }
  }
  return [...found.values()].sort((a, b) => (a.place < b.place ? -1 : 1));
}

async function* below(
  folder: string,
  place: string,
  depth: number,
  seen: { entries: number },
): AsyncGenerator<FoundRun> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  seen.entries += entries.length;
  if (seen.entries > mostEntries)
    throw new UsageError([{ file: folder, message: `lies among more than ${mostEntries} files` }]);
  if (entries.some((entry) => entry.isFile() && entry.name === "report.json")) {
    yield { folder, place };
    return;
  }
  if (depth === deepest) return;
  for (const entry of entries) {
    if (!entry.isDirectory() || skipped.includes(entry.name)) continue;
    yield* below(path.join(folder, entry.name), `${place}/${entry.name}`, depth + 1, seen);
  }
}
