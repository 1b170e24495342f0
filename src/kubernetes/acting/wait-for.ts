/** Looks at one object until it shows what is looked for. */

import { pause } from "../../http/gate.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { getObject, metadataOf, type SentObject } from "./objects.ts";

const shortest = 150;
const longest = 2_000;

/** Reasons that more waiting does not mend. */
const final = ["forbidden", "unauthorized", "not-served", "tls"];

/** Looks until `answer` says something, the time is over or the signal ends it; then `late` says why there is nothing. */
async function look<T>(
  channel: Channel,
  path: string,
  milliseconds: number,
  signal: AbortSignal,
  answer: (found: SentObject) => Reading<T> | undefined,
  late: (found: SentObject) => Reading<T>,
): Promise<Reading<T>> {
  const end = performance.now() + milliseconds;
  for (let wait = shortest; ; wait = Math.min(wait * 1.5, longest)) {
    const found = await getObject(channel, path);
    const answered = answer(found);
    if (answered !== undefined) return answered;
    if (!found.ok && final.includes(found.reason)) return unread(found.reason, found.message);
    const left = end - performance.now();
    if (left <= 0 || !(await pause(Math.min(wait, left), signal))) return late(found);
  }
}

/**
 * `seen` is given the object each time; undefined goes on. One that is not there yet is waited for, and so is an API server that
 * does not answer for a moment.
 */
export function waitFor<T>(
  channel: Channel,
  path: string,
  seen: (object: JsonObject) => T | undefined,
  { milliseconds }: { readonly milliseconds: number },
  signal: AbortSignal,
): Promise<Reading<T>> {
  const answer = (found: SentObject): Reading<T> | undefined => {
    const value = found.ok ? seen(found.value.value) : undefined;
    return value === undefined ? undefined : read(value);
  };
  return look(channel, path, milliseconds, signal, answer, (found) =>
    found.ok || found.status === 404
      ? unread("timeout", "the object did not show in time what was waited for")
      : unread(found.reason, found.message),
  );
}

/** Comes back once nothing is there any more, or something else of the same name is. */
export function waitUntilGone(
  channel: Channel,
  path: string,
  uid: string | undefined,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Reading<undefined>> {
  const answer = (found: SentObject): Reading<undefined> | undefined => {
    const another = found.ok && uid !== undefined && metadataOf(found.value.value).uid !== uid;
    return another || (!found.ok && found.status === 404) ? read(undefined) : undefined;
  };
  return look(channel, path, milliseconds, signal, answer, (found) =>
    found.ok ? unread("timeout", "the object was not gone in time") : unread(found.reason, found.message),
  );
}
