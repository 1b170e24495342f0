/** Begins an acting run on an open connection, and ends it. */
import { randomBytes, randomInt } from "node:crypto";
import type { ClusterActor } from "../../model/acting.ts";
import type { Instant } from "../../model/vocabulary.ts";
import type { Connection } from "../connect.ts";
import { createActor } from "./actor.ts";
import { cleanUp, type Remainder } from "./clean-up.ts";
import { openLedger } from "./ledger.ts";
import { processMark } from "./process-mark.ts";
import type { ActingRun } from "./run.ts";

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
  /** Unmakes all; nothing is made after this. The same answer each time. */
  end(milliseconds: number, signal?: AbortSignal): Promise<Ended>;
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
    pending: new Set(),
  };
  const actor = createActor({
    run,
    reader: connection.reader,
    image: options.image,
    channelAs: (token) => connection.furtherAs(token, making.signal),
    exec: connection.streams.exec,
  });

  let ended: Promise<Ended> | undefined;
  const finish = async (milliseconds: number, signal: AbortSignal): Promise<Ended> => {
    stop();
    connection.signal.removeEventListener("abort", stop);
    await Promise.allSettled([...run.pending]);
    const created = [...ledger.entries.values()].filter(({ uid }) => uid !== undefined).length;
    const remains = await cleanUp({ channel: writing, ledger, milliseconds, signal });
    outlasting.abort();
    writing.close();
    if (remains.length === 0) ledger.forget();
    else ledger.close();
    return { created, remains };
  };
  return {
    actor,
    run: ledger.head.run,
    end: (milliseconds, signal = new AbortController().signal) => {
      ended ??= finish(milliseconds, signal);
      return ended;
    },
  };
}
