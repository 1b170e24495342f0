import { describeCheck } from "../../tests/support/check-table.ts";
import { backupJobs, etcdSnapshots, unremarkableVelero } from "../../tests/support/facts.ts";
import { backupLocation } from "./backup-location.ts";

const kept = (...list: Parameters<typeof etcdSnapshots>) => ({
  facts: { "kube/etcd-snapshots": etcdSnapshots(...list), "kube/backup-jobs": backupJobs() },
});

describeCheck(
  backupLocation,
  ["pass", "undetermined"],
  [
    {
      name: "the newest in an object store",
      ...kept(["2026-11-23T00:00:00Z"], ["2026-11-23T00:00:00Z", "s3"]),
      outcome: "pass",
      observed: { inObjectStores: 1, onServers: 1 },
    },
    { name: "an old one there", ...kept(["2026-11-01T00:00:00Z", "s3"]), outcome: "undetermined", findings: [] },
    {
      name: "files on the servers alone: what copies them does not show",
      ...kept(["2026-11-23T00:00:00Z"]),
      outcome: "undetermined",
      findings: ["backup-on-the-same-node"],
      missing: ["a declaration"],
    },
    {
      name: "a CronJob does not say where to",
      facts: { "kube/backup-jobs": backupJobs({ succeededAt: "2026-11-23T03:00:00Z" }) },
      outcome: "undetermined",
      because: /does not show/,
    },
    {
      name: "Velero keeps objects elsewhere, which says nothing of etcd",
      facts: { ...kept().facts, "kube/velero-backups": unremarkableVelero },
      outcome: "undetermined",
      observed: { veleroLocations: 1 },
    },
  ],
);
