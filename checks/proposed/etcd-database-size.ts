import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { stateStore } from "../../src/model/etcd/etcd-members.ts";
import { quotaOf } from "../../src/model/etcd/etcd-quota.ts";
import { etcdSizeRemediation } from "../../src/model/etcd/etcd-remediation.ts";
import { fail, notApplicable, pass, theCluster, undetermined } from "../../src/model/finding.ts";

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
    "The size that the API server measures (apiserver_storage_size_bytes), against quota-backend-bytes of every etcd member; without the flag 2 GiB.",
  needs: {
    all: ["kube/api-server-metrics"],
    uses: ["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "kube/nodes"],
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
