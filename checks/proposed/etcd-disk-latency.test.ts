import type { EtcdLook } from "../../src/model/facts/etcd-metrics.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdDiskLatency } from "./etcd-disk-latency.ts";

const buckets = (counts: { readonly [le: string]: number }): EtcdLook["commits"] =>
  Object.entries(counts).map(([le, count]) => ({ le, count }));
const fast = buckets({ "0.002": 900, "0.008": 995, "0.016": 1000, "+Inf": 1000 });
const between = buckets({ "0.008": 900, "0.016": 1000, "+Inf": 1000 });
const slow = buckets({ "0.008": 500, "0.016": 900, "0.032": 950, "+Inf": 1000 });
const member = (logSyncs: EtcdLook["commits"], commits = logSyncs) => etcdLook({ logSyncs, commits });

describeCheck(
  etcdDiskLatency,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "fast on every member",
      facts: { "kube/etcd-metrics": etcdMetrics(member(fast), member(fast)) },
      outcome: "pass",
      observed: { members: [{ node: "a", of: "logSyncs", count: 1000, slowestOf99Percent: "2-8 ms" }, {}, {}, {}] },
    },
    {
      name: "slow on one",
      facts: { "kube/etcd-metrics": etcdMetrics(member(fast), member(slow, fast)) },
      outcome: "fail",
      findings: ["etcd-disk-slow"],
      because: /took above 32 ms on b$/,
    },
    {
      name: "slow commits alone",
      facts: { "kube/etcd-metrics": etcdMetrics(member(fast, slow)) },
      outcome: "fail",
      because: /commits of its database/,
    },
    {
      name: "the limit lies inside the bucket: no guess",
      facts: { "kube/etcd-metrics": etcdMetrics(member(between)) },
      outcome: "undetermined",
      missing: ["members that count for longer"],
    },
    {
      name: "slow once, fast between the looks",
      facts: {
        "kube/etcd-metrics": etcdMetrics([
          member(buckets({ "0.008": 0, "0.016": 0, "+Inf": 500 })),
          member(buckets({ "0.008": 700, "0.016": 700, "+Inf": 1200 })),
        ]),
      },
      outcome: "pass",
    },
    {
      name: "another process at the second look: its own counters alone",
      facts: {
        "kube/etcd-metrics": etcdMetrics([
          member(slow),
          etcdLook({ startedAt: "2026-11-23T09:00:00Z", logSyncs: fast, commits: fast }),
        ]),
      },
      outcome: "pass",
    },
    {
      name: "too few",
      facts: { "kube/etcd-metrics": etcdMetrics(member(buckets({ "0.008": 20, "+Inf": 20 }))) },
      outcome: "undetermined",
    },
    {
      name: "buckets that fall",
      facts: { "kube/etcd-metrics": etcdMetrics(member(buckets({ "0.002": 900, "0.008": 100, "+Inf": 1000 }))) },
      outcome: "undetermined",
    },
    {
      name: "a member is silent",
      facts: { "kube/etcd-metrics": { ...etcdMetrics(member(fast)), silent: ["b"] } },
      outcome: "undetermined",
      missing: ["the metrics of every etcd member"],
    },
  ],
);
