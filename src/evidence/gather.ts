/** Gathering: runs probes, each once, and writes down what they saw or why they could not. Talks to nobody itself. */
import type { ClusterReader, RequestRecord } from "../model/cluster.ts";
import type { Gathering, StoredFact } from "../model/evidence.ts";
import type { Fact } from "../model/fact.ts";
import type { ClusterFactId, FactValues } from "../model/facts/index.ts";
import { Defect } from "../model/faults.ts";
import { instantAt } from "../model/instant.ts";
import type { AnyProbe, ProbeContext, Redactor } from "../model/probe.ts";
import { type Tier, tiers, type UnavailableReason } from "../model/vocabulary.ts";
import { orderOf } from "./probe-order.ts";
import { createQueue } from "./queue.ts";
import { storedFact, storedUnavailable, withoutTiming } from "./stored-fact.ts";

export interface GatherEvent {
  readonly kind: "probe-started" | "probe-finished";
  readonly id: ClusterFactId;
  readonly title: string;
  /** Place in the order of starting, from 1. */
  readonly index: number;
  readonly total: number;
  /** These three once it has finished. */
  readonly status?: StoredFact["status"];
  readonly reason?: UnavailableReason;
  readonly milliseconds?: number;
}

export interface GatherOptions {
  readonly probes: readonly AnyProbe[];
  readonly wanted: readonly ClusterFactId[];
  readonly reader: ClusterReader;
  /** The log of all requests so far. */
  readonly requests: () => readonly RequestRecord[];
  readonly redactor: Redactor;
  readonly tier: Tier;
  readonly tool: { readonly name: string; readonly version: string };
  /** Fingerprint of the gatherer's key, or `unsigned`. */
  readonly gatheredBy: string;
  readonly recorded?: boolean;
  readonly now: () => Date;
  readonly onEvent: (event: GatherEvent) => void;
}

/** How many probes read at the same time: as many as connections an endpoint gets. */
const atOnce = 4;
/** Asked first and alone: needs no right, so that its silence means that everything is silent. */
const firstLook: ClusterFactId = "kube/version";
const nothingWillAnswer: readonly UnavailableReason[] = ["unreachable", "timeout", "tls", "unauthorized"];

/**
 * Runs the wanted probes and all they build on. Rejects with a Defect when a probe throws, writes what does not fit its
 * schema, or asks for a fact it did not name; whatever is true of the cluster is data.
 */
export async function gather(options: GatherOptions): Promise<Gathering> {
  const order = orderOf(options.probes, [firstLook, ...options.wanted]);
  const startedAt = instantAt(options.now().getTime());
  const running = new Map<ClusterFactId, Promise<StoredFact>>();
  const queue = createQueue(atOnce);
  let started = 0;
  let silence: (StoredFact & { status: "unavailable" }) | undefined;

  const start = (probe: AnyProbe): Promise<StoredFact> => {
    const known = running.get(probe.id);
    if (known) return known;
    const fresh = afterOthers(probe);
    running.set(probe.id, fresh);
    return fresh;
  };
  const afterOthers = async (probe: AnyProbe): Promise<StoredFact> => {
    await Promise.all(order.filter(({ id }) => probe.after?.includes(id)).map(start));
    return queue(() => run(probe));
  };
  const run = async (probe: AnyProbe): Promise<StoredFact> => {
    started += 1;
    const about = { id: probe.id, title: probe.title, index: started, total: order.length };
    options.onEvent({ kind: "probe-started", ...about });
    const begun = options.now().getTime();
    const fact = await look(probe, begun);
    const reason = fact.status === "unavailable" ? { reason: fact.reason } : {};
    const { status, milliseconds } = fact;
    options.onEvent({ kind: "probe-finished", ...about, status, ...reason, milliseconds });
    return fact;
  };
  const look = async (probe: AnyProbe, begun: number): Promise<StoredFact> => {
    const timing = () => ({ at: instantAt(options.now().getTime()), milliseconds: options.now().getTime() - begun });
    if (tiers.indexOf(probe.tier) > tiers.indexOf(options.tier)) {
      return storedUnavailable(probe, { reason: "tier-not-allowed", message: "" }, timing());
    }
    if (silence && probe.requests > 0) return storedUnavailable(probe, silence, timing());
    return storedFact(probe, await collect(probe), timing());
  };
  const collect = async (probe: AnyProbe) => {
    try {
      return await probe.collect(contextOf(probe));
    } catch (error) {
      if (error instanceof Defect) throw error;
      throw new Defect(`the probe ${probe.id} failed`, { cause: error });
    }
  };
  const contextOf = (probe: AnyProbe): ProbeContext => ({
    cluster: options.reader,
    redactor: options.redactor,
    async fact<Id extends ClusterFactId>(id: Id): Promise<Fact<FactValues[Id]>> {
      const fact = probe.after?.includes(id) ? running.get(id) : undefined;
      if (!fact) throw new Defect(`the probe ${probe.id} asks for ${id}, which it does not name in \`after\``);
      return withoutTiming(await fact) as Fact<FactValues[Id]>;
    },
  });

  const [first, ...others] = order;
  if (first) {
    const fact = await start(first);
    if (fact.status === "unavailable" && nothingWillAnswer.includes(fact.reason)) silence = fact;
  }
  // All of them come to an end before a defect is told: no request is left behind.
  const ends = await Promise.allSettled(others.map(start));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const items: { [id: string]: StoredFact } = {};
  for (const [id, fact] of [...running].sort(([a], [b]) => (a < b ? -1 : 1))) items[id] = await fact;
  return {
    tool: options.tool,
    startedAt,
    checkedAt: instantAt(options.now().getTime()),
    tier: options.tier,
    gatheredBy: options.gatheredBy,
    ...(options.recorded === undefined ? {} : { recorded: options.recorded }),
    requests: options.requests().map(({ method, path, status, milliseconds, bytes, attempt }) => ({
      method,
      path,
      status,
      milliseconds: Math.round(milliseconds),
      bytes,
      attempt,
    })),
    items,
  };
}
