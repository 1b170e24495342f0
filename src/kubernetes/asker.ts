/** The asker of tier `dry-run`: every object goes with `dryRun=All`, and the answer has to say that nothing was stored. */

import { textSink } from "../http/body.ts";
import type { AskOptions, ClusterAsker, ReviewPath, Said } from "../model/asking.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { Defect } from "../model/faults.ts";
import type { JsonObject } from "../model/json.ts";
import { objectIn, refusals, reviewed } from "./acting/objects.ts";
import type { Channel, Payload } from "./channel.ts";

const mostBytes = 1024 * 1024;

const kinds: { readonly [P in ReviewPath]: string } = {
  "/apis/authorization.k8s.io/v1/subjectaccessreviews": "SubjectAccessReview",
  "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews": "SelfSubjectAccessReview",
};

export function createAsker(channel: Channel): ClusterAsker {
  const send = async (
    path: string,
    payload: Payload,
    answers: readonly number[],
    { as }: AskOptions = {},
  ): Promise<Reading<Said>> => {
    if (!/^\/apis?\/[\x21-\x7e]+$/.test(path) || path.includes("?"))
      throw new Defect(`not a path to ask: ${JSON.stringify(path)}`);
    const fetched = await channel.fetch({
      path: answers.length === 0 ? path : `${path}?dryRun=All`,
      accept: "application/json",
      maxBytes: mostBytes,
      anonymous: false,
      answers,
      payload,
      ...(as ? { headers: { "impersonate-user": as.user, "impersonate-group": [...as.groups] } } : {}),
      sink: () => textSink(mostBytes),
    });
    if (!fetched.ok) return unread(fetched.reason, fetched.message);
    const body = objectIn(fetched.value.value);
    return body === undefined
      ? unread("malformed", "the API server's answer is not a JSON object")
      : read({ status: fetched.value.status, body });
  };
  return {
    create: (path, object, options) => send(path, json("POST", "application/json", object), refusals, options),
    patch: (path, patch, options) =>
      send(path, json("PATCH", "application/merge-patch+json", patch), refusals, options),
    review: async (path, spec) => {
      const review = { apiVersion: "authorization.k8s.io/v1", kind: kinds[path], spec };
      const said = await send(path, json("POST", "application/json", review), []);
      return said.ok ? reviewed(said.value.body) : said;
    },
  };
}

function json(method: Payload["method"], contentType: string, value: JsonObject): Payload {
  return { method, contentType, text: JSON.stringify(value) };
}
