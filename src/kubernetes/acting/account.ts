/** Requests in the name of a ServiceAccount of the run, with a token that ends soon (TokenRequest, KEP-1205). */
import { textSink } from "../../http/body.ts";
import { isToken } from "../../http/token.ts";
import type { AccountClient, OwnObject } from "../../model/acting.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { objectIn, postObject, reviewed } from "./objects.ts";

/** The shortest that an API server gives. */
const seconds = 600;
const mostBytes = 1024 * 1024;

/** A channel that sends this token and nothing else of ours. */
export type ChannelAs = (token: string) => Channel;

export async function accountClient(
  channel: Channel,
  { namespace, name }: OwnObject,
  channelAs: ChannelAs,
): Promise<Reading<AccountClient>> {
  const request = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: seconds },
  };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const sent = await postObject(channel, path, request);
  if (!sent.ok) return unread(sent.reason, sent.message);
  const { status } = sent.value.value;
  const token = isJsonObject(status) ? status.token : undefined;
  const claims = typeof token === "string" && isToken(token) ? claimsOf(token) : undefined;
  if (claims === undefined)
    return unread("malformed", "the TokenRequest was answered without a token that can be read");
  return read(clientOver(channelAs(token as string), claims));
}

function clientOver(channel: Channel, claims: JsonObject): AccountClient {
  const once = { accept: "application/json", anonymous: false, repeatable: () => false } as const;
  return {
    claims,
    async get(path, { answers = [], maxBytes = mostBytes } = {}) {
      const fetched = await channel.fetch({ ...once, path, maxBytes, answers, sink: () => textSink(maxBytes) });
      if (!fetched.ok) return unread(fetched.reason, fetched.message);
      const { status, headers, value } = fetched.value;
      return read({ status, headers, body: value });
    },
    async review(path, review) {
      const sent = await postObject(channel, path, review);
      return sent.ok ? reviewed(sent.value.value) : unread(sent.reason, sent.message);
    },
  };
}

function claimsOf(token: string): JsonObject | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  return objectIn(Buffer.from(payload, "base64url").toString());
}
