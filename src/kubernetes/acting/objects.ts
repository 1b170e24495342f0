/** Single objects of an API server, made and unmade: each request once, or again where that can do nothing twice. */
import { textSink } from "../../http/body.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Channel, Fetch, Payload } from "../channel.ts";

const mostBytes = 1024 * 1024;
/** Refusals by admission, quota and validation. 403 may also be a missing right. */
export const refusals = [403, 409, 422];

export interface Sending {
  readonly answers?: readonly number[];
  readonly repeatable?: (status: number) => boolean;
}

/** What a removal has to fit: an object of the same name that somebody else made since is another. */
export interface Removal {
  readonly uid: string;
  /** Comes to its end only when what the object's controller made is gone. */
  readonly foreground: boolean;
}

export type SentObject = Fetch<JsonObject>;

const tooManyRequests = (status: number): boolean => status === 429;

export function getObject(channel: Channel, path: string): Promise<SentObject> {
  return send(channel, path, undefined, {});
}

/** POST: repeated only when the API server said that it did nothing. */
export function postObject(channel: Channel, path: string, object: JsonObject, sending: Sending = {}) {
  return send(channel, path, payload("POST", "application/json", object), { repeatable: tooManyRequests, ...sending });
}

export function patchObject(channel: Channel, path: string, patch: JsonObject) {
  return send(channel, path, payload("PATCH", "application/merge-patch+json", patch), { answers: refusals });
}

/** 404: it is gone. 409: what bears the name now is another object. */
export function deleteObject(channel: Channel, path: string, { uid, foreground }: Removal) {
  const options = {
    apiVersion: "v1",
    kind: "DeleteOptions",
    preconditions: { uid },
    propagationPolicy: foreground ? "Foreground" : "Background",
  };
  return send(channel, path, payload("DELETE", "application/json", options), {});
}

async function send(
  channel: Channel,
  path: string,
  body: Payload | undefined,
  { answers = [], repeatable }: Sending,
): Promise<SentObject> {
  const fetched = await channel.fetch({
    path,
    accept: "application/json",
    maxBytes: mostBytes,
    anonymous: false,
    answers,
    payload: body,
    sink: () => textSink(mostBytes),
    ...(repeatable === undefined ? {} : { repeatable }),
  });
  if (!fetched.ok) return fetched;
  const value = objectIn(fetched.value.value);
  if (value !== undefined) return { ok: true, value: { ...fetched.value, value } };
  const { status } = fetched.value;
  return { ok: false, reason: "malformed", message: "the API server's answer is not a JSON object", status };
}

function payload(method: Payload["method"], contentType: string, value: JsonObject): Payload {
  return { method, contentType, text: JSON.stringify(value) };
}

export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a review says, in its `status`. */
export function reviewed({ status }: JsonObject): Reading<JsonObject> {
  return isJsonObject(status) ? read(status) : unread("malformed", "the review was answered without a status");
}

/** `metadata.uid`, `metadata.annotations`, ... of an object that a cluster sent. */
export function metadataOf(object: JsonObject): JsonObject {
  return isJsonObject(object.metadata) ? object.metadata : {};
}

export function uidOf(object: JsonObject): string | undefined {
  const { uid } = metadataOf(object);
  return typeof uid === "string" && /^[0-9a-f-]{36}$/i.test(uid) ? uid : undefined;
}

/** Controllers make pods: these go first. */
export function hasTemplate({ spec }: JsonObject): boolean {
  return isJsonObject(spec) && isJsonObject(spec.template);
}
