/** When a run was started and ended, and how. */
import type { ConformanceResultsFact } from "../model/facts/inputs.ts";
import { instantAt } from "../model/instant.ts";
import type { Instant } from "../model/vocabulary.ts";
import { flakedSpecs } from "./e2e-log.ts";
import { printable } from "./limits.ts";
import type { ResultParts } from "./result-parts.ts";

const hour = 3_600_000;
/** The first release of Kubernetes; what is older is no time. */
const earliest = Date.UTC(2015, 6, 21);

/** The end of the run, UTC; undefined when nothing tells it. */
export function finishedAt({ run, log }: ResultParts): Instant | undefined {
  const seed = Number(run.properties.get("RandomSeed")) * 1000 || log?.seed;
  const seeded = seed !== undefined && seed > earliest && seed < 4e12 ? seed : undefined;
  // JUnit times have no zone; ginkgo's seed is the same moment in UTC, unless somebody chose it
  const start =
    run.start !== undefined && (seeded === undefined || Math.abs(seeded - run.start) > 15 * hour) ? run.start : seeded;
  if (start === undefined || start < earliest || start > 4e12) return undefined;
  const seconds = Math.min(Math.max(run.seconds, log?.seconds ?? 0), 1e7);
  return instantAt(start + seconds * 1000);
}

/** How the suite was run: by its own properties, else by the log. What neither says is taken as the usual. */
export function startedWith({ run, log }: ResultParts, executed: number): ConformanceResultsFact["run"] {
  const { properties } = run;
  const processes = Number(properties.get("ParallelTotal") ?? log?.processes ?? 1);
  // a suite that executes nothing needs no time, whatever its properties say
  const instant = executed > 0 && run.specSeconds === 0;
  const flakes = log?.flaked;
  return {
    dryRun: properties.get("DryRun") === "true" || log?.dryRun === true || instant,
    parallel: processes > 1,
    flakeAttempts: Math.max(1, Math.floor(Number(properties.get("FlakeAttempts"))) || 1),
    focus: expressions(properties.get("FocusStrings") ?? log?.focus),
    skip: expressions(properties.get("SkipStrings") ?? log?.skip),
    ...(flakes === undefined ? {} : { flaked: flakes }),
  };
}

function expressions(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [printable(text)];
}

/** Specs that failed before they passed: by JUnit, and by the log. */
export function flakedIn({ run, log }: ResultParts): ReadonlySet<string> {
  const flaked = new Set(run.flaked);
  if (log) for (const name of flakedSpecs(log, run.specs)) flaked.add(name);
  return flaked;
}
