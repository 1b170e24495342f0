/** The acting part of a run: begun when the plan makes anything, ended whatever happens. */
import type { Leftover } from "../kubernetes/acting/leftovers.ts";
import type { Acting, Ended } from "../kubernetes/acting/start.ts";
import type { Connection } from "../kubernetes/connect.ts";
import type { ClusterActor } from "../model/acting.ts";
import { suiteJobPath } from "../model/conformance/suite-objects.ts";
import type { Cleanup } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { Instant } from "../model/vocabulary.ts";
import type { TimedOptions } from "./connection.ts";
import type { Watch } from "./look.ts";
import { remainderOf, remainderText } from "./remainders.ts";
import { stateFolder } from "./state-folder.ts";
import { whyNot } from "./write-file.ts";

export interface ActingPart {
  readonly actor: ClusterActor;
  readonly run: string;
  /** The same answer each time. */
  cleanUp(): Promise<Cleanup>;
  /** Instead of it: all stays, for a reason. */
  keep(because: string): Promise<Cleanup>;
}

type ActingWatch = Pick<Watch, "now" | "signal" | "onNotice" | "onActing">;

/** Finalizers of volumes and load balancers take minutes; who interrupts the run waits for a sixth of it. */
export const patience = 180_000;
const mostRemains = 100;

/** First removes what dead runs of this machine left here. UsageError when the ledger has no place. */
export async function openActing(
  connection: Connection,
  options: TimedOptions,
  watch: ActingWatch,
): Promise<ActingPart> {
  const { startActing } = await import("../kubernetes/acting/start.ts");
  const begun = watch.now().getTime();
  const folder = options.acting?.stateFolder ?? stateFolder(process.env);
  await removeDead(connection, folder, watch);
  const acting = orUsage(folder, () =>
    startActing({
      connection,
      folder,
      namespace: options.acting?.namespace,
      image: options.acting?.image,
      now: instantAt(begun),
      expires: instantAt(begun + options.timeout + 2 * patience),
    }),
  );
  watch.onActing?.(acting.run);
  let told: Promise<Cleanup> | undefined;
  return {
    actor: acting.actor,
    run: acting.run,
    cleanUp: () => {
      told ??= end(acting, watch);
      return told;
    },
    keep: async (because) => toldOf(await acting.keep(because)),
  };
}

async function removeDead(
  connection: Connection,
  folder: string,
  { now, signal, onNotice }: ActingWatch,
): Promise<void> {
  const { deadRuns } = await import("../kubernetes/acting/leftovers.ts");
  const { sweep } = await import("../kubernetes/acting/sweep.ts");
  const at = instantAt(now().getTime());
  for (const dead of deadRuns({ folder, cluster: connection.clusterDigest, now: at })) {
    signal.throwIfAborted();
    if (goesOn(dead, at)) {
      onNotice?.(
        `The run ${dead.run} of upstream's suite goes on without its program; it stays until it is taken up or cleaned up.`,
      );
      continue;
    }
    const remains = await sweep(connection, dead, patience, signal);
    if (dead.paths.length > 0)
      onNotice?.(
        `The run ${dead.run} had ended without removing what it made: ${dead.paths.length - remains.length} of ${dead.paths.length} objects are gone now.`,
      );
    for (const remainder of remains)
      onNotice?.(`Left of the run ${dead.run}: ${remainderText(remainderOf(remainder))}`);
  }
}

/** A Job of hours needs no program beside it: the same command takes it up again (suite-continue.ts). */
function goesOn({ paths, expires }: Leftover, now: Instant): boolean {
  return paths.some((path) => suiteJobPath.test(path)) && now < expires;
}

async function end(acting: Acting, { signal, onNotice }: ActingWatch): Promise<Cleanup> {
  if (signal.aborted) onNotice?.("Removing what the run made; a second interrupt ends at once.");
  const ended = await acting.end(patience, signal);
  for (const remainder of ended.remains) onNotice?.(`Left behind: ${remainderText(remainderOf(remainder))}`);
  return toldOf(ended);
}

export function toldOf({ created, remains }: Ended): Cleanup {
  const left = remains.length;
  return { created, left, ...(left === 0 ? {} : { remains: remains.slice(0, mostRemains).map(remainderOf) }) };
}

function orUsage<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const message = `cannot be written, and what a run makes has to be noted there first: ${whyNot(error)}`;
    throw new UsageError([{ file: folder, message }], "Name a folder for it with XDG_STATE_HOME.");
  }
}
