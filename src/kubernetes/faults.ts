/** Statuses of the API server that are no answer, in the words of evidence. */
import { cleanMessage } from "../http/clean-message.ts";
import { type Unread, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";

const noSuchResource = "the server could not find the requested resource";

const byStatus: { readonly [status: number]: UnavailableReason } = {
  401: "unauthorized",
  403: "forbidden",
  405: "not-served",
  406: "not-served",
  408: "timeout",
  415: "not-served",
  504: "timeout",
};

function reasonOf(status: number, message: string | undefined): UnavailableReason {
  if (status === 404) return message === undefined || message === noSuchResource ? "not-served" : "not-found";
  return byStatus[status] ?? (status >= 300 && status < 400 ? "malformed" : "server-error");
}

function statusMessage(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value.kind === "Status" && typeof value.message === "string"
      ? value.message
      : undefined;
  } catch {
    return undefined;
  }
}

/** A status that is no answer, as an unavailable reading. `text` is the body, as far as it was read. */
export function refusalOf(status: number, text: string, confidential: readonly string[]): Unread {
  const message = statusMessage(text);
  const reason = reasonOf(status, message);
  if (status >= 300 && status < 400)
    return unread(reason, `the API server answered with a redirect (${status}), which is not followed`);
  const said = message === undefined || message === "" ? "" : `: ${cleanMessage(message, confidential)}`;
  return unread(reason, `the API server answered ${status}${said}`);
}
