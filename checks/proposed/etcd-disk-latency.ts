import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { countingMembers, latencyOf, unseenCounters } from "../../src/model/etcd/etcd-counters.ts";
import { etcdDiskRemediation } from "../../src/model/etcd/etcd-disk-remediation.ts";
import { againstLimit, bandText, quantileBand } from "../../src/model/etcd/latency-histogram.ts";
import { type Finding, fail, pass, undetermined } from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

export const etcdDiskLatency = defineCheck({
  id: "proposed/etcd-disk-latency",
  title: {
    pass: "The disk of every etcd member is fast enough",
    fail: "The disk of an etcd member is too slow",
  },
  why: "A member that waits for its disk loses the leader, and then the cluster stands still.",
  looksAt:
    "How long each member takes to sync its log (etcd_disk_wal_fsync_duration_seconds) and to commit its database (etcd_disk_backend_commit_duration_seconds): between two looks if enough was counted, else since it started. Nothing is guessed inside a bucket.",
  needs: { all: ["kube/etcd-metrics"] },
  parameters: Type.Object({
    percent: Type.Number({ default: 99, description: "share of syncs and commits that has to be fast enough" }),
    syncMilliseconds: Type.Number({ default: 10, description: "what is fast enough for a sync of the log" }),
    commitMilliseconds: Type.Number({ default: 25, description: "what is fast enough for a commit of the database" }),
    least: Type.Number({ default: 500, description: "fewer are not judged" }),
  }),
  remediation: etcdDiskRemediation,
  accepted: [
    "Counted since the member started where half a minute holds too little: its start is in it, and recent trouble is diluted.",
    "The limits lie inside etcd's buckets (8 to 16 ms, 16 to 32 ms): what falls into them is undecided.",
  ],
  evaluate({ facts, parameters }) {
    const { percent, syncMilliseconds, commitMilliseconds, least } = parameters;
    const { members, complete } = countingMembers(facts["kube/etcd-metrics"]);
    const kinds = [
      { what: "logSyncs", name: "syncs of its log", limit: syncMilliseconds },
      { what: "commits", name: "commits of its database", limit: commitMilliseconds },
    ] as const;
    const told = members.flatMap((member) =>
      kinds.map(({ what, name, limit }) => {
        const histogram = latencyOf(member, what, least);
        const band = histogram && histogram.count >= least ? quantileBand(histogram, percent / 100) : undefined;
        const place = band ? againstLimit(band, limit / 1000) : "unknown";
        return {
          member,
          what,
          name,
          limit,
          count: histogram?.count ?? 0,
          text: band ? bandText(band) : "too few",
          place,
        };
      }),
    );
    const observed = {
      members: told.map(({ member, what, count, text }) => ({
        ...{ node: member.node, of: what, count },
        [`slowestOf${percent}Percent`]: text,
      })),
    };
    const violations = nonEmpty(
      told
        .filter(({ place }) => place === "beyond")
        .map(({ member, name, limit, text }): Finding => {
          const message = `${percent} % of the ${name} took ${text} on ${member.node}`;
          const expected = `${percent} % within ${limit} ms`;
          return { code: "etcd-disk-slow", subject: member.subject, expected, actual: text, message };
        }),
    );
    if (violations) return fail(violations[0].message, observed, violations);
    if (complete && told.length > 0 && told.every(({ place }) => place === "within"))
      return pass(`${percent} % of the syncs and commits of all ${members.length} members are fast enough`, observed);
    const longer = {
      fact: "kube/etcd-metrics",
      reason: "not-visible",
      resolve: "members that count for longer",
    } as const;
    return undetermined(
      "Not every member shows on which side of the limits it is",
      complete ? [longer] : [unseenCounters],
      observed,
    );
  },
});
