/** The last question of a run: what still bears its label? */
import type { Channel } from "../channel.ts";
import type { Remainder } from "./clean-up.ts";
import type { Made } from "./ledger.ts";
import { listObjects } from "./list-objects.ts";
import { selectorOf } from "./marks.ts";
import { metadataOf } from "./objects.ts";

const namespaces = "/api/v1/namespaces";

/**
 * Asked of every collection in which the run made something, and, in a namespace that the caller named, of its pods, which
 * controllers make. What may not be listed has been looked at one by one before.
 */
export async function closingQuery(channel: Channel, { head, entries }: Made): Promise<readonly Remainder[]> {
  const used = [...entries.values()]
    .filter(({ step }) => step !== "follows")
    .map(({ path }) => path.slice(0, path.lastIndexOf("/")));
  const pods = head.namespace === undefined ? [] : [`${namespaces}/${head.namespace}/pods`];
  const inOwn = (path: string) => head.namespace === undefined && path.includes("/namespaces/");
  const remains: Remainder[] = [];
  for (const collection of new Set([...used, ...pods].filter((path) => !inOwn(path)))) {
    await listObjects(channel, collection, selectorOf(head.run), (object) => {
      const { name } = metadataOf(object);
      if (typeof name === "string" && /^[a-z0-9][a-z0-9.:-]{0,252}$/.test(name))
        remains.push({ path: `${collection}/${name}`, because: "it still bears the run's label" });
    });
  }
  return remains;
}
