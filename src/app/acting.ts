/** The acting part of a run: begun when the plan makes anything, ended whatever happens. */
import type { Plan } from "../engine/plan.ts";
import type { Acting } from "../kubernetes/acting/start.ts";
import type { Connection } from "../kubernetes/connect.ts";
import type { ClusterActor } from "../model/acting.ts";
import type { Cleanup } from "../model/evidence.ts";
import { UsageError } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { ClusterOptions } from "./options.ts";
import { remainderOf } from "./remainders.ts";
import { stateFolder } from "./state-folder.ts";
import { whyNot } from "./write-file.ts";

export interface ActingPart {
  readonly actor: ClusterActor;
  readonly run: string;
  /** The same answer each time. */
  cleanUp(): Promise<Cleanup>;
}

/** Finalizers of volumes and load balancers take minutes. */
const patience = 180_000;
/** Somebody waits at the keyboard, or a deadline is near. */
const hurried = 30_000;
const mostRemains = 100;

/** Whether anything of the plan acts. */
export function acts(plan: Plan): boolean {
  return plan.probes.some(({ makes, allowed, given }) => allowed && given && makes !== undefined);
}

export async function openActing(
  connection: Connection,
  options: ClusterOptions,
  now: () => Date,
  signal: AbortSignal,
): Promise<ActingPart> {
  const { startActing } = await import("../kubernetes/acting/start.ts");
  const begun = now().getTime();
  const folder = options.acting?.stateFolder ?? stateFolder(process.env);
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
  return {
    actor: acting.actor,
    run: acting.run,
    cleanUp: () => told(acting, signal),
  };
}

async function told(acting: Acting, signal: AbortSignal): Promise<Cleanup> {
  const { created, remains } = await acting.end(signal.aborted ? hurried : patience);
  const left = remains.length;
  return { created, left, ...(left === 0 ? {} : { remains: remains.slice(0, mostRemains).map(remainderOf) }) };
}

function orUsage<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UsageError(
      [
        {
          file: folder,
          message: `cannot be written, and what a run makes has to be noted there first: ${whyNot(error)}`,
        },
      ],
      "Name a folder for it with XDG_STATE_HOME.",
    );
  }
}
