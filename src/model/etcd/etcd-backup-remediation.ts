/** How etcd is backed up, per platform. */
import type { Remediation } from "../check.ts";

export const etcdBackupRemediation: Remediation = {
  text: "Take a snapshot of etcd at least once a week, keep it away from the machines that hold etcd, and try to restore it.",
  platforms: {
    kubeadm: "A timer with `etcdctl snapshot save` on one control-plane node, copied to an object store.",
    "cluster-api":
      "A CronJob on a control-plane node that runs `etcdctl snapshot save` and copies the file to an object store.",
    rke2: "`etcd-snapshot-schedule-cron` and `etcd-s3` in /etc/rancher/rke2/config.yaml.",
    k3s: "`etcd-snapshot-schedule-cron` and `etcd-s3` in /etc/rancher/k3s/config.yaml.",
    talos: "`talosctl etcd snapshot` by a timer outside the cluster.",
    gardener: "The Seed's `spec.backup` names the object store; etcd-druid then takes a full snapshot daily.",
    hosted: "The datastore is outside the cluster: back it up there, and declare it.",
    managed: "The provider backs etcd up: ask for a declaration.",
  },
};
