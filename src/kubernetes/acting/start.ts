/** Begins an acting run on an open connection, and ends it. */
import { randomBytes, randomInt } from "node:crypto";
import { pause } from "../../http/gate.ts";
import type { ClusterActor } from "../../model/acting.ts";
import type { Instant } from "../../model/vocabulary.ts";
import type { Channel } from "../channel.ts";
import type { Connection } from "../connect.ts";
import { createActor } from "./actor.ts";
import { cleanUp, type Remainder } from "./clean-up.ts";
import { deadlineOf } from "./deadline.ts";
import { openLedger } from "./ledger.ts";
import { processMark } from "./process-mark.ts";
import type { ActingRun } from "./run.ts";
import { createMayUnmake } from "./unmaking.ts";

export interface ActingOptions {
  readonly connection: Connection;
  /** Where ledgers lie. */
  readonly folder: string;
  readonly namespace: string | undefined;
  readonly image: string | undefined;
  readonly now: Instant;
  /** When what it made may be taken for left behind. */
  readonly expires: Instant;
}

/** What a run made, and what of it is left. */
export interface Ended {
  readonly created: number;
  readonly remains: readonly Remainder[];
}

export interface Acting {
  readonly actor: ClusterActor;
  readonly run: string;
  /**
   * Unmakes all; nothing is made after this. The same answer each time. Once `hurry` is given, a sixth of the time is enough.
   */
  end(milliseconds: number, hurry?: AbortSignal): Promise<Ended>;
  /** Instead: leaves all, for a reason, to whoever goes on with it or cleans up. */
  keep(because: string): Promise<Ended>;
}

/** Neither vowels, which could make words, nor what is taken for something else. */
const letters = "bcdfghjklmnpqrstvwxz2456789";

export function newRun(): string {
  return Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
}

export function startActing(options: ActingOptions): Acting {
  const { connection } = options;
  const ledger = openLedger(options.folder, {
    ledger: 1,
    run: newRun(),
    secret: randomBytes(32).toString("hex"),
    startedAt: options.now,
    expires: options.expires,
    process: processMark(),
    cluster: connection.clusterDigest,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  });
  const making = new AbortController();
  const stop = () => making.abort();
  connection.signal.addEventListener("abort", stop);
  // requests under way are never cut off: whether they were carried out must be known
  const outlasting = new AbortController();
  const writing = connection.further(outlasting.signal);
  const run: ActingRun = {
    ledger,
    reading: connection.channel,
    writing,
    signal: making.signal,
    mayUnmake: createMayUnmake(writing, ledger.head.run),
    pending: new Set(),
  };
  const accounts: Channel[] = [];
  const actor = createActor({
    run,
    reader: connection.reader,
    image: options.image,
    channelAs: (token) => {
      const channel = connection.furtherAs(token, making.signal);
      accounts.push(channel);
      return channel;
    },
    exec: connection.streams.exec,
  });

  let ended: Promise<Ended> | undefined;
  const finish = async (milliseconds: number, hurry: AbortSignal, kept: string | undefined): Promise<Ended> => {
    stop();
    connection.signal.removeEventListener("abort", stop);
    const deadline = deadlineOf(milliseconds, hurry);
    const channel = connection.further(deadline.asking);
    await settled(run.pending, deadline.waiting);
    const made = [...ledger.entries].filter(([, { step, uid }]) => uid !== undefined && step !== "follows");
    const created = made.length;
    const remains =
      kept === undefined
        ? await cleanUp({ channel, made: ledger, waiting: deadline.waiting })
        : made.map(([path]) => ({ path, because: kept }));
    deadline.end();
    outlasting.abort();
    for (const each of [channel, writing, ...accounts]) each.close();
    if (remains.length === 0) ledger.forget();
    else ledger.close();
    return { created, remains };
  };
  return {
    actor,
    run: ledger.head.run,
    end: (milliseconds, hurry = new AbortController().signal) => {
      ended ??= finish(milliseconds, hurry, undefined);
      return ended;
    },
    keep: (because) => {
      ended ??= finish(mostMilliseconds, new AbortController().signal, because);
      return ended;
    },
  };
}

/** Several tries of one request, each with its time. */
const mostMilliseconds = 60_000;

/** What is under way comes to its end, or its time is over: what it made stands in the ledger. */
async function settled(pending: ReadonlySet<Promise<unknown>>, waiting: AbortSignal): Promise<void> {
  const all = new AbortController();
  const stop = () => all.abort();
  waiting.addEventListener("abort", stop);
  await Promise.race([Promise.allSettled([...pending]), pause(mostMilliseconds, all.signal)]);
  waiting.removeEventListener("abort", stop);
  stop();
}
