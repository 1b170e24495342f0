import type { ManagementEtcdFact } from "../../src/model/facts/managed-etcd.ts";
import { describeCheck, unavailable } from "../../tests/support/check-table.ts";
import {
  backupJobs,
  controlPlane,
  etcdSnapshots,
  flags,
  node,
  nodes,
  serverNode,
  unremarkableVelero,
} from "../../tests/support/facts.ts";
import { etcdLook, etcdMetrics } from "../../tests/support/running-facts.ts";
import { etcdBackup } from "./etcd-backup.ts";

type Etcd = ManagementEtcdFact["etcds"][number];
const daily: Etcd = { role: "main", store: true, fullSnapshotSchedule: "0 */24 * * *", backupReady: "True" };
const given = (...etcds: Etcd[]) => ({ "management/etcd": { etcds } });
const none = { "kube/etcd-snapshots": etcdSnapshots(), "kube/backup-jobs": backupJobs() };
const taken = (...list: Parameters<typeof etcdSnapshots>) => ({
  ...none,
  "kube/etcd-snapshots": etcdSnapshots(...list),
});
const jobs = (...list: Parameters<typeof backupJobs>) => ({ ...none, "kube/backup-jobs": backupJobs(...list) });
const regularly = { repeated: true };
const declared = ["a declaration"];

