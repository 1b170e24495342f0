/** Handing in: look what is there, send the rest once, and after an answer that leaves it open look again before repeating. */
import { digestOf } from "../model/digest.ts";
import type { Json } from "../model/json.ts";
import { isHidden, type Meaning, meaningOf } from "./answers.ts";
import type { Exchange } from "./exchange.ts";

/** Exactly this, without a charset: anything else is answered with 415. */
const contentType = "application/x-signed-yaml";

export interface Deliverable {
  readonly uuid: string;
  readonly value: Json;
}

export interface HandInOptions<D extends Deliverable> {
  readonly exchange: Exchange;
  readonly documents: readonly D[];
  /** Signature, `&` and text of some of the documents. */
  readonly bodyOf: (documents: readonly D[]) => Promise<string>;
  /** Whether a receipt says that this very document was taken: a delegate may not look at what it handed in. */
  readonly hasReceipt: (document: D) => boolean;
  /** Waits; rejects never. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export type HandedIn<D> =
  /** `seen`: it was read back and is the same. `sent`: those of the documents that were not there before. */
  | { readonly outcome: "stored"; readonly body: string; readonly sent: readonly D[]; readonly seen: boolean }
  | { readonly outcome: "there" }
  | { readonly outcome: "refused" | "unknown"; readonly text: string; readonly advice: string };

const tries = 3;

export async function handIn<D extends Deliverable>(options: HandInOptions<D>): Promise<HandedIn<D>> {
  const { documents, bodyOf, pause, exchange } = options;
  const before = await lookAll(documents, options);
  if ("outcome" in before) return before;
  if (!before.hidden.every(options.hasReceipt)) return taken;
  const { absent: sent } = before;
  if (sent.length === 0) return { outcome: "there" };
  const body = await bodyOf(sent);
  for (let attempt = 1; ; attempt++) {
    const meaning = meaningOf(await exchange({ method: "POST", path: "reports", contentType, body }));
    if (meaning.kind === "refused") return { outcome: "refused", text: meaning.text, advice: meaning.advice };
    const after = await lookAll(sent, options);
    const looked = "outcome" in after ? undefined : after;
    const there = looked?.absent.length === 0;
    const seen = there && looked.hidden.length === 0;
    if (meaning.kind === "stored" || there) return { outcome: "stored", body, sent, seen };
    if ("outcome" in after && after.outcome === "refused") return after;
    if (meaning.kind === "conflict") return unexplained;
    const absent = looked?.absent.length === sent.length;
    if (!absent || !meaning.again || attempt === tries) return open(meaning, absent);
    await pause(1000 * attempt);
  }
}

const taken = {
  outcome: "refused",
  text: "a report of this id is there already, and this account may not read it",
  advice: "Ask the subject whether it is the same; the monitor takes one of an id.",
} as const;

const unexplained = {
  outcome: "unknown",
  text: "the monitor says that a report of this id is there (409), and shows none",
  advice: "Ask the monitor's operators.",
} as const;

function open({ text, advice }: Meaning & { readonly kind: "unknown" }, absent: boolean): Stopped {
  const state = absent ? "the report is not there" : "whether the report is there could not be seen";
  return { outcome: "unknown", text: `${text}; ${state}`, advice };
}

type Stopped = Extract<HandedIn<never>, { outcome: "refused" | "unknown" }>;

interface Looked<D> {
  readonly absent: readonly D[];
  /** There, but this account may not read them. */
  readonly hidden: readonly D[];
}

/** What is there of the documents; stops at one that is there with other content, or that cannot be looked for. */
async function lookAll<D extends Deliverable>(
  documents: readonly D[],
  options: HandInOptions<D>,
): Promise<Looked<D> | Stopped> {
  const absent: D[] = [];
  const hidden: D[] = [];
  for (const document of documents) {
    const looked = await look(document, options);
    if (typeof looked === "object") return looked;
    if (looked === "absent") absent.push(document);
    if (looked === "hidden") hidden.push(document);
  }
  return { absent, hidden };
}

async function look<D extends Deliverable>(
  { uuid, value }: D,
  { exchange, pause }: HandInOptions<D>,
): Promise<"absent" | "hidden" | "same" | Stopped> {
  for (let attempt = 1; ; attempt++) {
    const answer = await exchange({ method: "GET", path: `reports/${uuid}` });
    if ("status" in answer && answer.status === 404) return "absent";
    if ("status" in answer && answer.status === 200) return compared(uuid, value, answer.text);
    if (isHidden(answer)) return "hidden";
    const meaning = meaningOf(answer);
    if (meaning.kind === "refused") return { outcome: "refused", text: meaning.text, advice: meaning.advice };
    if (meaning.kind !== "unknown") return strange;
    if (!meaning.again || attempt === tries) return { outcome: "unknown", text: meaning.text, advice: meaning.advice };
    await pause(1000 * attempt);
  }
}

const strange = {
  outcome: "unknown",
  text: "something answered that does not speak as the monitor does",
  advice: "Look whether --monitor names the monitor, not a page or a proxy.",
} as const;

/** The monitor keeps the JSON, and neither bytes nor key order. */
function compared(uuid: string, value: Json, text: string): "same" | Stopped {
  try {
    if (digestOf(JSON.parse(text) as Json) === digestOf(value)) return "same";
  } catch {
    // no JSON, or such as has no canonical form
    return strange;
  }
  return {
    outcome: "refused",
    text: `there is a report ${uuid} with other content: the monitor takes one of an id, and keeps the first`,
    advice: "Check again, which gives a new id; or find out who handed in the other.",
  };
}
