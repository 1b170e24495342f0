/** Readings that probes make of what they read. */
import type { ClusterReader, ListOptions } from "../model/cluster.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";

/** What the cluster sent does not have the form that Kubernetes documents. */
export function malformed(what: string): Unread {
  return unread("malformed", `${what} does not have the form that Kubernetes documents`);
}

export interface Reduced<T> {
  readonly items: readonly T[];
  readonly serverTime: string | undefined;
}

/**
 * Reads a list page by page and keeps of each object only what `reduce` returns. An object that cannot be reduced makes the
 * whole list malformed: a subject left out without a word could let a check pass.
 */
export async function reduceList<T>(
  cluster: ClusterReader,
  path: string,
  options: ListOptions,
  reduce: (object: unknown) => T | undefined,
): Promise<Reading<Reduced<T>>> {
  const items: T[] = [];
  let misfits = 0;
  const look = (object: unknown): void => {
    const item = reduce(object);
    if (item === undefined) misfits += 1;
    else items.push(item);
  };
  const restart = (): void => {
    items.length = 0;
    misfits = 0;
  };
  const reading = await cluster.list(path, options, look, restart);
  if (!reading.ok) return reading;
  if (misfits > 0) return malformed(`${misfits} of the objects listed`);
  return read({ items, serverTime: reading.value.serverTime });
}
