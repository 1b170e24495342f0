/** The last question of a run: what still bears its label? */
import { makesPods } from "../../model/acting-rights.ts";
import type { Channel } from "../channel.ts";
import type { Remainder } from "./clean-up.ts";
import type { Made } from "./ledger.ts";
import { listObjects } from "./list-objects.ts";
import { selectorOf } from "./marks.ts";
import { metadataOf } from "./objects.ts";

/**
 * Asked of every collection in which the run made something that does not go with a namespace of its own, and of the pods
 * that controllers made in one that the caller named. What cannot be listed is not known to be empty, and said.
 */
export async function closingQuery(channel: Channel, made: Made): Promise<readonly Remainder[]> {
  const remains: Remainder[] = [];
  for (const collection of collectionsOf(made)) {
    const listed = await listObjects(channel, collection, selectorOf(made.head.run), (object) => {
      const { name } = metadataOf(object);
      if (typeof name === "string" && /^[a-z0-9][a-z0-9.:-]{0,252}$/.test(name))
        remains.push({ path: `${collection}/${name}`, because: "it still bears the run's label" });
    });
    if (!listed.ok && listed.reason !== "not-served")
      remains.push({
        path: `${collection}/all`,
        because: `whether more of the run is there is not seen: ${listed.message}`,
      });
  }
  return remains;
}

function collectionsOf({ head, entries }: Made): ReadonlySet<string> {
  const used = [...entries.values()]
    .filter(({ step }) => step !== "follows")
    .map(({ path }) => path.slice(0, path.lastIndexOf("/")))
    .filter((collection) => head.namespace !== undefined || !collection.includes("/namespaces/"));
  const pods = used.some((collection) => makesPods(collection.slice(collection.lastIndexOf("/") + 1)))
    ? [`/api/v1/namespaces/${head.namespace}/pods`]
    : [];
  return new Set([...used, ...pods]);
}