describeCheck(
  etcdBackup,
  ["pass", "fail", "not-applicable", "undetermined"],
  [
    {
      name: "RKE2 or k3s with snapshots in an object store",
      facts: taken(["2026-11-23T00:00:00Z", "s3"], ["2026-11-22T12:00:00Z", "s3"]),
      outcome: "pass",
      findings: [],
      because: /a snapshot in an object store, is 0.4 days old$/,
      observed: { repeated: true },
    },
    {
      name: "files on the server: the letter is met, and whoever loses the server loses them",
      facts: taken(["2026-11-23T00:00:00Z"], ["2026-11-22T12:00:00Z"]),
      outcome: "pass",
      findings: ["backup-on-the-same-node"],
    },
    {
      name: "files on the server, copied to an object store",
      facts: taken(["2026-11-23T00:00:00Z"], ["2026-11-23T00:00:00Z", "s3"]),
      outcome: "pass",
      findings: [],
    },
    {
      name: "etcd handed out a copy of itself this week",
      facts: { ...none, "kube/etcd-metrics": etcdMetrics(etcdLook({ snapshots: 1 }), etcdLook()) },
      outcome: "pass",
      findings: [],
      because: /^etcd has handed out a copy of its database since 2026-11-20T10:00:00Z$/,
      observed: { backups: 0, snapshotsServed: [{ node: "a", count: 1 }, { node: "b" }] },
    },
    {
      name: "once is not regularly",
      facts: { ...none, "kube/etcd-metrics": etcdMetrics(etcdLook({ snapshots: 1 })) },
      parameters: regularly,
      outcome: "undetermined",
      because: /handed out a copy/,
    },
    {
      name: "several times, on whichever member",
      facts: { ...none, "kube/etcd-metrics": etcdMetrics(etcdLook({ snapshots: 1 }), etcdLook({ snapshots: 1 })) },
      parameters: regularly,
      outcome: "pass",
    },
    {
      name: "one a year ago shows no more than a counter: when the last was is not known",
      facts: {
        ...none,
        "kube/etcd-metrics": etcdMetrics(etcdLook({ snapshots: 9, startedAt: "2025-11-20T10:00:00Z" })),
      },
      outcome: "undetermined",
      findings: [],
      observed: { snapshotsServed: [{ count: 9 }] },
    },
    {
      name: "none for longer than a week: disks may be copied instead",
      facts: { ...none, "kube/etcd-metrics": etcdMetrics(etcdLook({ startedAt: "2026-11-10T10:00:00Z" })) },
      outcome: "undetermined",
      findings: ["no-snapshot-served"],
      missing: declared,
    },
    {
      name: "none, of a member that started yesterday",
      facts: { ...none, "kube/etcd-metrics": etcdMetrics(etcdLook({ startedAt: "2026-11-22T10:00:00Z" })) },
      outcome: "undetermined",
      findings: [],
    },
    {
      name: "an old snapshot, and copies handed out since",
      facts: {
        ...taken(["2026-11-01T00:00:00Z", "s3"]),
        "kube/etcd-metrics": etcdMetrics(etcdLook({ snapshots: 2 })),
      },
      outcome: "pass",
    },
    {
      name: "older than a week: others may have been made elsewhere",
      facts: taken(["2026-11-15T00:00:00Z", "s3"]),
      outcome: "undetermined",
      findings: ["backup-overdue"],
      missing: declared,
    },
    {
      name: "that failed",
      facts: taken(["2026-11-23T00:00:00Z", "node", { ready: false }]),
      outcome: "undetermined",
      because: /No backup of etcd is visible/,
    },
    { name: "made after the day that is judged for", facts: taken(["2026-11-25T00:00:00Z"]), outcome: "undetermined" },
    {
      name: "one is not regular",
      facts: taken(["2026-11-23T00:00:00Z"]),
      parameters: regularly,
      outcome: "undetermined",
      because: /and the only one$/,
    },
    {
      name: "several are",
      facts: taken(["2026-11-23T00:00:00Z", "s3"], ["2026-11-22T00:00:00Z", "s3"]),
      parameters: regularly,
      outcome: "pass",
    },
    {
      name: "one, on three servers at the same time, is one",
      facts: taken(["2026-11-23T00:00:00Z", "node", { node: "a" }], ["2026-11-23T00:00:00Z", "node", { node: "b" }]),
      parameters: regularly,
      outcome: "undetermined",
    },
    {
      name: "a CronJob that ended well tonight",
      facts: jobs({ succeededAt: "2026-11-23T03:00:40Z" }),
      parameters: regularly,
      outcome: "pass",
      findings: [],
      because: /the CronJob kube-system\/nightly, is 0.3 days old/,
    },
    {
      name: "a CronJob of an image made for it",
      facts: jobs({ namespace: "talos-backup", signs: ["image"], succeededAt: "2026-11-20T03:00:00Z" }),
      outcome: "pass",
    },
    {
      name: "a CronJob that mounts etcd's certificates, for whatever purpose",
      facts: jobs({ signs: ["etcd-certificates"], succeededAt: "2026-11-23T03:00:00Z" }),
      outcome: "undetermined",
      findings: ["backup-not-shown"],
      missing: declared,
    },
    {
      name: "a CronJob that never ended well",
      facts: jobs({}),
      outcome: "undetermined",
      findings: ["backup-job-idle"],
    },
    {
      name: "a CronJob that was suspended a month ago",
      facts: jobs({ suspended: true, succeededAt: "2026-10-23T03:00:00Z" }),
      outcome: "undetermined",
      findings: ["backup-overdue", "backup-job-idle"],
    },
    { name: "nothing", facts: none, outcome: "undetermined", findings: [], missing: declared },
    {
      name: "CronJobs that could not be read may be the backup",
      facts: {
        "kube/etcd-snapshots": etcdSnapshots(),
        "kube/backup-jobs": unavailable("forbidden", "the right to list cronjobs"),
      },
      outcome: "undetermined",
      missing: ["the right to list cronjobs", ...declared],
    },
    {
      name: "Velero is no backup of etcd",
      facts: { ...none, "kube/velero-backups": unremarkableVelero },
      outcome: "undetermined",
      findings: ["objects-only"],
    },
    {
      name: "one server of k3s without etcd",
      facts: {
        ...none,
        "kube/node-args": { nodes: [serverNode("k3s", "edge")] },
        "kube/nodes": nodes(controlPlane("edge")),
      },
      outcome: "not-applicable",
      because: /SQLite/,
    },
    {
      name: "servers of k3s with etcd and without snapshots",
      facts: {
        ...none,
        "kube/node-args": { nodes: [serverNode("k3s", "a", { options: flags({ "etcd-disable-snapshots": "true" }) })] },
        "kube/nodes": nodes(node("a", { roles: ["control-plane", "etcd"] })),
      },
      outcome: "undetermined",
    },
    { name: "daily, and in time", facts: given({ role: "events", store: false }, daily), outcome: "pass" },
    {
      name: "monthly",
      facts: given({ ...daily, fullSnapshotSchedule: "0 3 1 * *" }),
      outcome: "fail",
      findings: ["seldom-backup"],
    },
    { name: "no store", facts: given({ ...daily, store: false }), outcome: "fail", findings: ["no-backup-store"] },
    {
      name: "scheduled, but not taken",
      facts: given({ ...daily, backupReady: "False" }),
      outcome: "undetermined",
      findings: ["backup-not-ready"],
    },
    {
      name: "in time, but by no schedule that is known",
      facts: given({ role: "main", store: true, backupReady: "True" }),
      outcome: "undetermined",
    },
    {
      name: "nothing is reported",
      facts: given({ role: "main", store: true, fullSnapshotSchedule: "0 3 * * *" }),
      outcome: "undetermined",
    },
    { name: "Events alone", facts: given({ ...daily, role: "events" }), outcome: "undetermined" },
  ],
);
