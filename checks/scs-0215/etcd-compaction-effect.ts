import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { durationText } from "../../src/model/duration-text.ts";
import { compactionsIn } from "../../src/model/etcd/etcd-counters.ts";
import { stateStore } from "../../src/model/etcd/etcd-members.ts";
import { etcdCompactionRemediation } from "../../src/model/etcd/etcd-remediation.ts";
import type { CompactionHorizonFact } from "../../src/model/facts/compaction-horizon.ts";
import { notApplicable, pass, undetermined } from "../../src/model/finding.ts";
import { millisecondsOf } from "../../src/model/instant.ts";

const fact = "kube/compaction-horizon";
const aDeclaration = { fact, reason: "not-visible", resolve: "a declaration" } as const;

export const etcdCompactionEffect = defineCheck({
  id: "scs-0215/etcd-compaction-effect",
  title: {
    pass: "etcd has dropped its history of more than a day ago",
    fail: "etcd keeps its history for more than a day",
  },
  why: "A history that is never compacted grows until the database is full and the cluster read-only.",
  looksAt:
    "The effect, whoever compacts: Events and Leases carry revisions of etcd with a time; a list at an old one is refused (410 Expired) once it is compacted. At tier system etcd's own count of compactions is shown beside it: whether etcd compacts by itself, or only when an API server asks.",
  needs: {
    all: [fact],
    uses: [
      "kube/identity",
      "kube/control-plane-pods",
      "kube/node-args",
      "kube/kubeadm-config",
      "kube/nodes",
      "kube/etcd-metrics",
    ],
  },
  parameters: Type.Object({
    withinHours: Type.Number({ default: 24, description: "history older than this has to be gone" }),
  }),
  remediation: etcdCompactionRemediation,
  accepted: [
    "Never disproved: a longer retention may be chosen, and a cluster without old Events and Leases shows no old revision.",
    "Compaction makes room for new revisions; that the file is defragmented as well is not visible.",
    "Times of Leases come from the clocks of their holders.",
  ],
  evaluate({ facts, parameters }) {
    const horizon = facts[fact];
    const store = stateStore(facts);
    const identity = facts["kube/identity"];
    const now = millisecondsOf(horizon.serverTime);
    const observed = {
      revisionsAskedAmong: horizon.revisions,
      ...(horizon.compacted ? { historyGoneUpTo: horizon.compacted.at } : {}),
      ...(horizon.kept ? { historyKeptSince: horizon.kept.at } : {}),
      ...(identity.status === "collected" ? { clusterCreatedAt: identity.value.createdAt } : {}),
      ...compactionsIn(facts["kube/etcd-metrics"]),
    };
    if (store.kind === "sqlite")
      return notApplicable(`The k3s server ${store.node} keeps its state in SQLite, there is no etcd`, {
        server: store.node,
        ...observed,
      });
    if (horizon.separateStore !== "no") return undetermined(apart[horizon.separateStore], [aDeclaration], observed);
    const within = parameters.withinHours * 3_600_000;
    const older = { fact, reason: "not-visible", resolve: `a cluster older than ${durationText(within)}` } as const;
    const created = identity.status === "collected" ? millisecondsOf(identity.value.createdAt) : undefined;
    const young = created !== undefined && now - created <= within;
    const youth = young ? `, in a cluster that is only ${durationText(now - created)} old` : "";
    if (!horizon.compacted)
      return undetermined(`${nothingGone(horizon, now)}${youth}`, [young ? older : later], observed);

    const goneAfter = now - millisecondsOf(horizon.compacted.at);
    const gone = `etcd's history up to ${durationText(goneAfter)} ago is compacted`;
    if (goneAfter > within)
      return undetermined(`${gone}, and nothing younger was seen to be`, [later, aDeclaration], observed);
    if (identity.status === "unavailable") {
      const missing = { fact: "kube/identity", reason: identity.reason, resolve: identity.resolve };
      return undetermined(`${gone}, but the cluster's age is not known`, [missing], observed);
    }
    return young ? undetermined(`${gone}${youth}`, [older], observed) : pass(gone, observed);
  },
});

const later = { fact, reason: "not-visible", resolve: "a look while older Events are there" } as const;

const apart = {
  yes: "Some resources live in an etcd of their own: the history of Events tells nothing of the other",
  unknown: "Without /readyz it is not known whether Events live in the same etcd as everything else",
} as const;

function nothingGone({ kept, revisions }: CompactionHorizonFact, now: number): string {
  if (!kept) return "No object carries an old revision of etcd to ask for";
  return `None of ${revisions} revisions is compacted; the oldest is ${durationText(now - millisecondsOf(kept.at))} old`;
}
