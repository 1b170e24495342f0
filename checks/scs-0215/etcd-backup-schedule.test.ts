import type { ManagementEtcdFact } from "../../src/model/facts/managed-etcd.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { etcdBackupSchedule } from "./etcd-backup-schedule.ts";

type Etcd = ManagementEtcdFact["etcds"][number];
const daily: Etcd = { role: "main", store: true, fullSnapshotSchedule: "0 */24 * * *", backupReady: "True" };
const given = (...etcds: Etcd[]) => ({ "management/etcd": { etcds } });

describeCheck(
  etcdBackupSchedule,
  ["pass", "fail", "undetermined"],
  [
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
