import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { comesWeekly } from "../../src/model/cron-period.ts";
import { etcdBackupRemediation } from "../../src/model/etcd/etcd-backup-remediation.ts";
import { type Finding, fail, pass, type Subject, undetermined } from "../../src/model/finding.ts";

const declared = { fact: "management/etcd", reason: "not-visible", resolve: "a declaration" } as const;
const main: Subject = { kind: "Etcd", name: "etcd-main" };

export const etcdBackupSchedule = defineCheck({
  id: "scs-0215/etcd-backup-schedule",
  title: {
    pass: "etcd is set to be backed up at least weekly, and its last backups were taken in time",
    fail: "etcd is not set to be backed up at least weekly",
  },
  why: "What is in no backup is gone with the disks that held it.",
  looksAt:
    "The letter, where etcd-druid runs etcd and the seed is looked at: an object store and a schedule of full snapshots for the Etcd of the Shoot, and its condition BackupReady.",
  needs: { all: ["management/etcd"] },
  parameters: Type.Object({}),
  remediation: etcdBackupRemediation,
  accepted: [
    "That a backup can be restored is not shown.",
    "The Etcd that holds Events alone is not judged: Gardener keeps no backup of them.",
  ],
  evaluate({ facts }) {
    const { etcds } = facts["management/etcd"];
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
  },
});
