/** Lists of whole objects, for looking after what runs made. */
import { bytesSink } from "../../http/body.ts";
import type { Reading } from "../../model/fact.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { listPages } from "../list.ts";

const mostBytes = 32 * 1024 * 1024;

/** Shows each object once; what was shown is void when the list could not be read to its end. */
export async function listObjects(
  channel: Channel,
  path: string,
  labelSelector: string | undefined,
  item: (object: JsonObject) => void,
): Promise<Reading<{ readonly serverTime: string | undefined }>> {
  let objects: JsonObject[] = [];
  const listed = await listPages(
    (page, accept) =>
      channel.fetch({
        path: page,
        accept,
        maxBytes: mostBytes,
        anonymous: false,
        answers: [],
        sink: () => bytesSink(mostBytes),
      }),
    path,
    labelSelector === undefined ? {} : { labelSelector },
    (object) => {
      if (isJsonObject(object)) objects.push(object);
    },
    () => {
      objects = [];
    },
  );
  if (!listed.ok) return listed;
  objects.forEach(item);
  return listed;
}
