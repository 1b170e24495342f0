import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { countingMembersIn } from "../../src/model/etcd/etcd-counters.ts";
import { stateStore } from "../../src/model/etcd/etcd-members.ts";
import { quotaOf } from "../../src/model/etcd/etcd-quota.ts";
import { etcdSizeRemediation } from "../../src/model/etcd/etcd-remediation.ts";
import type { Fact } from "../../src/model/fact.ts";
import type { EtcdMetricsFact } from "../../src/model/facts/etcd-metrics.ts";
import {
  type CheckResult,
  type Finding,
  fail,
  notApplicable,
  pass,
  theCluster,
  undetermined,
} from "../../src/model/finding.ts";
import { nonEmpty } from "../../src/model/finding-lists.ts";

const hiddenQuota = { fact: "kube/control-plane-pods", reason: "not-visible", resolve: "a declaration" } as const;
const mib = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MiB`;

export const etcdDatabaseSize = defineCheck({
  id: "proposed/etcd-database-size",
  title: {
    pass: "etcd's database stays well below its quota",
    fail: "etcd's database is close to its quota",
  },
  why: "At its quota etcd refuses every write, and the cluster stands still until space is freed by hand.",
  looksAt:
    "The size that the API server measures (apiserver_storage_size_bytes), against quota-backend-bytes of every etcd member; without the flag 2 GiB. At tier system what every member itself says of both.",
  needs: {
    all: ["kube/api-server-metrics"],
    uses: ["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "kube/nodes", "kube/etcd-metrics"],
  },
  parameters: Type.Object({
    mostPercent: Type.Number({ default: 80, description: "share of the quota that the database stays below" }),
  }),
  remediation: etcdSizeRemediation,
  accepted: ["The size is that of the file, free pages included: defragmentation may be all it takes."],
  evaluate({ facts, parameters }) {
    const series = facts["kube/api-server-metrics"].series.apiserver_storage_size_bytes ?? [];
    const sizes = series.map(({ value }) => value).filter((value) => value > 0);
    const store = stateStore(facts);
    if (store.kind === "sqlite")
      return notApplicable(`The k3s server ${store.node} keeps its state in SQLite, there is no etcd`, {
        server: store.node,
      });
    const own = judgeMembers(facts["kube/etcd-metrics"], parameters.mostPercent);
    if (own) return own;
    if (sizes.length === 0) {
      const missing = {
        fact: "kube/api-server-metrics",
        reason: "not-visible",
        resolve: "Kubernetes 1.28 or newer",
      } as const;
      return undetermined("The API server does not tell the size of etcd's database", [missing]);
    }
    const size = Math.max(...sizes);
    const seen = { databaseBytes: size, stores: sizes.length };
    const text = `etcd's database has ${mib(size)}`;
    if (store.kind === "hidden") return undetermined(`${text}; its quota is not visible`, [hiddenQuota], seen);

    const quotas = store.members.map(quotaOf);
    const known = quotas.filter((quota) => typeof quota === "number");
    const observed = {
      ...seen,
      membersSeen: quotas.length,
      membersExpected: store.expected ?? "not known",
      quotas: known,
    };
    const least = known.length > 0 ? Math.min(...known) : undefined;
    const limit = least === undefined ? undefined : (least * parameters.mostPercent) / 100;
    if (limit !== undefined && least !== undefined && size >= limit) {
      // which of several stores it is, and whether these members hold it, no metric tells
      if (sizes.length > 1) return undetermined(`${text}, in one of ${sizes.length} stores`, [hiddenQuota], observed);
      const share = Math.floor((size / least) * 100);
      const message = `${text}, ${share} % of the quota of ${mib(least)}`;
      return fail(message, observed, [
        {
          code: "etcd-near-quota",
          subject: theCluster,
          expected: `below ${parameters.mostPercent} %`,
          actual: `${share} %`,
          message,
        },
      ]);
    }
    const complete = store.expected !== undefined && store.members.length >= store.expected;
    if (!complete || quotas.includes(undefined))
      return undetermined(`${text}; not every member shows its quota`, [hiddenQuota], observed);
    if (limit === undefined) return pass(`${text}, and no member has a quota`, observed);
    return pass(`${text}, below ${parameters.mostPercent} % of the smallest quota`, observed);
  },
});

/** By what members say themselves; undefined while one of them that is well below may hide another. */
function judgeMembers(metrics: Fact<EtcdMetricsFact>, mostPercent: number): CheckResult | undefined {
  const { members, complete } = countingMembersIn(metrics);
  const told = members.flatMap(({ node, subject, latest: { databaseBytes, quotaBytes = 0 } }) =>
    databaseBytes === undefined || quotaBytes <= 0
      ? []
      : [{ node, subject, databaseBytes, quotaBytes, percent: Math.floor((databaseBytes / quotaBytes) * 100) }],
  );
  const observed = {
    members: told.map(({ node, databaseBytes, quotaBytes }) => ({ node, databaseBytes, quotaBytes })),
  };
  const violations = nonEmpty(
    told
      .filter(({ percent }) => percent >= mostPercent)
      .map(({ node, subject, percent, quotaBytes }): Finding => {
        const message = `etcd's database on ${node} has ${percent} % of its quota of ${mib(quotaBytes)}`;
        return {
          code: "etcd-near-quota",
          subject,
          expected: `below ${mostPercent} %`,
          actual: `${percent} %`,
          message,
        };
      }),
  );
  if (violations) return fail(violations[0].message, observed, violations);
  if (!complete || told.length < members.length || told.length === 0) return undefined;
  return pass(`The database of all ${told.length} members is below ${mostPercent} % of its quota`, observed);
}
