import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { etcdDiskRemediation } from "../../src/model/etcd/etcd-disk-remediation.ts";
import { stateStore } from "../../src/model/etcd/etcd-members.ts";
import { etcdWrites } from "../../src/model/etcd/etcd-writes.ts";
import { againstLimit } from "../../src/model/etcd/latency-histogram.ts";
import { fail, notApplicable, pass, theCluster, undetermined } from "../../src/model/finding.ts";

export const etcdWriteLatency = defineCheck({
  id: "proposed/etcd-write-latency",
  title: {
    pass: "etcd answers nearly all writes fast enough",
    fail: "etcd answers too many writes too slowly",
  },
  why: "Slow writes delay heartbeats, and then etcd changes its leader and the cluster stands still.",
  looksAt:
    "Buckets of etcd_request_duration_seconds for create, update and delete, added up: a quorum of the members and their disks stand behind each. Nothing is guessed inside a bucket.",
  needs: {
    all: ["kube/api-server-metrics"],
    uses: ["kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "kube/nodes"],
  },
  parameters: Type.Object({
    percent: Type.Number({ default: 99, description: "share of the writes that has to be fast enough" }),
    limitMilliseconds: Type.Number({ default: 100, description: "what is fast enough" }),
    leastWrites: Type.Number({ default: 500, description: "fewer writes are not judged" }),
  }),
  remediation: etcdDiskRemediation,
  accepted: [
    "Counted since the API server started: its start is in it, and recent trouble is diluted.",
    "One slow member of three stays hidden behind the quorum; slow network or busy CPUs look like slow disks.",
    "Only the API server that answered is heard; its writes are a sample of all.",
  ],
  evaluate({ facts, parameters }) {
    const { percent, limitMilliseconds, leastWrites } = parameters;
    const store = stateStore(facts);
    const writes = etcdWrites(facts["kube/api-server-metrics"], percent, leastWrites);
    if (store.kind === "sqlite")
      return notApplicable(`The k3s server ${store.node} keeps its state in SQLite, there is no etcd`, {
        server: store.node,
        ...writes.observed,
      });
    if (!writes.known) return undetermined(writes.because, [writes.missing], writes.observed);
    const because = `${percent} % of the writes were answered within ${writes.text}`;
    switch (againstLimit(writes.band, limitMilliseconds / 1000)) {
      case "within":
        return pass(because, writes.observed);
      case "beyond":
        return fail(`${because}, the limit is ${limitMilliseconds} ms`, writes.observed, [
          {
            code: "etcd-writes-slow",
            subject: theCluster,
            expected: `${percent} % within ${limitMilliseconds} ms`,
            actual: writes.text,
            message: because,
          },
        ]);
      case "between": {
        const missing = {
          fact: "kube/api-server-metrics",
          reason: "not-visible",
          resolve: "etcd's own metrics",
        } as const;
        return undetermined(
          `${because}: on which side of ${limitMilliseconds} ms is not known`,
          [missing],
          writes.observed,
        );
      }
    }
  },
});
