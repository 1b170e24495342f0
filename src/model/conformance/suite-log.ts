/** Reads the suite's log while it runs: how far it is, and how it names itself. Every line may be anything a pod printed. */

export interface SuiteProgress {
  /** UUID that the suite labels its namespaces with (`e2e-run`); the first process of a run says it. */
  readonly run?: string;
  /** Specs that will be run. */
  readonly total?: number;
  /** Specs that ended, on whichever attempt. */
  readonly done: number;
  readonly failed: number;
  /** The last failed ones by name, at most ten. */
  readonly failures: readonly string[];
  /** The name of the spec that is running, or ended last. */
  readonly current?: string;
  /** `SUCCESS` or `FAIL`, once the suite has summed up. */
  readonly summary?: string;
}

export const noProgress: SuiteProgress = { done: 0, failed: 0, failures: [] };

/** Ginkgo's words for a spec that failed; others are of those that passed, or were interrupted. */
const failing = new Set(["FAILED", "PANICKED", "TIMEDOUT", "ABORTED"]);

const longestName = 300;
const mostFailures = 10;

/** What is known after one more line. The log is ginkgo's own form without colours, one spec after the other. */
export function afterLine(before: SuiteProgress, raw: string): SuiteProgress {
  const line = raw.slice(0, 2000).trimEnd();
  const run = /\bStarting e2e run "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" on Ginkgo node 1$/.exec(line)?.[1];
  if (run !== undefined) return before.run === undefined ? { ...before, run } : before;
  const total = /^Will run (\d{1,6}) of \d{1,6} specs$/.exec(line)?.[1];
  if (total !== undefined) return before.total === undefined ? { ...before, total: Number(total) } : before;
  const summary = /^(SUCCESS|FAIL)! -- \d+ Passed \| \d+ Failed \| /.exec(line)?.[1];
  if (summary !== undefined) return { ...before, summary };
  // a bullet at the start of a line ends a spec; a retry ends it once more, but is marked
  const ending = /^[•↺] (?:\[([A-Z0-9 -]+)\] )?\[[\d.]+ seconds\]$/.exec(line);
  if (ending) return ended(before, failing.has(ending[1] ?? ""));
  // without -v what passed is a bullet in a row of skipped ones
  if (/^[SP•]*•[SP•]*$/.test(line)) return { ...before, done: before.done + line.split("•").length - 1 };
  if (/^\[sig-[a-z-]+\] /.test(line)) return { ...before, current: line.slice(0, longestName) };
  return before;
}

function ended(before: SuiteProgress, failed: boolean): SuiteProgress {
  const { current, failures } = before;
  return {
    ...before,
    done: before.done + 1,
    failed: before.failed + (failed ? 1 : 0),
    failures: failed && current !== undefined ? [...failures, current].slice(-mostFailures) : failures,
  };
}
