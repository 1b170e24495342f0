/** Nothing is made that this user could not take away again: asked of the API server before the first object of a kind. */
import { makesPods, unmakingVerbs } from "../../model/acting-rights.ts";
import { reviewPaths } from "../../model/asking.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { namespaceName } from "./marks.ts";
import { postObject } from "./objects.ts";

/** Whether what is made in a collection can be looked for and removed; asks once for each. */
export type MayUnmake = (collection: string) => Promise<Reading<undefined>>;

interface Place {
  readonly group: string;
  readonly resource: string;
  readonly namespace: string | undefined;
}

const collectionPath = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)$/;

export function createMayUnmake(channel: Channel, run: string): MayUnmake {
  const asked = new Map<string, Promise<Reading<undefined>>>();
  return (collection) => {
    const [, group = "", namespace, resource = ""] = collectionPath.exec(collection) ?? [];
    // what lies in a namespace of the run's own goes with that
    if (namespace?.startsWith(namespaceName(run))) return Promise.resolve(read(undefined));
    const known = asked.get(collection) ?? askFor(channel, { group, resource, namespace });
    asked.set(collection, known);
    return known;
  };
}

async function askFor(channel: Channel, place: Place): Promise<Reading<undefined>> {
  const pods = makesPods(place.resource) ? [{ verb: "list", place: { ...place, group: "", resource: "pods" } }] : [];
  const needed = [...unmakingVerbs.map((verb) => ({ verb, place })), ...pods];
  const refused = await Promise.all(needed.map((one) => isRefused(channel, one.place, one.verb)));
  const lacking = needed.filter((_, index) => refused[index]);
  if (lacking.length === 0) return read(undefined);
  const words = lacking.map((one) => `${one.verb} ${one.place === place ? "it" : "its pods"}`).join(", ");
  return unread("forbidden", `nothing is made that could not be removed, and this user may not ${words}`);
}

/** Only a clear no counts: who does not answer has not refused. */
async function isRefused(channel: Channel, { group, resource, namespace }: Place, verb: string): Promise<boolean> {
  const resourceAttributes = { verb, group, resource, ...(namespace === undefined ? {} : { namespace }) };
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes },
  };
  const sent = await postObject(channel, reviewPaths.selfSubjectAccess, review);
  if (!sent.ok) return false;
  const { status } = sent.value.value;
  return isJsonObject(status) && status.allowed === false;
}
