/** Readings that probes of the cloud's view make of what they read. */
import type { CloudReader, CloudReadOptions, CloudService } from "../model/cloud.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";
import type { ProbeContext } from "../model/probe.ts";
import { textAt, valueAt } from "./untrusted.ts";

/** Completes "n need ...": reading is all that is asked for. */
export const readerRole = "the role `reader` or `member` in the project of the cluster's servers";

/** Completes "n need ..." where it is not proven that this is the cluster's cloud. */
export const provenNodes = "nodes whose servers stand in this cloud";

/**
 * What the cloud shows counts once a node's server was found in it: another cloud's offer says nothing of this cluster.
 * Undefined when that is so.
 */
export async function unproven({ fact }: Pick<ProbeContext, "fact">): Promise<Unread | undefined> {
  const servers = await fact("cloud/servers");
  if (servers.status === "unavailable" && servers.reason !== "not-found")
    return unread(servers.reason, servers.message);
  if (servers.status === "collected" && servers.value.servers.length > 0) return undefined;
  return unread("not-visible", "no node's server was found in this cloud, so that it may be another one");
}

/** What a service sent does not have the form of its API reference. */
export function malformedBy(service: string, what: string): Unread {
  return unread("malformed", `${service}'s answer has no ${what} in the form of its API reference`);
}

/** A whole number of at least 0 at a path. */
export function amountAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : undefined;
}

/** Asks by the first of these microversions that the service speaks. */
export async function byMicroversion(
  cloud: CloudReader,
  service: CloudService,
  path: string,
  microversions: readonly (string | undefined)[],
): Promise<Reading<unknown>> {
  let reading: Reading<unknown> = unread("not-served", "no microversion was asked for");
  for (const microversion of microversions) {
    const options: CloudReadOptions = microversion === undefined ? {} : { microversion };
    reading = await cloud.get(service, path, options);
    if (reading.ok || reading.reason !== "not-served") return reading;
  }
  return reading;
}

/** Of a list, what `reduce` keeps of each element; one that cannot be reduced makes the list malformed. */
export function reduced<T>(
  reading: Reading<readonly unknown[]>,
  service: string,
  what: string,
  reduce: (element: unknown) => T | undefined,
): Reading<readonly T[]> {
  if (!reading.ok) return reading;
  const items = reading.value.map(reduce);
  const whole = items.filter((item) => item !== undefined);
  return whole.length === items.length ? read(whole) : malformedBy(service, what);
}

const longestSpec = 200;

/** Extra specs of SCS, undefined when the service shows none at all to this user. */
export function scsSpecs(specs: unknown): { [key: string]: string } | undefined {
  if (typeof specs !== "object" || specs === null || Array.isArray(specs)) return undefined;
  const kept = Object.keys(specs)
    .filter((key) => /^scs:[a-z0-9_-]{1,60}$/.test(key))
    .sort();
  return Object.fromEntries(
    kept.flatMap((key) => {
      const value = textAt(specs, key);
      return value === undefined || value.length > longestSpec ? [] : [[key, value]];
    }),
  );
}
