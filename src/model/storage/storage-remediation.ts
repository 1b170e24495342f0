/** How a cluster gets a default storage class that outlives a node, per platform. */
import type { Remediation } from "../check.ts";

const mark = 'set the annotation `storageclass.kubernetes.io/is-default-class: "true"` on one class';

export const defaultClassRemediation: Remediation = {
  text: `Install the CSI driver of your cloud (OpenStack: cinder.csi.openstack.org) with a StorageClass, and ${mark}.`,
  platforms: {
    kubeadm: `kubeadm installs no class: install a CSI driver and ${mark}.`,
    "cluster-api": `Deploy openstack-cinder-csi as a cluster add-on (SCS cluster stacks do) and ${mark}.`,
    kind: "kind installs `standard` (rancher.io/local-path) as default; it is gone only if somebody removed it.",
    rke2: `RKE2 ships no class: install a CSI driver, for example by a HelmChart, and ${mark}.`,
    k3s: "k3s ships `local-path` unless it runs with `--disable=local-storage`; install a CSI driver of your cloud for volumes that outlive a node.",
    talos: `Talos ships no class: install a CSI driver and ${mark}.`,
    gardener:
      "The provider extension creates the class `default`; its marking is reconciled, see `csi` in the CloudProfile.",
    hosted: `A hosted control plane brings no class: install the CSI driver into the cluster and ${mark}.`,
    managed: `Enable the provider's CSI driver add-on and ${mark}.`,
  },
};

export const durableClassRemediation: Remediation = {
  text: 'Make a class of a replicated storage system outside the nodes the default one: create it, give it the annotation `storageclass.kubernetes.io/is-default-class: "true"`, and set that of the old default to "false".',
  platforms: {
    "cluster-api":
      "Use the Cinder CSI class with a volume type on replicated storage (SCS: volume type with `[scs:replicated]`).",
    kubeadm: "Install the CSI driver of your cloud with a volume type on replicated storage.",
    k3s: "Start with `--disable=local-storage` and install a CSI driver of your cloud, or Longhorn with `numberOfReplicas` of at least 2.",
    rke2: "Install the CSI driver of your cloud, or Longhorn with `numberOfReplicas` of at least 2.",
    kind: "kind keeps all volumes on one machine: use another way to build a cluster that is to conform.",
    talos:
      "Install the CSI driver of your cloud, or Longhorn with `numberOfReplicas` of at least 2 (it needs the system extension iscsi-tools).",
    gardener:
      "Choose a class whose volume type the operator keeps on replicated storage; which one that is stands in the CloudProfile or with the operator.",
    hosted: "Install the CSI driver of the workers' cloud with a volume type on replicated storage.",
    managed: "Choose a class of the provider's replicated disk service as default.",
  },
};

export const expansionRemediation: Remediation = {
  text: "Set `allowVolumeExpansion: true` on the default StorageClass, if its driver can expand volumes.",
};
