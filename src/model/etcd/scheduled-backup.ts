/** How etcd-druid (Gardener) backs up the etcd of a Shoot, where the seed is looked at: the letter of its schedule. */
import { comesWeekly } from "../cron-period.ts";
import type { ManagementEtcdFact } from "../facts/managed-etcd.ts";
import { type CheckResult, type Finding, fail, pass, type Subject, undetermined } from "../finding.ts";

const declared = { fact: "management/etcd", reason: "not-visible", resolve: "a declaration" } as const;
const main: Subject = { kind: "Etcd", name: "etcd-main" };

/** The Etcd that holds Events alone is not judged: Gardener keeps no backup of them. */
export function judgeSchedule({ etcds }: ManagementEtcdFact): CheckResult {
  const etcd = etcds.find(({ role }) => role === "main");
  if (etcd === undefined)
    return undetermined("The Etcd that holds the cluster's objects is not visible there", [declared]);
  const { store, fullSnapshotSchedule: schedule, backupReady } = etcd;
  const observed = {
    store,
    fullSnapshotSchedule: schedule ?? "not written, or in a form that is not kept",
    defragmentationSchedule: etcd.defragmentationSchedule ?? "not written, or in a form that is not kept",
    backupReady: backupReady ?? "not reported",
  };
  const finding = (code: string, expected: string, actual: string, message: string): Finding => ({
    code,
    subject: main,
    expected,
    actual,
    message,
  });
  if (!store) {
    const message = "The Etcd has no object store for backups";
    return fail(message, observed, [finding("no-backup-store", "an object store", "none", message)]);
  }
  const weekly = schedule === undefined ? undefined : comesWeekly(schedule);
  if (weekly === false) {
    const message = `Full snapshots are scheduled as ${schedule}, which is not every week`;
    return fail(message, observed, [finding("seldom-backup", "at least weekly", schedule ?? "", message)]);
  }
  if (backupReady !== "True") {
    const message = `The Etcd reports BackupReady ${backupReady ?? "not at all"}`;
    const notes = [finding("backup-not-ready", "True", backupReady ?? "not reported", message)];
    return undetermined(`${message}: whether backups are taken is open`, [declared], observed, notes);
  }
  if (weekly === undefined)
    return undetermined("When full snapshots are taken is not written in a plain schedule", [declared], observed);
  return pass(`Full snapshots are scheduled as ${schedule}, and the last ones were taken in time`, observed);
}
