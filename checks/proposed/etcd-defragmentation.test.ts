import { describeCheck } from "../../tests/support/check-table.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdDefragmentation } from "./etcd-defragmentation.ts";

const mib = 1024 * 1024;
const member = (size: number, used: number) => etcdLook({ databaseBytes: size * mib, databaseBytesInUse: used * mib });

describeCheck(
  etcdDefragmentation,
  ["pass", "fail", "undetermined"],
  [
    {
      name: "mostly in use",
      facts: { "kube/etcd-metrics": etcdMetrics(member(400, 300), member(400, 201)) },
      outcome: "pass",
      observed: { members: [{ node: "a", freePercent: 25 }, { node: "b" }] },
    },
    {
      name: "one member is mostly free",
      facts: { "kube/etcd-metrics": etcdMetrics(member(400, 300), member(400, 100)) },
      outcome: "fail",
      findings: ["etcd-mostly-free"],
      because: /^75 % of etcd's database on b/,
    },
    { name: "a small one", facts: { "kube/etcd-metrics": etcdMetrics(member(20, 4)) }, outcome: "pass" },
    {
      name: "what counts is the latest look",
      facts: { "kube/etcd-metrics": etcdMetrics([member(400, 100), member(120, 100)]) },
      outcome: "pass",
    },
    {
      name: "a member is silent",
      facts: { "kube/etcd-metrics": { ...etcdMetrics(member(400, 300)), silent: ["b"] } },
      outcome: "undetermined",
      missing: ["the metrics of every etcd member"],
    },
    { name: "not counted", facts: { "kube/etcd-metrics": etcdMetrics(etcdLook()) }, outcome: "undetermined" },
  ],
);
