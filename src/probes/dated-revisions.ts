/** Revisions of etcd with the time at which each was written: what Leases and Events carry on themselves. */
import { instantAt, millisecondsOf } from "../model/instant.ts";
import { inOrder, instantOf, listAt, textAt, valueAt } from "./untrusted.ts";

export interface DatedRevision {
  /** In requests: as the server wrote it. */
  readonly resourceVersion: string;
  readonly at: string;
}

const form = /^[1-9]\d{0,15}$/;
/** Clocks of writers and of the API server differ a little. */
const tolerance = 5_000;

/** A list's own revision: the newest there is. Undefined where it is no number of etcd. */
export function revisionOf(list: unknown): number | undefined {
  const text = textAt(list, "metadata", "resourceVersion");
  return text !== undefined && form.test(text) ? Number(text) : undefined;
}

/** One of each revision below `newest`, oldest first. Objects of the future, or without a time, are left out. */
export function datedRevisions(objects: readonly unknown[], newest: number, now: number): readonly DatedRevision[] {
  const found = new Map<number, DatedRevision>();
  for (const object of objects) {
    const resourceVersion = textAt(object, "metadata", "resourceVersion");
    const at = writtenAt(object);
    if (resourceVersion === undefined || at === undefined || !form.test(resourceVersion)) continue;
    if (Number(resourceVersion) >= newest || at > now + tolerance) continue;
    found.set(Number(resourceVersion), { resourceVersion, at: instantAt(at) });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, revision]) => revision);
}

/**
 * When the object was last written: by the API server's notes on it (managedFields, creation), by a Lease's renewal; by what an
 * Event says of itself only where there are no notes, as that is another machine's clock.
 */
function writtenAt(object: unknown): number | undefined {
  const notes = [
    instantOf(object, "metadata", "creationTimestamp"),
    ...listAt(object, "metadata", "managedFields").map((entry) => instantOf(entry, "time")),
    instantOf(object, "spec", "renewTime"),
  ].filter((time) => time !== undefined);
  const own = [instantOf(object, "lastTimestamp"), instantOf(object, "eventTime")].filter((time) => time !== undefined);
  const noted = valueAt(object, "metadata", "managedFields") !== undefined || notes.length > 1;
  const newest = [...(noted ? notes : [...notes, ...own])].sort(inOrder).at(-1);
  return newest === undefined ? undefined : millisecondsOf(newest);
}
