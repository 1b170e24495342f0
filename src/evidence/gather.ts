/** Gathering: runs probes, each once, and writes down what they saw or why they could not. Talks to nobody itself. */
import type { Cleanup, Gathering, StoredFact } from "../model/evidence.ts";
import type { ProbedFactId } from "../model/facts/index.ts";
import { instantAt } from "../model/instant.ts";
import type { AnyProbe, Redactor } from "../model/probe.ts";
import { createQueue } from "../model/queue.ts";
import { firstLooks, type View } from "../model/views.ts";
import { nobodyAnswers, type Tier, type UnavailableReason } from "../model/vocabulary.ts";
import { givenViews, type OpenViews, storedRequests } from "./open-views.ts";
import { orderOf } from "./probe-order.ts";
import { runProbe, whyNotAsked } from "./run-probe.ts";
import type { StoredUnavailable } from "./stored-fact.ts";

export interface GatherEvent {
  readonly kind: "probe-started" | "probe-finished";
  readonly id: ProbedFactId;
  readonly title: string;
  /** Place in the order of starting, from 1, among those that are tried. */
  readonly index: number;
  readonly total: number;
  /** These three once it has finished. */
  readonly status?: StoredFact["status"];
  readonly reason?: UnavailableReason;
  readonly milliseconds?: number;
}

export interface GatherOptions {
  readonly probes: readonly AnyProbe[];
  readonly wanted: readonly ProbedFactId[];
  readonly views: OpenViews;
  readonly redactor: Redactor;
  readonly tier: Tier;
  readonly tool: { readonly name: string; readonly version: string };
  /** Fingerprint of the gatherer's key, or `unsigned`. */
  readonly gatheredBy: string;
  readonly recorded?: boolean;
  readonly now: () => Date;
  readonly onEvent: (event: GatherEvent) => void;
  /** Unmakes what probes made, once all of them are done, and says what is left. */
  readonly cleanUp?: () => Promise<Cleanup>;
}

/** How many probes read at the same time: as many as connections an endpoint gets. */
const atOnce = 4;

/**
 * Runs the wanted probes and all they build on. Rejects with a Defect when a probe throws, writes what does not fit its
 * schema, or asks for a fact it did not name; whatever is true of the cluster is data.
 */
export async function gather(options: GatherOptions): Promise<Gathering> {
  const startedAt = instantAt(options.now().getTime());
  const facts = await runAll(options);
  const checkedAt = instantAt(options.now().getTime());
  const cleanup = await options.cleanUp?.();
  const items: { [id: string]: StoredFact } = {};
  for (const [id, fact] of [...facts].sort(([a], [b]) => (a < b ? -1 : 1))) items[id] = fact;
  return {
    tool: options.tool,
    startedAt,
    checkedAt,
    tier: options.tier,
    gatheredBy: options.gatheredBy,
    ...(options.recorded === undefined ? {} : { recorded: options.recorded }),
    requests: storedRequests(options.views),
    ...(cleanup === undefined ? {} : { cleanup }),
    items,
  };
}

async function runAll(options: GatherOptions): Promise<ReadonlyMap<ProbedFactId, StoredFact>> {
  const firsts = givenViews(options.views).flatMap((view) => firstLooks[view] ?? []);
  const order = orderOf(options.probes, [...firsts, ...options.wanted]);
  const running = new Map<ProbedFactId, Promise<StoredFact>>();
  const queue = createQueue(atOnce);
  const total = order.filter((probe) => whyNotAsked(probe, options) === undefined).length;
  let started = 0;
  const silence = new Map<View, StoredUnavailable>();
  const around = {
    ...options,
    silence: (view: View) => silence.get(view),
    factOf: (id: ProbedFactId) => running.get(id),
  };

  const run = async (probe: AnyProbe): Promise<StoredFact> => {
    // what is not tried is no news to who watches
    if (whyNotAsked(probe, options) !== undefined) return runProbe(probe, around);
    started += 1;
    const about = { id: probe.id, title: probe.title, index: started, total };
    options.onEvent({ kind: "probe-started", ...about });
    const fact = await runProbe(probe, around);
    if (firsts.includes(probe.id) && fact.status === "unavailable" && nobodyAnswers.includes(fact.reason)) {
      silence.set(probe.view ?? "cluster", fact);
    }
    const reason = fact.status === "unavailable" ? { reason: fact.reason } : {};
    const { status, milliseconds } = fact;
    options.onEvent({ kind: "probe-finished", ...about, status, ...reason, milliseconds });
    return fact;
  };
  // The order puts what a probe builds on before it, and the first looks before all, so that these are running already.
  const start = (probe: AnyProbe): Promise<StoredFact> => {
    const first = firsts.includes(probe.id) ? undefined : firstLooks[probe.view ?? "cluster"];
    const before = [...(first === undefined ? [] : [first]), ...(probe.after ?? [])].map((id) => running.get(id));
    const fact = Promise.all(before).then(() => queue(() => run(probe)));
    running.set(probe.id, fact);
    return fact;
  };

  // All of them come to an end before a defect is told: no request is left behind.
  const ends = await Promise.allSettled(order.map(start));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return new Map(await Promise.all([...running].map(async ([id, fact]) => [id, await fact] as const)));
}
