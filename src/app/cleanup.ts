/** cleanup: removes what dead runs left on a cluster, and beside their folders, as far as it can be proven to be theirs. */

import type { Leftover, Leftovers } from "../kubernetes/acting/leftovers.ts";
import type { Connection } from "../kubernetes/connect.ts";
import { instantAt } from "../model/instant.ts";
import { createQueue } from "../model/queue.ts";
import { patience } from "./acting.ts";
import { openConnection } from "./connection.ts";
import { removeAbandoned } from "./drafts.ts";
import type { ClusterOptions } from "./options.ts";
import { remainderOf, remainderText } from "./remainders.ts";
import { stateFolder } from "./state-folder.ts";

/** Runs that are removed at the same time. */
const atOnce = 4;

export interface CleanupOptions {
  /** Run folder beside which killed runs may have left drafts; by default those below `scs-report`. */
  readonly folder?: string | undefined;
  readonly cluster: ClusterOptions;
  /** Only this one. */
  readonly run: string | undefined;
  /** Says what would be removed. */
  readonly dryRun: boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export interface CleanupAnswer {
  readonly lines: readonly string[];
  /** Of dead runs, after it. */
  readonly left: number;
  /** What could not be looked at, so that more may be left. */
  readonly unseen: readonly string[];
}

export async function cleanup(options: CleanupOptions): Promise<CleanupAnswer> {
  const connection = await openConnection(options.cluster, options.signal);
  try {
    const { findLeftovers } = await import("../kubernetes/acting/leftovers.ts");
    const found = await findLeftovers({
      channel: connection.channel,
      folder: options.cluster.acting?.stateFolder ?? stateFolder(process.env),
      cluster: connection.clusterDigest,
      namespace: options.cluster.acting?.namespace,
      now: instantAt(options.now().getTime()),
    });
    options.signal.throwIfAborted();
    return await removeAll(found, connection, options);
  } finally {
    connection.close();
  }
}

async function removeAll(found: Leftovers, connection: Connection, options: CleanupOptions): Promise<CleanupAnswer> {
  const { run, dryRun } = options;
  // drafts bear no name of a run
  const drafts = run === undefined ? await removeAbandoned(options.folder, dryRun) : [];
  const lines = drafts.map((path) => `${path}: ${dryRun ? "would be removed" : "gone"}, of a run that was killed`);
  let left = dryRun ? drafts.length : 0;
  const runs = found.runs.filter((one) => run === undefined || one.run === run);
  // namespaces take their time: several go at once
  const queue = createQueue(atOnce);
  const answers = await Promise.all(runs.map((one) => queue(() => answerFor(one, connection, options))));
  options.signal.throwIfAborted();
  for (const said of answers) {
    lines.push(...said.lines);
    left += said.left;
  }
  const foreign = run === undefined ? found.foreign : [];
  lines.push(
    ...foreign.map((path) => `${nameOf(path)}: bears our labels, but nothing proves that a run made it; it stays`),
  );
  if (lines.length === 0) lines.push(nothing(run, found.unseen));
  return { lines, left, unseen: found.unseen.map((path) => path.slice(path.lastIndexOf("/") + 1)) };
}

async function answerFor(one: Leftover, connection: Connection, options: CleanupOptions) {
  return one.state === "dead" ? removeOne(one, connection, options) : { lines: [kept(one)], left: 0 };
}

async function removeOne(one: Leftover, connection: Connection, { dryRun, signal }: CleanupOptions) {
  if (dryRun) {
    const lines = one.paths.map((path) => `${nameOf(path)}: would be removed, of the run ${one.run}`);
    return { lines, left: one.paths.length };
  }
  const { sweep } = await import("../kubernetes/acting/sweep.ts");
  const remains = await sweep(connection, one, patience, signal);
  const still = new Set(remains.map(({ path }) => path));
  const gone = one.paths.filter((path) => !still.has(path));
  return {
    lines: [
      ...gone.map((path) => `${nameOf(path)}: gone, of the run ${one.run}`),
      ...remains.map((remainder) => `${remainderText(remainderOf(remainder))}: left of the run ${one.run}`),
    ],
    left: remains.length,
  };
}

function nothing(run: string | undefined, unseen: readonly string[]): string {
  const seen = unseen.length === 0 ? "" : " that can be seen";
  return run === undefined ? `No run has left anything${seen}.` : `Nothing of a run ${run} is there${seen}.`;
}

function kept({ run, state, expires }: Leftover): string {
  return state === "running"
    ? `The run ${run} is at work; what it made stays.`
    : `The run ${run} may be at work on another machine; what it made can be removed after ${expires}.`;
}

const nameOf = (path: string): string => remainderText(remainderOf({ path, because: "" })).replace(/ \([^)]*\)$/, "");
