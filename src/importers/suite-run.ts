/** What the files of one run say, each as far as it says it. */

export type SpecState = "passed" | "failed" | "skipped";

/** The specs of a run by name, and how it was started. */
export interface SuiteRun {
  readonly specs: Map<string, SpecState>;
  readonly flaked: Set<string>;
  /** Suite properties of ginkgo; absent in old files. */
  readonly properties: Map<string, string>;
  /** Milliseconds since the epoch. */
  start: number | undefined;
  /** Seconds that the suite took. */
  seconds: number;
  /** Seconds that the executed specs took; undefined when no spec's time is told. */
  specSeconds: number | undefined;
}

export function emptyRun(): SuiteRun {
  return {
    specs: new Map(),
    flaked: new Set(),
    properties: new Map(),
    start: undefined,
    seconds: 0,
    specSeconds: undefined,
  };
}

const weight: { readonly [S in SpecState]: number } = { skipped: 0, passed: 1, failed: 2 };

/** The processes of a parallel run each write a file: executed beats skipped, failed beats everything. */
export function note(run: SuiteRun, name: string, state: SpecState): void {
  const known = run.specs.get(name);
  if (known === undefined || weight[state] > weight[known]) run.specs.set(name, state);
}

export function merge(into: SuiteRun, from: SuiteRun): void {
  for (const [name, state] of from.specs) note(into, name, state);
  for (const name of from.flaked) into.flaked.add(name);
  for (const [name, value] of from.properties) into.properties.set(name, value);
  if (from.start !== undefined) into.start = Math.min(into.start ?? from.start, from.start);
  into.seconds = Math.max(into.seconds, from.seconds);
  if (from.specSeconds !== undefined) into.specSeconds = (into.specSeconds ?? 0) + from.specSeconds;
}
