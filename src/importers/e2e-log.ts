/** Reads e2e.log for what JUnit does not say: versions, flakes, and how old suites were started. */
import { limits } from "./limits.ts";
import { lines } from "./lines.ts";
import { specName } from "./spec-name.ts";

export interface E2eLog {
  /** Of the API server that was tested; only verbose logs say it. */
  apiServerVersion?: string;
  /** Milliseconds since the epoch: ginkgo's seed is the time of its start. */
  seed?: number;
  processes?: number;
  /** Seconds the suite took. */
  seconds?: number;
  /** Specs that passed only on a later attempt, as the summary counts them; 0 when it counts none. */
  flaked?: number;
  /** Lines that begin with the name of such a spec. */
  readonly flakedLines: string[];
  dryRun?: boolean;
  focus?: string;
  skip?: string;
  /** Whether the start of the log was there: only then its silence says something. */
  complete: boolean;
}

/** What the suite says of itself stands before the first spec; later lines may be anything that a pod printed. */
const headLines = 300;
const mostFlakes = 200;

export async function readE2eLog(chunks: AsyncIterable<Uint8Array>): Promise<E2eLog> {
  const log: E2eLog = { flakedLines: [], complete: false };
  let number = 0;
  let afterFlake = 0;
  let last = "";
  for await (const batch of lines(chunks)) {
    for (const raw of batch) {
      number += 1;
      if (number <= headLines) readHead(log, plain(raw));
      if (afterFlake > 0) {
        // a verbose log has the name at the beginning of what ends with this word, and then a line of dashes
        const ends = raw.startsWith("----------");
        const line = !ends ? plain(raw) : afterFlake === 3 ? last : "";
        afterFlake = ends ? 0 : afterFlake - 1;
        if (log.flakedLines.length < mostFlakes) log.flakedLines.push(line);
      } else if (raw.startsWith("[sig-")) last = raw.slice(0, limits.name);
      if (raw.includes("[FLAKEY TEST")) afterFlake = 3;
      else if (raw.includes(" Specs in ") || raw.includes(" Passed")) readSummary(log, plain(raw));
    }
  }
  return log;
}

function readHead(log: E2eLog, line: string): void {
  const seed = /^Random Seed: (\d{9,11})\b/.exec(line)?.[1];
  if (seed !== undefined) log.seed ??= Number(seed) * 1000;
  const processes = /^Running in parallel across (\d{1,4}) (?:processes|nodes)/.exec(line)?.[1];
  if (processes !== undefined) log.processes ??= Number(processes);
  if (/^Will run \d+ of \d+ specs/i.test(line)) log.complete = true;
  const version = /\bkube-apiserver version: (v\d+\.\d+\.\d+[\w.+-]{0,80})$/.exec(line)?.[1];
  if (version !== undefined) log.apiServerVersion ??= version;
  // the runner of the conformance image tells the arguments that it starts ginkgo with
  if (!line.includes("Args (comma-delimited):")) return;
  log.dryRun ||= /-dry-?run(=true)?(,|$)/i.test(line);
  const [focus, skip] = [argument(line, "focus"), argument(line, "skip")];
  if (focus !== undefined) log.focus ??= focus;
  if (skip !== undefined) log.skip ??= skip;
}

function argument(line: string, name: string): string | undefined {
  return new RegExp(`--(?:ginkgo\\.)?${name}=([^,]*)`).exec(line)?.[1];
}

function readSummary(log: E2eLog, line: string): void {
  const seconds = /^Ran \d+ of \d+ Specs in ([\d.]+) seconds/.exec(line)?.[1];
  if (seconds !== undefined) log.seconds = Number(seconds);
  if (!/^(SUCCESS|FAIL)!.* \d+ Passed \| \d+ Failed \| /.test(line)) return;
  log.flaked = Number(/\| (\d+) Flaked \|/.exec(line)?.[1] ?? 0);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with this character
const colour = /\u001b\[[0-9;]*m/g;

const plain = (line: string): string => line.replace(colour, "").trim();

/** Which of the known specs the log names as flaked; its lines carry labels after the name. */
export function flakedSpecs(log: E2eLog, specs: ReadonlyMap<string, unknown>): readonly string[] {
  return log.flakedLines.flatMap((line) => {
    let name = specName(line.slice(0, limits.name)) ?? "";
    while (name !== "" && !specs.has(name)) name = name.slice(0, Math.max(0, name.lastIndexOf(" "))).trimEnd();
    return name === "" ? [] : [name];
  });
}
