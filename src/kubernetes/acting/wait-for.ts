/** Looks at one object until it shows what is looked for. */

import { pause } from "../../http/gate.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { getObject } from "./objects.ts";

const shortest = 150;
const longest = 2_000;

/** Reasons that more waiting does not mend. */
const final = ["forbidden", "unauthorized", "not-served", "tls"];

/**
 * `seen` is given the object each time; undefined goes on. One that is not there yet is waited for, and so is an API server that
 * does not answer for a moment.
 */
export async function waitFor<T>(
  channel: Channel,
  path: string,
  seen: (object: JsonObject) => T | undefined,
  { milliseconds }: { readonly milliseconds: number },
  signal: AbortSignal,
): Promise<Reading<T>> {
  const end = performance.now() + milliseconds;
  for (let wait = shortest; ; wait = Math.min(wait * 1.5, longest)) {
    const found = await getObject(channel, path);
    if (found.ok) {
      const value = seen(found.value.value);
      if (value !== undefined) return read(value);
    } else if (final.includes(found.reason)) return unread(found.reason, found.message);
    const left = end - performance.now();
    const goesOn = left > 0 && (await pause(Math.min(wait, left), signal));
    if (!goesOn) return found.ok || found.status === 404 ? notInTime : unread(found.reason, found.message);
  }
}

const notInTime = unread("timeout", "the object did not show in time what was waited for");

/** Comes back once nothing is there any more, or something else of the same name is. */
export async function waitUntilGone(
  channel: Channel,
  path: string,
  uid: string | undefined,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Reading<undefined>> {
  const end = performance.now() + milliseconds;
  for (let wait = shortest; ; wait = Math.min(wait * 1.5, longest)) {
    const found = await getObject(channel, path);
    if (!found.ok && found.status === 404) return read(undefined);
    if (found.ok && uid !== undefined && uidAt(found.value.value) !== uid) return read(undefined);
    if (!found.ok && final.includes(found.reason)) return unread(found.reason, found.message);
    const left = end - performance.now();
    if (left <= 0 || !(await pause(Math.min(wait, left), signal)))
      return found.ok ? unread("timeout", "the object was not gone in time") : unread(found.reason, found.message);
  }
}

function uidAt({ metadata }: JsonObject): unknown {
  return typeof metadata === "object" && metadata !== null && "uid" in metadata ? metadata.uid : undefined;
}
