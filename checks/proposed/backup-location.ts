import { Type } from "@sinclair/typebox";
import { defineCheck } from "../../src/model/check.ts";
import { etcdBackupRemediation } from "../../src/model/etcd/etcd-backup-remediation.ts";
import { ageText, etcdBackups } from "../../src/model/etcd/etcd-backups.ts";
import { pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { daysBetween } from "../../src/model/instant.ts";

export const backupLocation = defineCheck({
  id: "proposed/backup-location",
  title: {
    pass: "Backups of etcd are kept in an object store",
    fail: "Backups of etcd are kept on the machines that they are of",
  },
  why: "A backup on the machine that it is of is lost with it.",
  looksAt:
    "Where k3s and RKE2 keep the snapshots that they record. Those in an object store pass while they are young; files on a server fail nothing, since what copies them does not show.",
  needs: { oneOf: [["kube/etcd-snapshots", "kube/backup-jobs"]], uses: ["kube/velero-backups"] },
  parameters: Type.Object({
    maxAgeDays: Type.Number({ default: 7, minimum: 0, description: "age in days of the newest such backup, at most" }),
  }),
  remediation: etcdBackupRemediation,
  accepted: ["An object store may itself run on machines of the cluster; its address is not kept."],
  evaluate({ facts, parameters, asOf }) {
    const { backups } = etcdBackups(facts, asOf);
    const velero = facts["kube/velero-backups"];
    const available = velero.status === "collected" ? (velero.value.locations.Available ?? 0) : "not known";
    const observed = {
      inObjectStores: backups.filter(({ place }) => place === "s3").length,
      onServers: backups.filter(({ place }) => place === "node").length,
      veleroLocations: available,
    };
    const stored = backups.find(({ place }) => place === "s3");
    if (stored && daysBetween(stored.at, asOf) <= parameters.maxAgeDays)
      return pass(`${ageText(stored, asOf)} days ago a snapshot of etcd was put into an object store`, observed);
    const missing = { fact: "kube/etcd-snapshots", reason: "not-visible", resolve: "a declaration" } as const;
    const onServers = backups.find(({ place }) => place === "node");
    if (!onServers) return undetermined("Where backups of etcd are kept does not show", [missing], observed);
    const because = "The snapshots of etcd that are visible are files on the servers that they are of";
    const finding = {
      code: "backup-on-the-same-node",
      subject: theCluster,
      expected: "a copy apart from the servers",
      actual: "files on the servers",
      message: because,
    };
    return undetermined(because, [missing], observed, [finding]);
  },
});
