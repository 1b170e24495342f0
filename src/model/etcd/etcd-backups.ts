/** Backups of etcd that a cluster shows, and when the newest was made. */
import type { Fact } from "../fact.ts";
import type { BackupJobRecord, BackupJobsFact, BackupSign, EtcdSnapshotsFact } from "../facts/backup.ts";
import type { Finding } from "../finding.ts";
import { daysBetween } from "../instant.ts";
import type { Instant } from "../vocabulary.ts";

export interface EtcdBackup {
  /** `a snapshot on server-1`, `the CronJob backup/etcd`. */
  readonly what: string;
  readonly at: Instant;
  /** Where it is kept, as far as it shows. */
  readonly place: "node" | "s3" | "unknown";
}

export interface EtcdBackups {
  /** Newest first. */
  readonly backups: readonly EtcdBackup[];
  /** They are made again and again: by a schedule that runs, or there are several of different times. */
  readonly repeated: boolean;
  /** What was seen beside them: idle jobs, and jobs of which only etcd's certificates tell. */
  readonly notes: readonly Finding[];
}

export interface EtcdBackupFacts {
  readonly "kube/etcd-snapshots": Fact<EtcdSnapshotsFact>;
  readonly "kube/backup-jobs": Fact<BackupJobsFact>;
}

/** Mounting etcd's certificates is what defragmentation and monitoring do as well. */
const telling: ReadonlySet<BackupSign> = new Set(["snapshot-save", "talos-snapshot", "distribution-snapshot", "image"]);

/** What was made after the day that is judged for, give or take clocks, does not count. */
export function etcdBackups(facts: EtcdBackupFacts, asOf: Instant): EtcdBackups {
  const snapshots = facts["kube/etcd-snapshots"];
  const taken = snapshots.status === "unavailable" ? [] : snapshots.value.snapshots.filter(({ ready }) => ready);
  const jobs = facts["kube/backup-jobs"].status === "unavailable" ? [] : facts["kube/backup-jobs"].value.jobs;
  const sure = jobs.filter(({ signs }) => signs.some((sign) => telling.has(sign)));
  const ofJobs = sure.flatMap(({ namespace, name, succeededAt }): EtcdBackup[] =>
    succeededAt === undefined ? [] : [{ what: `the CronJob ${namespace}/${name}`, at: succeededAt, place: "unknown" }],
  );
  const ofServers = taken.map(({ node, place, takenAt }): EtcdBackup => {
    const where = place === "node" ? `on ${node ?? "a server"}` : place === "s3" ? "in an object store" : "elsewhere";
    return { what: `a snapshot ${where}`, at: takenAt, place: place === "other" ? "unknown" : place };
  });
  const running = sure.some(
    ({ suspended, schedule, succeededAt }) => !suspended && schedule !== undefined && succeededAt !== undefined,
  );
  const known = [...ofServers, ...ofJobs].filter(({ at }) => daysBetween(asOf, at) <= 1);
  return {
    backups: known.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)),
    repeated: running || new Set(taken.map(({ takenAt }) => takenAt)).size > 1,
    notes: jobs.flatMap((job) => notesOf(job, sure.includes(job))),
  };
}

function notesOf(job: BackupJobRecord, sure: boolean): readonly Finding[] {
  const subject = { kind: "CronJob", namespace: job.namespace, name: job.name };
  const note = (code: string, expected: string, actual: string, message: string): Finding[] => [
    { code, subject, expected, actual, message: `The CronJob ${job.namespace}/${job.name} ${message}` },
  ];
  if (!sure)
    return note(
      "backup-not-shown",
      "a command or image that takes a snapshot",
      job.signs.join(", "),
      "mounts etcd's certificates; whether it takes a snapshot does not show",
    );
  if (job.suspended)
    return note("backup-job-idle", "not suspended", "suspended", "takes snapshots of etcd, and is suspended");
  return job.succeededAt === undefined
    ? note(
        "backup-job-idle",
        "a job that ended well",
        "none",
        "takes snapshots of etcd, and none of its jobs has ended well",
      )
    : [];
}

/** `0.4`: age in days, one decimal. */
export function ageText(backup: EtcdBackup, asOf: Instant): string {
  return Math.max(0, daysBetween(backup.at, asOf)).toFixed(1);
}
