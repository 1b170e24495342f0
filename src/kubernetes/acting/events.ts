/** What the cluster's components said about an object of the run. */
import type { OwnObject } from "../../model/acting.ts";
import type { ClusterReader } from "../../model/cluster.ts";
import { type Reading, read } from "../../model/fact.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";

const most = 20;
const longest = 300;

interface Told {
  readonly at: string;
  readonly text: string;
}

export async function eventsAbout(
  reader: Pick<ClusterReader, "list">,
  { namespace, name }: OwnObject,
): Promise<Reading<readonly string[]>> {
  const told: Told[] = [];
  const look = (event: unknown): void => {
    const one = isJsonObject(event) ? eventOf(event) : undefined;
    if (one !== undefined) told.push(one);
  };
  const restart = (): void => {
    told.length = 0;
  };
  const options = { limit: 100, fieldSelector: `involvedObject.name=${name}` };
  const listed = await reader.list(`/api/v1/namespaces/${namespace}/events`, options, look, restart);
  if (!listed.ok) return listed;
  const order = told.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return read([...new Set(order.map(({ text }) => text))].slice(-most));
}

function eventOf({ reason, message, lastTimestamp, eventTime, metadata }: JsonObject): Told | undefined {
  if (typeof reason !== "string" || typeof message !== "string") return undefined;
  const created = isJsonObject(metadata) ? metadata.creationTimestamp : undefined;
  const at = [lastTimestamp, eventTime, created].find((time) => typeof time === "string");
  return { at: typeof at === "string" ? at : "", text: plain(`${reason}: ${message}`) };
}

/** Whoever may write events may write anything: one line, no characters that act. */
function plain(text: string): string {
  const line = text
    .slice(0, 4 * longest)
    .replace(/\p{C}|[\u2028\u2029]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 3)}...` : line;
}
