import type { CompactionHorizonFact } from "../../src/model/facts/compaction-horizon.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { identity, node, nodes, serverNode } from "../../tests/support/facts.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdCompactionEffect } from "./etcd-compaction-effect.ts";

const horizon = (compacted?: string, kept?: string, given: Partial<CompactionHorizonFact> = {}) => ({
  "kube/compaction-horizon": {
    serverTime: "2026-11-23T10:00:00Z",
    separateStore: "no" as const,
    revisions: 120,
    ...(compacted === undefined ? {} : { compacted: { resourceVersion: "4000", at: compacted } }),
    ...(kept === undefined ? {} : { kept: { resourceVersion: "4100", at: kept } }),
    ...given,
  },
});
const tenMinutes = horizon("2026-11-23T09:50:00Z", "2026-11-23T09:51:00Z");
const old = { "kube/identity": identity("2026-11-01T00:00:00Z") };

describeCheck(
  etcdCompactionEffect,
  ["pass", "undetermined", "not-applicable"],
  [
    {
      name: "the API server compacts every five minutes",
      facts: { ...tenMinutes, ...old },
      outcome: "pass",
      because: /up to 10 min ago/,
      observed: { historyGoneUpTo: "2026-11-23T09:50:00Z", historyKeptSince: "2026-11-23T09:51:00Z" },
    },
    {
      name: "what etcd counts is shown: three compactions, one of them its own",
      facts: {
        ...tenMinutes,
        ...old,
        "kube/etcd-metrics": etcdMetrics(
          etcdLook({ compactions: 3, compactCalls: 2, compactRevision: 800, currentRevision: 1000 }),
          etcdLook({ compactions: 3, compactRevision: 800, currentRevision: 1000 }),
        ),
      },
      outcome: "pass",
      observed: { compactions: 3, compactionsByEtcdItself: 1, revisionsKept: 200 },
    },
    {
      name: "etcd itself compacts after eight hours",
      facts: { ...horizon("2026-11-23T01:10:00Z", "2026-11-23T01:40:00Z"), ...old },
      outcome: "pass",
      because: /up to 8 h ago/,
    },
    {
      name: "all that was asked for is compacted",
      facts: { ...horizon("2026-11-23T09:40:00Z"), ...old },
      outcome: "pass",
    },
    {
      name: "a young cluster has compacted once, which is not yet regularly",
      facts: { ...tenMinutes, "kube/identity": identity("2026-11-23T09:00:00Z") },
      outcome: "undetermined",
      because: /only 60 min old/,
      missing: ["a cluster older than 24 h"],
    },
    {
      name: "the cluster's age is not known",
      facts: tenMinutes,
      outcome: "undetermined",
      missing: ["the right to read kube/identity"],
    },
    {
      name: "only what is two days old is known to be gone",
      facts: { ...horizon("2026-11-21T10:00:00Z", "2026-11-23T09:59:00Z"), ...old },
      outcome: "undetermined",
      because: /up to 2 d ago/,
    },
    {
      name: "two days of history are kept: perhaps on purpose",
      facts: { ...horizon(undefined, "2026-11-21T09:00:00Z"), ...old },
      outcome: "undetermined",
      because: /^None of 120 .* 2 d old$/,
    },
    {
      name: "a cluster of minutes",
      facts: {
        ...horizon(undefined, "2026-11-23T09:57:00Z", { revisions: 7 }),
        "kube/identity": identity("2026-11-23T09:56:00Z"),
      },
      outcome: "undetermined",
      because: /^None of 7 .* 3 min old, in a cluster that is only 4 min old$/,
      missing: ["a cluster older than 24 h"],
    },
    {
      name: "nothing to ask for",
      facts: { ...horizon(undefined, undefined, { revisions: 0 }), ...old },
      outcome: "undetermined",
    },
    {
      name: "Events in an etcd of their own",
      facts: { ...tenMinutes, ...old, ...horizon("2026-11-23T09:50:00Z", undefined, { separateStore: "yes" }) },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "readyz not readable",
      facts: { ...old, ...horizon("2026-11-23T09:50:00Z", undefined, { separateStore: "unknown" }) },
      outcome: "undetermined",
      because: /readyz/,
    },
    {
      name: "k3s on SQLite",
      facts: {
        ...tenMinutes,
        "kube/node-args": { nodes: [serverNode("k3s", "edge")] },
        "kube/nodes": nodes(node("edge", { roles: ["control-plane", "master"] })),
      },
      outcome: "not-applicable",
    },
  ],
);
