/** What GitHub's refusals mean, and what to do next (docs.github.com, REST API: troubleshooting; measured on a loopback). */

export type FaultKind =
  | "unauthorized"
  /** The token lacks a permission. */
  | "forbidden"
  | "not-found"
  | "conflict"
  | "invalid"
  /** Too many requests for now. */
  | "limited"
  /** No answer, or one that leaves open what was done. */
  | "unknown";

/** Thrown inside this folder only; every use case of it turns it into data at its edge. */
export class GithubFault extends Error {
  override readonly name = "GithubFault";
  readonly kind: FaultKind;
  readonly advice: string;
  readonly status: number;

  constructor(kind: FaultKind, message: string, advice: string, status = 0) {
    super(message);
    this.kind = kind;
    this.advice = advice;
    this.status = status;
  }
}

/** What went wrong at GitHub, as use cases hand it on. */
export interface Refusal {
  /** `unknown`: nobody can tell what became of it. */
  readonly outcome: "refused" | "unknown";
  readonly kind: FaultKind;
  readonly text: string;
  readonly advice: string;
}

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GithubFault)) throw error;
  const { kind, message: text, advice } = error;
  return { outcome: kind === "unknown" || kind === "limited" ? "unknown" : "refused", kind, text, advice };
}

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly data: unknown;
}

/** `doing`: a clause such as `opening a pull request`. */
export function faultOf(doing: string, { status, headers, data }: Answer): GithubFault {
  const words = messageOf(data);
  const said = words === "" ? "" : `: ${words}`;
  const make = (kind: FaultKind, text: string, advice: string) => new GithubFault(kind, text, advice, status);
  if (status >= 300 && status < 400) {
    return make("not-found", `${doing}: it has moved (${status})`, "Name the repository as it is called now.");
  }
  if (status === 401) {
    return make(
      "unauthorized",
      `GitHub does not know this token (401)${said}`,
      "Renew it; see GITHUB_TOKEN, --token-file.",
    );
  }
  if (isLimit(status, headers, words)) {
    return make("limited", `${doing}: GitHub wants fewer requests for now (${status})`, waitAdvice(headers));
  }
  if (status === 403) {
    const needed = String(headers["x-accepted-github-permissions"] ?? "");
    const permission = /^[a-z_=,; ]{1,200}$/.test(needed) ? `the permission ${needed}` : "a permission for it";
    return make("forbidden", `${doing}: the token lacks ${permission} (403)${said}`, `Give the token ${permission}.`);
  }
  if (status === 404) {
    const text = `${doing}: it is not there, or this token may not see it (404)`;
    return make("not-found", text, "Look at the name, and at what the token may read.");
  }
  if (status === 409)
    return make("conflict", `${doing}: it is in no state for that (409)${said}`, "Look at the repository.");
  if (status === 422) return make("invalid", `${doing}: GitHub refuses it (422)${said}`, "Look at what it says.");
  return make(
    "unknown",
    `${doing}: GitHub answered ${status}${said}`,
    "Try again later; it looks first what is there.",
  );
}

function isLimit(status: number, headers: Answer["headers"], words: string): boolean {
  if (status === 429) return true;
  return (
    status === 403 && (/\bsecondary rate\b|abuse/i.test(words) || String(headers["x-ratelimit-remaining"]) === "0")
  );
}

function waitAdvice(headers: Answer["headers"]): string {
  const seconds = Number(headers["retry-after"]);
  return `Try again ${seconds > 0 && seconds < 100_000 ? `in ${seconds} s` : "later"}; it looks first what is there.`;
}

/** GitHub's own words, with those about single fields; one line. */
function messageOf(data: unknown): string {
  if (typeof data !== "object" || data === null) return "";
  const { message, errors } = data as { readonly message?: unknown; readonly errors?: unknown };
  const fields = Array.isArray(errors) ? errors.map(fieldText).filter((text) => text !== "") : [];
  const text = [typeof message === "string" ? message : "", ...fields].join("; ");
  return text.replace(/\p{C}/gu, "\ufffd").slice(0, 300);
}

function fieldText(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return "";
  const { message, field, code } = error as { readonly [key: string]: unknown };
  return typeof message === "string" ? message : `${String(field ?? "")} ${String(code ?? "")}`.trim();
}
