/** An acting run: its name, its ledger, and the one way in which it makes objects. */
import { setTimeout as pause } from "node:timers/promises";
import type { Said } from "../../model/asking.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { Defect } from "../../model/faults.ts";
import type { JsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import type { Ledger } from "./ledger.ts";
import { marked, proofAnnotation, proofOf } from "./marks.ts";
import { getObject, metadataOf, postObject, refusals, type SentObject, uidOf } from "./objects.ts";
import type { MayUnmake } from "./unmaking.ts";

export interface ActingRun {
  readonly ledger: Ledger;
  /** For looking: ends with the run. */
  readonly reading: Channel;
  /** For making and unmaking: outlives the run, so that nothing is left half done. */
  readonly writing: Channel;
  /** Ends when nothing more may be made. */
  readonly signal: AbortSignal;
  readonly mayUnmake: MayUnmake;
  /** What is being made just now: clean-up waits for it. */
  readonly pending: Set<Promise<unknown>>;
}

const over = unread("timeout", "the run was over before this could be made");
const mostTries = 4;
const betweenTries = 500;

/** Writes the object down, then makes it; tells an answer that was lost from a refusal by the object's own proof. */
export function make(run: ActingRun, collection: string, object: JsonObject): Promise<Reading<Said>> {
  const making = makeOne(run, collection, object);
  run.pending.add(making);
  return making.finally(() => run.pending.delete(making));
}

async function makeOne(run: ActingRun, collection: string, object: JsonObject): Promise<Reading<Said>> {
  const { ledger, signal } = run;
  if (signal.aborted) return over;
  const { name } = metadataOf(object);
  if (typeof name !== "string" || !name.includes(ledger.head.run))
    throw new Defect(`the object for ${collection} does not bear the run's name`);
  const path = `${collection}/${name}`;
  if (ledger.entries.get(path)?.step === "made") throw new Defect(`${path} is made twice`);
  const may = await run.mayUnmake(collection);
  if (!may.ok) return may;
  if (signal.aborted) return over;
  if (!ledger.note({ path, step: "making" }))
    return unread("not-given", "the run's ledger cannot be written, so nothing is made");
  const { sent, doubtful } = await post(run, collection, path, marked(object, path, ledger.head));
  if (!sent.ok) {
    // what was refused was not made; where an answer was lost nobody knows
    if (!doubtful) ledger.note({ path, step: "gone" });
    return unread(sent.reason, sent.message);
  }
  const { status, value } = sent.value;
  const uid = uidOf(value);
  if (status >= 300) ledger.note({ path, step: "gone" });
  else ledger.note({ path, step: "made", ...(uid === undefined ? {} : { uid }) });
  return read({ status, body: value });
}

interface Posted {
  readonly sent: SentObject;
  /** It may have been made all the same. */
  readonly doubtful: boolean;
}

async function post(run: ActingRun, collection: string, path: string, object: JsonObject): Promise<Posted> {
  let doubtful = false;
  for (let tried = 1; ; tried += 1) {
    const sent = await postObject(run.writing, collection, object, { answers: refusals });
    const there = sent.ok && sent.value.status === 409 && doubtful;
    const lost = !sent.ok && (sent.status === 0 || sent.status >= 500);
    if (!there && !lost) return { sent, doubtful };
    doubtful = true;
    const found = await getObject(run.writing, path);
    if (found.ok && bearsProof(found.value.value, path, run.ledger.head.secret))
      return { sent: { ok: true, value: { ...found.value, status: 201 } }, doubtful };
    if (there || tried >= mostTries || run.signal.aborted) return { sent, doubtful: !there };
    await pause(betweenTries);
  }
}

/** Whether the object says what only a run with this secret can have written on it. */
export function bearsProof(object: JsonObject, path: string, secret: string | undefined): boolean {
  if (secret === undefined) return false;
  const annotations = metadataOf(object).annotations as JsonObject | undefined;
  return annotations?.[proofAnnotation] === proofOf(path, secret);
}
