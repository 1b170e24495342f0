/** What etcd's members count of themselves, of each its latest look. */
import type { Fact } from "../fact.ts";
import type { Sample } from "../facts/api-server-metrics.ts";
import type { EtcdLook, EtcdMetricsFact } from "../facts/etcd-metrics.ts";
import type { Missing, Subject } from "../finding.ts";
import type { JsonObject } from "../json.ts";
import { type Histogram, histogramOf } from "./latency-histogram.ts";

export interface CountingMember {
  readonly subject: Subject;
  readonly node: string;
  readonly latest: EtcdLook;
  /** The one before it, when it is of the same process. */
  readonly earlier?: EtcdLook;
}

export interface CountingMembers {
  readonly members: readonly CountingMember[];
  /** Every node that should have a member shows one. */
  readonly complete: boolean;
}

/** Of a fact that was not had: no member, and not complete. */
export function countingMembersIn(metrics: Fact<EtcdMetricsFact>): CountingMembers {
  return metrics.status === "unavailable" ? { members: [], complete: false } : countingMembers(metrics.value);
}

export function countingMembers(metrics: EtcdMetricsFact): CountingMembers {
  const members = metrics.members.map(({ node, first, second }): CountingMember => {
    const subject = { kind: "Node", name: node };
    const same = second?.startedAt !== undefined && second.startedAt === first.startedAt;
    return { subject, node, latest: second ?? first, ...(same ? { earlier: first } : {}) };
  });
  return { members, complete: metrics.silent.length === 0 };
}

/** What is missing while not every member shows its counters. */
export const unseenCounters: Missing = {
  fact: "kube/etcd-metrics",
  reason: "not-visible",
  resolve: "the metrics of every etcd member",
};

/**
 * Compactions since the members started, for the reader: all, and those that no API server asked for (each call is carried
 * out by every member). Empty when not every member counts them.
 */
export function compactionsIn(metrics: Fact<EtcdMetricsFact>): JsonObject {
  const { members, complete } = countingMembersIn(metrics);
  const looks = members.map(({ latest }) => latest);
  const made = looks.flatMap(({ compactions }) => (compactions === undefined ? [] : [compactions]));
  if (!complete || made.length < looks.length || made.length === 0) return {};
  const calls = looks.reduce((sum, { compactCalls = 0 }) => sum + compactCalls, 0);
  // members that started later have carried out fewer
  const all = Math.max(...made);
  const kept = looks.flatMap(({ compactRevision = -1, currentRevision }) =>
    currentRevision === undefined ? [] : [currentRevision - Math.max(0, compactRevision)],
  );
  return {
    compactions: all,
    compactionsByEtcdItself: Math.max(0, all - calls),
    ...(kept.length === 0 ? {} : { revisionsKept: Math.max(...kept) }),
  };
}

const samples = (buckets: EtcdLook["commits"]): Sample[] =>
  buckets.map(({ le, count }) => ({ labels: { le }, value: count }));

/** What was counted between the two looks when that is enough, else all since the start. */
export function latencyOf(member: CountingMember, what: "logSyncs" | "commits", least: number): Histogram | undefined {
  const all = histogramOf(samples(member.latest[what]));
  const before = member.earlier && histogramOf(samples(member.earlier[what]));
  if (!all || !before) return all;
  const within = new Map(before.bounds.map((bound) => [bound.seconds, bound.within]));
  const between: Histogram = {
    count: all.count - before.count,
    bounds: all.bounds.map(({ seconds, within: now }) => ({ seconds, within: now - (within.get(seconds) ?? 0) })),
  };
  return between.count >= least ? between : all;
}
