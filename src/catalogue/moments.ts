/** Moments that people write: a UTC instant, or a date for 00:00Z of its day. */
import type { InputFault } from "../model/faults.ts";
import { parseInstant } from "../model/instant.ts";
import type { Instant, Moment } from "../model/vocabulary.ts";
import type { Located, Path } from "./located.ts";

/** The instant of a moment that has been checked; of one that no calendar has, what was written. */
export function momentOf(moment: Moment): Instant {
  return parseInstant(moment) ?? moment;
}

/** A fault for each of the keys whose day or time does not exist: the schema sees digits only. */
export function momentFaults<Key extends string>(
  value: { readonly [K in Key]: Moment },
  keys: readonly Key[],
  path: Path,
  located: Located,
): InputFault[] {
  return keys
    .filter((key) => parseInstant(value[key]) === undefined)
    .map((key) => located.at([...path, key], `${JSON.stringify(value[key])} is no day or time that exists`));
}
