/** What a cluster shows of backups: snapshots of etcd, CronJobs that make them, and Velero's backups of objects. */
import { type Static, Type } from "@sinclair/typebox";
import { Instant, oneOf } from "../vocabulary.ts";

const Count = Type.Integer({ minimum: 0 });

/**
 * Snapshots that k3s and RKE2 keep a record of: objects of k3s.cattle.io/v1 ETCDSnapshotFile, before those entries of the
 * ConfigMap k3s-etcd-snapshots or rke2-etcd-snapshots. `none`: the cluster keeps no such records.
 */
export const EtcdSnapshotsFact = Type.Object({
  source: oneOf(["custom-resources", "config-map", "none"]),
  total: Count,
  /** The newest 20, newest first. */
  snapshots: Type.Array(
    Type.Object({
      takenAt: Instant,
      /** `node`: a file on the server that took it. `s3`: in an object store. */
      place: oneOf(["node", "s3", "other"]),
      node: Type.Optional(Type.String()),
      /** Taken without error, to be restored from. */
      ready: Type.Boolean(),
    }),
  ),
});
export type EtcdSnapshotsFact = Static<typeof EtcdSnapshotsFact>;

/**
 * By what a CronJob shows that it has to do with etcd: `snapshot-save`: etcdctl or etcdutl. `talos-snapshot`: talosctl etcd
 * snapshot. `distribution-snapshot`: k3s or RKE2 etcd-snapshot. `image`: an image made for it. `etcd-certificates`: it mounts
 * the certificates of etcd from the host, for whatever purpose.
 */
export const BackupSign = oneOf([
  "snapshot-save",
  "talos-snapshot",
  "distribution-snapshot",
  "image",
  "etcd-certificates",
]);
export type BackupSign = Static<typeof BackupSign>;

export const BackupJobRecord = Type.Object({
  namespace: Type.String(),
  name: Type.String(),
  createdAt: Instant,
  signs: Type.Array(BackupSign, { minItems: 1 }),
  schedule: Type.Optional(Type.String()),
  suspended: Type.Boolean(),
  /** `status.lastSuccessfulTime`: when a job last ended well. */
  succeededAt: Type.Optional(Instant),
});
export type BackupJobRecord = Static<typeof BackupJobRecord>;

/** CronJobs with a sign, at most 50; of commands, arguments and environment nothing else is kept. */
export const BackupJobsFact = Type.Object({ cronJobs: Count, jobs: Type.Array(BackupJobRecord) });
export type BackupJobsFact = Static<typeof BackupJobsFact>;

/** Velero (velero.io/v1): backups of API objects and volumes, never of etcd. */
export const VeleroBackupsFact = Type.Object({
  installed: Type.Boolean(),
  /** BackupStorageLocations by phase. */
  locations: Type.Record(Type.String(), Count),
  /** Schedules that are not paused. */
  activeSchedules: Count,
  backups: Count,
  /** Newest backup in phase Completed. */
  completedAt: Type.Optional(Instant),
});
export type VeleroBackupsFact = Static<typeof VeleroBackupsFact>;
