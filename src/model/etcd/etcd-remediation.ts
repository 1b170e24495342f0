/** Where flags of etcd are written, per platform. */
import type { Remediation } from "../check.ts";

const words = '["auto-compaction-mode=periodic", "auto-compaction-retention=8h"]';
const map = '{auto-compaction-mode: periodic, auto-compaction-retention: "8h"}';

export const etcdCompactionRemediation: Remediation = {
  text: "Start every etcd member with --auto-compaction-mode=periodic --auto-compaction-retention=8h.",
  platforms: {
    kubeadm: `Set \`etcd.local.extraArgs: ${map}\` in the ClusterConfiguration (v1beta4: a list of name and value), then on every control-plane node \`kubeadm init phase etcd local --config FILE\`, one after the other.`,
    "cluster-api": `KubeadmControlPlane: \`spec.kubeadmConfigSpec.clusterConfiguration.etcd.local.extraArgs: ${map}\` (v1beta2: a list). With a ClusterClass: a patch of the same path in the KubeadmControlPlaneTemplate.`,
    kind: `\`kubeadmConfigPatches\` with a ClusterConfiguration that sets \`etcd.local.extraArgs: ${map}\`.`,
    rke2: `On every server in /etc/rancher/rke2/config.yaml: \`etcd-arg: ${words}\`, then restart rke2-server, one after the other.`,
    k3s: `On every server in /etc/rancher/k3s/config.yaml: \`etcd-arg: ${words}\` (embedded etcd), then restart k3s, one after the other.`,
    talos: `Machine config of the control plane: \`cluster.etcd.extraArgs: ${map}\`.`,
    gardener:
      "etcd-druid runs etcd: `etcd.autoCompactionMode` and `autoCompactionRetention` of the Etcd resource on the seed; ask the operator for a declaration.",
    hosted: "The datastore is shared and outside the cluster: set the flags there, and declare it.",
    managed: "The provider runs etcd: ask for a declaration.",
  },
};

const quota = '{quota-backend-bytes: "8589934592"}';
const defrag = "`etcdctl defrag --cluster` with the certificates below";

export const etcdSizeRemediation: Remediation = {
  text: "Defragment every etcd member, one after the other (`etcdctl defrag`), and find what fills it; if that much is needed, raise --quota-backend-bytes to at most 8 GiB.",
  platforms: {
    kubeadm: `In a pod of etcd: ${defrag} /etc/kubernetes/pki/etcd; the quota is \`etcd.local.extraArgs: ${quota}\` of the ClusterConfiguration.`,
    "cluster-api": `In a pod of etcd: ${defrag} /etc/kubernetes/pki/etcd; the quota is \`spec.kubeadmConfigSpec.clusterConfiguration.etcd.local.extraArgs: ${quota}\` of the KubeadmControlPlane.`,
    kind: "Recreate the cluster.",
    rke2: `In a pod of etcd: ${defrag} /var/lib/rancher/rke2/server/tls/etcd; the quota is \`etcd-arg: ["quota-backend-bytes=8589934592"]\` in /etc/rancher/rke2/config.yaml.`,
    k3s: `On a server: ${defrag} /var/lib/rancher/k3s/server/tls/etcd; the quota is \`etcd-arg: ["quota-backend-bytes=8589934592"]\` in /etc/rancher/k3s/config.yaml.`,
    talos: `\`talosctl etcd defrag\` on one server after the other; the quota is \`cluster.etcd.extraArgs: ${quota}\` of the machine config.`,
    gardener:
      "etcd-druid defragments by a schedule (`etcd.defragmentationSchedule`) and sets the quota: ask the operator.",
    hosted: "The datastore is outside the cluster: defragment it there, and ask its operator for the quota.",
    managed: "The provider runs etcd: ask the provider.",
  },
};
