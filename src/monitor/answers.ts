/** What each answer of the monitor means, and what to do next (compliance-monitor/monitor.py, post_report; measured). */

import type { Failure } from "../http/failure.ts";
import { isJsonObject } from "../model/json.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";
import type { Answer } from "./exchange.ts";

export type Meaning =
  /** All documents are stored. */
  | { readonly kind: "stored" }
  /** At least one of them was there before; nothing was stored. */
  | { readonly kind: "conflict" }
  /** Nothing was stored, and sending the same again changes nothing. */
  | { readonly kind: "refused"; readonly text: string; readonly advice: string }
  /** Nobody can tell by this answer. `again`: it may pass by itself. */
  | { readonly kind: "unknown"; readonly text: string; readonly advice: string; readonly again: boolean };

export function meaningOf(answer: Answer | Failure): Meaning {
  return "reason" in answer ? ofSilence(answer) : ofAnswer(answer);
}

/** The answer to a look at a report that is there and of another subject than the account's. */
export function isHidden(answer: Answer | Failure): boolean {
  return "status" in answer && answer.status === 401 && detailOf(answer) === "Permission denied";
}

function ofAnswer(answer: Answer): Meaning {
  const { status } = answer;
  if (status === 200) return ofSuccess(answer);
  if (status === 401) return ofUnauthorized(detailOf(answer));
  if (status === 409) return { kind: "conflict" };
  if (status >= 300 && status < 400) {
    const text = `the monitor's address leads on to ${answer.redirect ?? "another"}; credentials are not carried there`;
    return { kind: "refused", text, advice: "Name the address that it leads to, if it is the monitor's." };
  }
  const known = refusals[status];
  if (known) return { kind: "refused", text: known[0], advice: known[1] };
  const again = status === 429 || status === 502 || status === 503 || status === 504;
  const text =
    status === 500
      ? "the monitor failed over the report (500)"
      : `the monitor answered ${status}${again ? ", which may pass" : ""}: ${detailOf(answer)}`;
  return { kind: "unknown", text, advice: `${later} Tell its operators if it stays so.`, again };
}

const wrongAddress = "Look whether --monitor names the monitor, not a page or a proxy.";

const later = "Submit again later: it looks first whether the report is there.";

function ofSuccess(answer: Answer): Meaning {
  const text = answer.text.trim();
  if (text === "null") return { kind: "stored" };
  if (detailOf(answer) === "empty reports") {
    return {
      kind: "refused",
      text: "the monitor found no report in what was sent",
      advice: "Check again; nothing is stored.",
    };
  }
  const found = "something answered 200 that does not speak as the monitor does";
  return {
    kind: "unknown",
    text: found,
    advice: wrongAddress,
    again: false,
  };
}

const refusals: { readonly [status: number]: readonly [text: string, advice: string] } = {
  403: [
    "something before the monitor forbids it (403); the monitor itself never answers so",
    "Ask who runs the proxy or the firewall.",
  ],
  404: ["there is no monitor at this address (404)", "Name the address below which /reports lies."],
  405: ["there is something else at this address (405)", "Name the address below which /reports lies."],
  413: ["something before the monitor finds the report too large (413)", "Hand in fewer runs at once."],
  415: [
    "the monitor does not take this kind of report (415)",
    "Its version differs: see whether a newer version of this tool fits.",
  ],
  422: [
    "the monitor does not understand the request (422)",
    "Its version differs: see whether a newer version of this tool fits.",
  ],
};

function ofUnauthorized(detail: string): Meaning {
  const [text, advice] = unauthorized[detail] ?? [
    `the monitor does not let this account in: ${detail}`,
    "Ask the monitor's operators.",
  ];
  return { kind: "refused", text, advice };
}

const credentials = "Look at the token file: base64 of subject:key, as the monitor's operators gave it out.";

/** By the words of the answer: one status, seven causes. */
const unauthorized: { readonly [detail: string]: readonly [text: string, advice: string] } = {
  "Incorrect username or password": ["the monitor does not know these credentials", credentials],
  "Not authenticated": [
    "no credentials arrived at the monitor",
    "Look whether a proxy drops the Authorization header.",
  ],
  "Invalid authentication credentials": ["the monitor cannot read these credentials", credentials],
  "missing signature": ["the signature did not arrive as one", "Look whether a proxy changes what is sent."],
  "verification failed": [
    "the monitor has not registered the key that signed for this account",
    "Sign with the registered key, or have the key registered in the monitor's bootstrap file.",
  ],
  "Permission denied": [
    "this account may not hand in for another subject",
    "Use the subject's own account, or have this one given the role append_any and made the subject's delegate.",
  ],
  "delegation problem?": [
    "the subject has not made this account its delegate",
    "Have it listed under the subject's delegates in the monitor's bootstrap file.",
  ],
};

/** The address refused, or TLS came to nothing: the report never left. */
function ofSilence({ reason, message, broken }: Failure): Meaning {
  const [advice, again] = silences[reason] ?? [later, false];
  const sent = broken || reason === "timeout" || reason === "malformed" || reason === "too-large";
  return { kind: "unknown", text: sent ? message : `${message}; nothing was sent`, advice, again };
}

const silences: { readonly [reason in UnavailableReason]?: readonly [advice: string, again: boolean] } = {
  unreachable: ["Look at the address, the network and HTTPS_PROXY.", true],
  tls: ["For a certificate authority of your own set NODE_EXTRA_CA_CERTS to its file.", false],
  timeout: [later, true],
  malformed: [wrongAddress, false],
  "too-large": [wrongAddress, false],
};

/** FastAPI's `{"detail": ...}`, else the beginning of the text. */
function detailOf({ text }: Answer): string {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value) && typeof value.detail === "string") return value.detail.slice(0, 200);
  } catch {
    // a proxy's page, or plain text
  }
  return text.trim().slice(0, 200) || "no words";
}
