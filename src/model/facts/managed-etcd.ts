/** How etcd of a Shoot is backed up and kept small, as etcd-druid is told on the seed (druid.gardener.cloud). */
import { type Static, Type } from "@sinclair/typebox";

export const ManagementEtcdFact = Type.Object({
  etcds: Type.Array(
    Type.Object({
      /** `etcd-main` holds all but Events, `etcd-events` these. */
      role: Type.Union([Type.Literal("main"), Type.Literal("events"), Type.Literal("other")]),
      /** Backups go to an object store. */
      store: Type.Boolean(),
      /** Cron, five fields. */
      fullSnapshotSchedule: Type.Optional(Type.String()),
      defragmentationSchedule: Type.Optional(Type.String()),
      /** Condition BackupReady: whether the last snapshots were taken in time. */
      backupReady: Type.Optional(Type.Union([Type.Literal("True"), Type.Literal("False"), Type.Literal("Unknown")])),
    }),
  ),
});
export type ManagementEtcdFact = Static<typeof ManagementEtcdFact>;
