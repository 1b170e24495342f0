/** What went wrong with a read, in the words of evidence: the one place that maps errors and statuses to reasons. */
import type { Reading } from "../model/fact.ts";
import { unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";

export interface Failure {
  readonly reason: UnavailableReason;
  readonly message: string;
  /** The connection broke, as opposed to the server being silent or wrong: another try may help. */
  readonly broken: boolean;
}

export const failure = (reason: UnavailableReason, message: string, broken = false): Failure => ({
  reason,
  message,
  broken,
});

const unreachable: { readonly [code: string]: string } = {
  ECONNREFUSED: "the API server's address refuses connections",
  ENOTFOUND: "the API server's name cannot be resolved",
  EAI_AGAIN: "the API server's name cannot be resolved just now",
  EHOSTUNREACH: "there is no route to the API server",
  ENETUNREACH: "there is no route to the API server's network",
  EADDRNOTAVAIL: "there is no route to the API server from here",
  EACCES: "connecting to the API server is not permitted here",
};

const tlsMessages: { readonly [code: string]: string } = {
  CERT_HAS_EXPIRED: "the API server's certificate has expired",
  CERT_NOT_YET_VALID: "the API server's certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "the API server's certificate is for another name or address",
  SELF_SIGNED_CERT_IN_CHAIN: "the API server's certificate is not signed by the kubeconfig's certificate authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the API server's certificate is self-signed and not in the kubeconfig",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "the API server's certificate is not signed by the kubeconfig's certificate authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "the API server's certificate is not signed by the kubeconfig's certificate authority",
};

/** A fault of ours in the clothes of a system error, raised where only errors can be raised (tunnels, sinks). */
export class ReadFault extends Error {
  readonly failure: Failure;

  constructor(known: Failure) {
    super(known.message);
    this.name = "ReadFault";
    this.failure = known;
  }
}

/** Names the fault of a connection. Never quotes the error: its text holds addresses. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ReadFault) return error.failure;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = unreachable[code];
  if (known !== undefined) return failure("unreachable", known);
  const tls = tlsMessages[code];
  if (tls !== undefined) return failure("tls", tls);
  if (code === "ECONNRESET" || code === "EPIPE") {
    return failure("unreachable", "the connection to the API server was broken off", true);
  }
  if (code === "ETIMEDOUT") return failure("timeout", "the API server does not answer on its address");
  if (code.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return failure("malformed", "the API server's compressed answer is damaged");
  }
  if (code.startsWith("HPE_")) return failure("malformed", "the API server's answer is not HTTP");
  if (/^(ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|CRL_|UNABLE_|INVALID_|HOSTNAME_|PATH_LENGTH|EPROTO)/.test(code)) {
    return failure("tls", `TLS with the API server failed (${code})`);
  }
  return failure("unreachable", `the API server cannot be reached${code === "" ? "" : ` (${code})`}`);
}

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

/** A server's sentence made safe to keep: no control characters, no names of users or addresses, 300 characters. */
export function cleanMessage(text: string, confidential: readonly string[]): string {
  let clean = text
    .slice(0, 2_000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[Uu]ser "[^"]*"/g, "the caller");
  for (const secret of confidential) if (secret.length > 3) clean = clean.replaceAll(secret, "(redacted)");
  clean = clean
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"]+/gi, "(address)")
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, "(address)")
    .replace(/\[[0-9a-f:.]*:[0-9a-f:.]*\](:\d+)?/gi, "(address)");
  return clean.length > 300 ? `${clean.slice(0, 299).trimEnd()}…` : clean.trim();
}

/** A status that is no answer, as an unavailable reading. `text` is the body, as far as it was read. */
export function refusalOf(status: number, text: string, confidential: readonly string[]): Reading<never> {
  const message = statusMessage(text);
  const reason = reasonOf(status, message);
  if (status >= 300 && status < 400)
    return unread(reason, `the API server answered with a redirect (${status}), which is not followed`);
  const said = message === undefined || message === "" ? "" : `: ${cleanMessage(message, confidential)}`;
  return unread(reason, `the API server answered ${status}${said}`);
}
