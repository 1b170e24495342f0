import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import { controlPlane, node, nodes, serverNode, staticPod, staticPods } from "../../tests/support/facts.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdDatabaseSize } from "./etcd-database-size.ts";

const gib = 1024 ** 3;
const sizes = (...bytes: number[]) => ({
  "kube/api-server-metrics": {
    series: {
      apiserver_storage_size_bytes: bytes.map((value, index) => ({
        labels: { storage_cluster_id: `etcd-${index}` },
        value,
      })),
    },
  },
});
const member = (name: string, quota?: number) =>
  staticPod("etcd", name, quota === undefined ? {} : { "quota-backend-bytes": String(quota) });
const members = (...quotas: (number | undefined)[]) => ({
  "kube/control-plane-pods": staticPods(...quotas.map((quota, index) => member(`cp-${index}`, quota))),
  "kube/nodes": nodes(...quotas.map((_, index) => controlPlane(`cp-${index}`))),
});

describeCheck(
  etcdDatabaseSize,
  ["pass", "fail", "undetermined", "not-applicable"],
  [
    { name: "small, quota by default", facts: { ...sizes(2_093_056), ...members(undefined) }, outcome: "pass" },
    { name: "4 of 8 GiB", facts: { ...sizes(4 * gib), ...members(8 * gib, 8 * gib) }, outcome: "pass" },
    { name: "no quota at all", facts: { ...sizes(4 * gib), ...members(-1) }, outcome: "pass" },
    {
      name: "80 % of the default, 0 means the same",
      facts: { ...sizes(1.6 * gib), ...members(0) },
      outcome: "fail",
      findings: ["etcd-near-quota"],
      because: /1639 MiB, 80 % of the quota of 2048 MiB$/,
    },
    {
      name: "the member with the smallest quota stops first",
      facts: { ...sizes(4 * gib), ...members(8 * gib, undefined) },
      outcome: "fail",
    },
    {
      name: "one of two stores is large",
      facts: { ...sizes(1000, 1.9 * gib), ...members(undefined) },
      outcome: "undetermined",
    },
    {
      name: "two of three members seen",
      facts: { ...sizes(gib), ...members(undefined), "kube/nodes": nodes(controlPlane("a"), controlPlane("b")) },
      outcome: "undetermined",
    },
    {
      name: "RKE2: settings in a file",
      facts: {
        ...sizes(gib),
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })),
        "kube/nodes": nodes(controlPlane("a")),
      },
      outcome: "undetermined",
    },
    {
      name: "every member says so itself, whatever its file hides",
      facts: {
        ...sizes(gib),
        "kube/control-plane-pods": staticPods(staticPod("etcd", "a", {}, { configFile: true })),
        "kube/etcd-metrics": etcdMetrics(etcdLook({ databaseBytes: gib, quotaBytes: 8 * gib })),
      },
      outcome: "pass",
      observed: { members: [{ node: "a", databaseBytes: gib, quotaBytes: 8 * gib }] },
    },
    {
      name: "one of them is close to its quota",
      facts: {
        ...sizes(gib),
        "kube/etcd-metrics": etcdMetrics(
          etcdLook({ databaseBytes: gib, quotaBytes: 2 * gib }),
          etcdLook({ databaseBytes: 1.7 * gib, quotaBytes: 2 * gib }),
        ),
      },
      outcome: "fail",
      findings: ["etcd-near-quota"],
      because: /^etcd's database on b has 85 %/,
    },
    {
      name: "one is silent: the flags decide, or nothing",
      facts: {
        ...sizes(gib),
        "kube/control-plane-pods": staticPods(),
        "kube/etcd-metrics": { ...etcdMetrics(etcdLook({ databaseBytes: gib, quotaBytes: 8 * gib })), silent: ["b"] },
      },
      outcome: "undetermined",
    },
    {
      name: "hosted: the size alone",
      facts: { ...sizes(gib), "kube/control-plane-pods": staticPods() },
      outcome: "undetermined",
      because: /^etcd's database has 1024 MiB; its quota is not visible$/,
      observed: { databaseBytes: gib },
    },
    {
      name: "the metric is not served",
      facts: { "kube/api-server-metrics": { series: {} }, "kube/nodes": unavailable("forbidden", "a right") },
      outcome: "undetermined",
    },
    {
      name: "k3s on SQLite",
      facts: {
        ...sizes(gib),
        "kube/node-args": { nodes: [serverNode("k3s", "edge")] },
        "kube/nodes": nodes(node("edge", { roles: ["control-plane", "master"] })),
      },
      outcome: "not-applicable",
    },
  ],
);
