/** How etcd gets a fast local disk, per platform. */
import type { Remediation } from "../check.ts";

export const etcdDiskRemediation: Remediation = {
  text: "Give the machines that hold etcd a flavor with a local SSD or NVMe (SCS-2V-4-20s) and boot them from it, not from a volume.",
  platforms: {
    "cluster-api":
      "OpenStackMachineTemplate of the control plane: `spec.template.spec.flavor: SCS-2V-4-20s` and no `rootVolume` (SCS cluster stacks: `controlPlaneFlavor: SCS-2V-4-20s`, `controlPlaneRootDisk: 0`), then let the KubeadmControlPlane roll out.",
    kubeadm: "Put /var/lib/etcd of every control-plane node on a local SSD or NVMe, one node after the other.",
    rke2: "Put /var/lib/rancher/rke2/server/db of every server on a local SSD or NVMe.",
    k3s: "Put /var/lib/rancher/k3s/server/db of every server on a local SSD or NVMe.",
    talos: "Install Talos on the local SSD or NVMe (`machine.install.disk`): etcd lies on the same disk.",
    gardener: "The seed's storage class of etcd decides (`etcd.main.storageClassName` of the Seed): ask the operator.",
    hosted: "The datastore is outside the cluster: give its machines local SSDs, and declare it.",
    managed: "The provider runs etcd: ask for a declaration.",
  },
};
