import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { etcdBackupRemediation } from "../../src/model/etcd/etcd-backup-remediation.ts";
import { ageText, type EtcdBackupFacts, etcdBackups } from "../../src/model/etcd/etcd-backups.ts";
import { stateStore } from "../../src/model/etcd/etcd-members.ts";
import { judgeSchedule } from "../../src/model/etcd/scheduled-backup.ts";
import { servedSnapshots } from "../../src/model/etcd/served-snapshots.ts";
import { type Finding, type Missing, notApplicable, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { daysBetween } from "../../src/model/instant.ts";

export const etcdBackup = defineCheck({
  id: "scs-0215/etcd-backup",
  title: {
    pass: "A backup of etcd younger than the limit is visible",
    fail: "etcd is not backed up as asked for",
  },
  why: "Without a backup, etcd's loss is the loss of every object of the cluster.",
  looksAt:
    "Snapshots that k3s and RKE2 record, and CronJobs whose command or image takes snapshots of etcd, with the time of the last success; the schedule of etcd-druid, where the seed of a Shoot is looked at. At tier system also how many copies of itself etcd has handed out since it started. Absence shows nothing: hosts and providers make backups that no cluster shows.",
  needs: {
    oneOf: [["kube/etcd-snapshots", "kube/backup-jobs", "kube/etcd-metrics", "management/etcd"]],
    uses: ["kube/velero-backups", "kube/control-plane-pods", "kube/node-args", "kube/kubeadm-config", "kube/nodes"],
  },
  parameters: Type.Object({
    maxAgeDays: Type.Number({ default: 7, minimum: 0, description: "age in days of the newest backup, at most" }),
    repeated: Type.Boolean({ default: false, description: "a schedule that runs or several backups have to be seen" }),
  }),
  remediation: etcdBackupRemediation,
  accepted: [
    "That a snapshot can be restored is not tried.",
    "A copy that etcd has handed out counts as a backup: where it went does not show. That it has handed out none disproves nothing, for disks can be copied as well.",
    "What a CronJob does is told by its command and the name of its image; a script that it mounts is not read.",
    "The Etcd of a Shoot that holds Events alone is not judged: Gardener keeps no backup of them.",
    "Velero backs up objects and volumes, not etcd: it is named and counts for nothing here.",
  ],
  evaluate({ facts, parameters, asOf }) {
    const managed = facts["management/etcd"];
    if (managed.status === "collected") return judgeSchedule(managed.value);
    const store = stateStore(facts);
    if (store.kind === "sqlite")
      return notApplicable(`The k3s server ${store.node} keeps its state in SQLite, there is no etcd`, {
        server: store.node,
      });
    const { backups, repeated, notes } = etcdBackups(facts, asOf);
    const [newest] = backups;
    const velero = facts["kube/velero-backups"];
    const objectsOnly = velero.status === "collected" && velero.value.installed ? [veleroNote] : [];
    const missing = unseen(facts);
    const { maxAgeDays } = parameters;
    const served = servedSnapshots(facts["kube/etcd-metrics"], maxAgeDays, asOf);
    const fresh = backups.filter(({ at }) => daysBetween(at, asOf) <= maxAgeDays);
    if (fresh.length === 0 && served.fresh && !(parameters.repeated && !served.fresh.repeated))
      return pass(served.fresh.text, { backups: backups.length, ...served.observed }, notes);
    if (!newest)
      return undetermined(
        `No backup of etcd is visible in the cluster; those of hosts and providers are not${served.fresh ? `. ${served.fresh.text}` : ""}`,
        missing,
        { backups: 0, ...served.observed },
        [...served.notes, ...notes, ...objectsOnly],
      );

    const observed = {
      ...{ backups: backups.length, newest: newest.at, by: newest.what, place: newest.place, repeated },
      ...served.observed,
    };
    const text = `The newest backup of etcd that is visible, ${newest.what}, is ${ageText(newest, asOf)} days old`;
    if (fresh.length === 0) {
      const late: Finding = {
        code: "backup-overdue",
        subject: theCluster,
        expected: `at most ${maxAgeDays} days`,
        actual: `${ageText(newest, asOf)} days`,
        message: `${text}; whether there are newer ones elsewhere does not show`,
      };
      return undetermined(text, missing, observed, [late, ...notes, ...objectsOnly]);
    }
    if (parameters.repeated && !repeated && served.fresh?.repeated !== true)
      return undetermined(`${text}, and the only one`, missing, observed, [...notes, ...objectsOnly]);
    const elsewhere = fresh.some(({ place }) => place !== "node");
    return pass(text, observed, [...(elsewhere ? [] : [sameNode]), ...notes]);
  },
});

/** What could not be read may hold the backup; beside it, only the provider knows. */
function unseen(facts: EtcdBackupFacts): readonly Missing[] {
  const refused = (["kube/etcd-snapshots", "kube/backup-jobs"] as const).flatMap((fact) => {
    const found = facts[fact];
    return found.status === "unavailable" ? [{ fact, reason: found.reason, resolve: found.resolve }] : [];
  });
  return [...refused, { fact: "kube/backup-jobs", reason: "not-visible", resolve: "a declaration" }];
}

const sameNode: Finding = {
  code: "backup-on-the-same-node",
  subject: theCluster,
  expected: "a copy apart from the servers",
  actual: "files on the servers",
  message: "The backups are files on the servers that they are of: whoever loses the servers loses them as well",
};

const veleroNote: Finding = {
  code: "objects-only",
  subject: theCluster,
  expected: "a backup of etcd",
  actual: "backups of objects by Velero",
  message: "Velero backs up objects and volumes, not etcd",
};
