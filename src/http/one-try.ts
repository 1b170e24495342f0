/** One try of a request in its turn, noted among the requests of its run. */
import type { RequestRecord } from "../model/cluster.ts";
import { type Unread, unread } from "../model/fact.ts";
import { type Attempted, attempt, type Sending } from "./attempt.ts";
import type { Sink } from "./body.ts";
import { failure } from "./failure.ts";
import type { Gate } from "./gate.ts";

/** What stands in the place of an answer to what was not sent any more. */
export const runOver = unread("timeout", "the run was over before this could be asked");

export interface OneTry<T> {
  readonly sending: Sending;
  /** Made when its turn has come. */
  readonly sink: () => Sink<T>;
  readonly gate: Gate;
  /** Path and query as the log may have them. */
  readonly shownPath: string;
  /** Which try of this request it is, from 1. */
  readonly tried: number;
  /** Told of what was sent; of nothing once the run is over. */
  readonly requests: RequestRecord[];
}

/** Waits for its turn and sends. Rejects only with what the sink throws. */
export async function tryOnce<T>(one: OneTry<T>): Promise<Attempted<T>> {
  const { sending } = one;
  const leave = await one.gate.enter(sending.signal);
  if (leave === undefined) {
    const { reason, message } = runOver;
    return { kind: "failure", failure: failure(reason, message), status: 0, headers: {}, bytes: 0 };
  }
  const start = performance.now();
  try {
    const result = await attempt(sending, one.sink());
    one.requests.push({
      method: sending.method ?? "GET",
      path: one.shownPath,
      status: result.status,
      milliseconds: Math.round(performance.now() - start),
      bytes: result.bytes,
      attempt: one.tried,
    });
    return result;
  } finally {
    leave();
  }
}

/** Why there is no answer, with the HTTP status behind it. */
export interface Unanswered extends Unread {
  /** 0 when no answer came. */
  readonly status: number;
}

export function unanswered({ reason, message }: Pick<Unread, "reason" | "message">, status: number): Unanswered {
  return { ...unread(reason, message), status };
}
