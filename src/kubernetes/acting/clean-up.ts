/** Unmakes what a run made, in reverse order, and tells what is left of it. */
import { pause } from "../../http/gate.ts";
import type { Channel } from "../channel.ts";
import type { Ledger, LedgerStep } from "./ledger.ts";
import { deleteObject, getObject, hasTemplate, uidOf } from "./objects.ts";
import { bearsProof } from "./run.ts";
import { waitUntilGone } from "./wait-for.ts";

/** Something that is still there, or that nobody could look for. */
export interface Remainder {
  /** Path of the object. */
  readonly path: string;
  readonly because: string;
}

export interface CleanUpOptions {
  readonly channel: Channel;
  readonly ledger: Ledger;
  /** For all of it. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** An answer that was lost may still be on its way: what was not there is looked for once more. */
const doubtMilliseconds = 2_000;

export async function cleanUp(options: CleanUpOptions): Promise<readonly Remainder[]> {
  const { channel, ledger, signal } = options;
  const end = performance.now() + options.milliseconds;
  const remains: Remainder[] = [];
  const [inside, outside] = parted(ledger);
  const removed: { entry: LedgerStep; uid: string }[] = [];
  for (const entry of [...(ledger.head.namespace === undefined ? [] : inside), ...outside]) {
    const asked = await remove(channel, ledger, entry, signal);
    if (asked.state === "left") remains.push({ path: entry.path, because: asked.because });
    if (asked.state === "asked") removed.push({ entry, uid: asked.uid });
  }
  for (const { entry, uid } of removed) {
    const left = Math.max(0, end - performance.now());
    const gone = await waitUntilGone(channel, entry.path, uid, left, signal);
    if (gone.ok) ledger.note({ path: entry.path, step: "gone" });
    else remains.push({ path: entry.path, because: gone.message });
  }
  return remains;
}

/** Last made first; what lies in a namespace of the run's own goes with that. */
function parted(ledger: Ledger): readonly [LedgerStep[], LedgerStep[]] {
  const there = [...ledger.entries.values()].filter(({ step }) => step !== "gone").reverse();
  const isInside = ({ path }: LedgerStep) => /\/namespaces\/[^/]+\/./.test(path);
  return [there.filter(isInside), there.filter((entry) => !isInside(entry))];
}

type Asked =
  | { readonly state: "gone" }
  | { readonly state: "asked"; readonly uid: string }
  | { readonly state: "left"; readonly because: string };

async function remove(channel: Channel, ledger: Ledger, entry: LedgerStep, signal: AbortSignal): Promise<Asked> {
  const { path } = entry;
  let found = await getObject(channel, path);
  if (!found.ok && found.status === 404 && entry.step === "making" && (await pause(doubtMilliseconds, signal)))
    found = await getObject(channel, path);
  if (!found.ok && found.status !== 404) return { state: "left", because: found.message };
  const object = found.ok ? found.value.value : undefined;
  const uid = object && uidOf(object);
  const ours = object && (entry.uid === undefined ? bearsProof(object, path, ledger.head.secret) : entry.uid === uid);
  if (object === undefined || uid === undefined || ours !== true) {
    // what is there now bears the name only
    ledger.note({ path, step: "gone" });
    return { state: "gone" };
  }
  const sent = await deleteObject(channel, path, { uid, foreground: hasTemplate(object) });
  if (sent.ok || sent.status === 404 || sent.status === 409) return { state: "asked", uid };
  return { state: "left", because: sent.message };
}
