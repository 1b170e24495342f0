/** Statuses of OpenStack services that are no answer, in the words of evidence. What they write beside them is not kept. */
import type { Unanswered } from "../http/one-try.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";

const byStatus: { readonly [status: number]: UnavailableReason } = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  405: "not-served",
  406: "not-served",
  408: "timeout",
  413: "too-large",
  501: "not-served",
  504: "timeout",
};

export type Refused = Unanswered;

export function refused(name: string, status: number): Refused {
  const redirect = status >= 300 && status < 400;
  const reason = byStatus[status] ?? (redirect ? "malformed" : "server-error");
  const message = redirect
    ? `${name} answered with a redirect (${status}), which is not followed`
    : `${name} answered ${status}`;
  return { ok: false, reason, message, status };
}
