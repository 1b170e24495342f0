import { describeCheck } from "../../tests/support/check-table.ts";
import { etcdBuckets, node, nodes, serverNode } from "../../tests/support/facts.ts";
import { etcdWriteLatency } from "./etcd-write-latency.ts";

const fast = etcdBuckets({ "0.005": 9000, "0.025": 9950, "0.1": 9999, "+Inf": 10_000 });
const slow = etcdBuckets({ "0.025": 5000, "0.1": 9800, "0.2": 9950, "+Inf": 10_000 });

describeCheck(
  etcdWriteLatency,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    {
      name: "fast",
      facts: { "kube/api-server-metrics": fast },
      outcome: "pass",
      because: /^99 % of the writes were answered within 5-25 ms$/,
      observed: { writes: 10_000, slowestOf99Percent: "5-25 ms" },
    },
    {
      name: "slow",
      facts: { "kube/api-server-metrics": slow },
      outcome: "fail",
      findings: ["etcd-writes-slow"],
      because: /100-200 ms, the limit is 100 ms$/,
    },
    {
      name: "exactly on the bound",
      facts: { "kube/api-server-metrics": etcdBuckets({ "0.05": 100, "0.1": 990, "+Inf": 1000 }) },
      outcome: "pass",
    },
    {
      name: "the limit lies inside the bucket: no guess",
      facts: { "kube/api-server-metrics": slow },
      parameters: { limitMilliseconds: 150 },
      outcome: "undetermined",
      missing: ["etcd's own metrics"],
    },
    {
      name: "slower than every bound",
      facts: { "kube/api-server-metrics": etcdBuckets({ "0.1": 900, "+Inf": 1000 }) },
      outcome: "fail",
      because: /above 100 ms/,
    },
    {
      name: "too few",
      facts: { "kube/api-server-metrics": etcdBuckets({ "0.005": 499, "+Inf": 499 }) },
      outcome: "undetermined",
      because: /^499 writes are too few/,
      missing: ["an API server that has run for longer"],
    },
    {
      name: "reads do not count",
      facts: { "kube/api-server-metrics": etcdBuckets({ "0.005": 9000, "+Inf": 9000 }, "get") },
      outcome: "undetermined",
    },
    { name: "not served", facts: { "kube/api-server-metrics": { series: {} } }, outcome: "undetermined" },
    {
      name: "k3s on SQLite",
      facts: {
        "kube/api-server-metrics": slow,
        "kube/node-args": { nodes: [serverNode("k3s", "edge")] },
        "kube/nodes": nodes(node("edge", { roles: ["control-plane", "master"] })),
      },
      outcome: "not-applicable",
    },
  ],
);
