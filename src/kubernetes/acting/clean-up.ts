/** Unmakes what a run made, in reverse order, and tells what is left of it. */
import { pause } from "../../http/gate.ts";
import type { Channel } from "../channel.ts";
import { closingQuery } from "./closing-query.ts";
import type { LedgerStep, Made } from "./ledger.ts";
import { namespaceName } from "./marks.ts";
import { deleteObject, getObject, hasTemplate, uidOf } from "./objects.ts";
import { bearsProof } from "./run.ts";
import { findVolumes, volumesLeft } from "./volumes.ts";
import { waitUntilGone } from "./wait-for.ts";
import { whyNamespaceStays } from "./why-namespace-stays.ts";

/** Something that is still there, or that nobody could look for. */
export interface Remainder {
  /** Path of the object. */
  readonly path: string;
  readonly because: string;
}

export interface CleanUpOptions {
  readonly channel: Channel;
  readonly made: Made;
  /** Ends all waiting; what is looked at after it is looked at once. */
  readonly waiting: AbortSignal;
}

/** An answer that was lost may still be on its way: what was not there is looked for once more. */
const doubtMilliseconds = 2_000;
const betweenPasses = 1_000;
/** Reasons that more tries do not mend. */
const final = ["forbidden", "unauthorized", "tls", "malformed"];

export async function cleanUp(options: CleanUpOptions): Promise<readonly Remainder[]> {
  const { channel, made, waiting } = options;
  const order = orderOf(made);
  if (order.length === 0 && ![...made.entries.values()].some(({ step }) => step === "follows")) return [];
  const volumes = await findVolumes(channel, made);
  const { asked, refused } = await removeAll(channel, made, order, waiting);
  const remains = [...refused];
  for (const { path, uid } of asked) {
    const gone = await waitUntilGone(channel, path, uid, Number.POSITIVE_INFINITY, waiting);
    if (gone.ok) made.note({ path, step: "gone" });
    else remains.push({ path, because: await whyStill(channel, path, gone.message) });
  }
  remains.push(...(await volumesLeft(channel, made, volumes, waiting)));
  const known = new Set(remains.map(({ path }) => path));
  const found = await closingQuery(channel, made);
  return [...remains, ...found.filter(({ path }) => !known.has(path))];
}

/** Last made first; what lies in a namespace of the run's own goes with that. */
function orderOf({ head, entries }: Made): readonly LedgerStep[] {
  const there = [...entries.values()].filter(({ step }) => step === "making" || step === "made").reverse();
  const own = `/api/v1/namespaces/${namespaceName(head.run)}`;
  const inside = ({ path }: LedgerStep) => /\/namespaces\/[^/]+\/./.test(path);
  const goesWithIt = (entry: LedgerStep) =>
    inside(entry) && entry.path.replace(/^\/apis\/[^/]+\/[^/]+/, "/api/v1").startsWith(own);
  const rest = there.filter((entry) => !goesWithIt(entry));
  return [...rest.filter(inside), ...rest.filter((entry) => !inside(entry))];
}

interface Asked {
  readonly path: string;
  readonly uid: string;
}

/** Goes over them again and again while the API server is silent, as long as there is time. */
async function removeAll(
  channel: Channel,
  made: Made,
  order: readonly LedgerStep[],
  waiting: AbortSignal,
): Promise<{ readonly asked: readonly Asked[]; readonly refused: readonly Remainder[] }> {
  const asked: Asked[] = [];
  const refused: Remainder[] = [];
  let open = order;
  for (;;) {
    const again: (readonly [LedgerStep, string])[] = [];
    for (const entry of open) {
      const { path } = entry;
      const result = await remove(channel, made, entry, waiting);
      if (result.state === "asked") asked.push({ path, uid: result.uid });
      if (result.state === "refused") refused.push({ path, because: result.because });
      if (result.state === "unanswered") again.push([entry, result.because]);
    }
    if (again.length === 0) return { asked, refused };
    if (!(await pause(betweenPasses, waiting))) {
      const silent = again.map(([{ path }, because]) => ({ path, because }));
      return { asked, refused: [...refused, ...silent] };
    }
    open = again.map(([entry]) => entry);
  }
}

type Removal =
  | { readonly state: "gone" }
  | { readonly state: "asked"; readonly uid: string }
  | { readonly state: "refused" | "unanswered"; readonly because: string };

async function remove(channel: Channel, made: Made, entry: LedgerStep, waiting: AbortSignal): Promise<Removal> {
  const { path } = entry;
  let found = await getObject(channel, path);
  if (!found.ok && found.status === 404 && entry.step === "making" && (await pause(doubtMilliseconds, waiting)))
    found = await getObject(channel, path);
  if (!found.ok && found.status !== 404) return failed(found);
  const object = found.ok ? found.value.value : undefined;
  const uid = object && uidOf(object);
  const ours = object && (entry.uid === undefined ? bearsProof(object, path, made.head.secret) : entry.uid === uid);
  if (object === undefined || uid === undefined || ours !== true) {
    // what is there now bears the name only
    made.note({ path, step: "gone" });
    return { state: "gone" };
  }
  const sent = await deleteObject(channel, path, { uid, foreground: hasTemplate(object) });
  if (sent.ok || sent.status === 404 || sent.status === 409) return { state: "asked", uid };
  return failed(sent);
}

function failed({ reason, message }: { readonly reason: string; readonly message: string }): Removal {
  return { state: final.includes(reason) ? "refused" : "unanswered", because: message };
}

async function whyStill(channel: Channel, path: string, message: string): Promise<string> {
  return (path.startsWith("/api/v1/namespaces/") && (await whyNamespaceStays(channel, path))) || message;
}
