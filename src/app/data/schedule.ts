/** Ends of life out of data/releases/schedule.yaml and eol.yaml of kubernetes/website (CC BY 4.0). */
import { parseDocument } from "yaml";
import type { KubernetesReleasesFact } from "../../model/facts/inputs.ts";
import { parseInstant } from "../../model/instant.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Sourced } from "./releases.ts";

type Minor = KubernetesReleasesFact["minors"][number];
type Dates = Omit<Minor, "minor">;

/** Known minors with dates added or changed, and newer ones; a fault leaves all as it was. */
export function withSchedule(known: readonly Minor[], schedule: string): Sourced<readonly Minor[]> {
  return merged(known, entries(schedule, "schedules"), (entry) => ({
    released: date(entry.releaseDate),
    endOfLifePlanned: date(entry.endOfLifeDate),
  }));
}

export function withEnded(known: readonly Minor[], eol: string): Sourced<readonly Minor[]> {
  return merged(known, entries(eol, "branches"), (entry) => ({ endOfLifeRecorded: date(entry.endOfLifeDate) }));
}

type Read = { readonly [K in keyof Dates]: string | undefined };

/** Plain scalars stay text: 1.30 is a minor, not the number 1.3. */
function entries(text: string, key: string): readonly JsonObject[] | undefined {
  const document = parseDocument(text, { schema: "failsafe", uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
  const list = isJsonObject(value) ? value[key] : undefined;
  return Array.isArray(list) && list.every(isJsonObject) ? list : undefined;
}

function date(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.length === 10 && parseInstant(value) ? value : undefined;
}

function merged(
  known: readonly Minor[],
  list: readonly JsonObject[] | undefined,
  read: (entry: JsonObject) => Read,
): Sourced<readonly Minor[]> {
  if (list === undefined || list.length === 0) return { fault: "it is not in the form that is known" };
  const minors = new Map(known.map((minor) => [minor.minor, minor]));
  const oldest = order(known[0]?.minor ?? "1.0");
  const notes: string[] = [];
  for (const entry of list) {
    const name = typeof entry.release === "string" ? entry.release : "";
    if (!/^1\.\d{1,3}$/.test(name)) return { fault: `${JSON.stringify(name.slice(0, 40))} is no minor release` };
    if (order(name) < oldest) continue;
    const before = minors.get(name);
    const dates = read(entry);
    if (Object.values(dates).every((one) => one === undefined))
      return { fault: `${name} has no date that can be read` };
    const after: { -readonly [K in keyof Minor]: Minor[K] } = { ...(before ?? { minor: name }) };
    for (const key of Object.keys(dates) as (keyof Dates)[]) {
      const value = dates[key];
      if (value === undefined || value === after[key]) continue;
      if (before) notes.push(`${name}: ${key} ${after[key] ?? "unknown"}, now ${value}`);
      after[key] = value;
    }
    if (!before) notes.push(`new: ${name}`);
    minors.set(name, after);
  }
  return { value: [...minors.values()].sort((a, b) => order(a.minor) - order(b.minor)), notes };
}

const order = (minor: string): number => Number(minor.split(".")[1]);
