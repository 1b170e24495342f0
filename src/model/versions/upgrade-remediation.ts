/** How a cluster gets another Kubernetes version, per platform. */
import type { Remediation } from "../check.ts";

export function upgradeRemediation(text: string): Remediation {
  return {
    text,
    platforms: {
      kubeadm:
        "`kubeadm upgrade plan`, `kubeadm upgrade apply v1.X.Y` on the first control-plane node, `kubeadm upgrade node` on the others, then the kubelets.",
      "cluster-api":
        "Set `spec.topology.version` of the Cluster (ClusterClass), else `spec.version` of the KubeadmControlPlane and then of every MachineDeployment, with an image of that version.",
      kind: "Recreate the cluster with the `kindest/node` image of the wanted version.",
      rke2: "Raise the version in the Plans of system-upgrade-controller, or install the wanted `INSTALL_RKE2_VERSION` node by node, servers first.",
      k3s: "Raise the version in the Plans of system-upgrade-controller, or install the wanted `INSTALL_K3S_VERSION` node by node, servers first.",
      talos: "`talosctl upgrade-k8s --to 1.X.Y`.",
      gardener: "Set `spec.kubernetes.version` of the Shoot, or `spec.maintenance.autoUpdate.kubernetesVersion: true`.",
      hosted:
        "Set `spec.kubernetes.version` of the TenantControlPlane (Kamaji) or the version field of your hosted control plane.",
      managed:
        "Choose the newest patch in the provider's upgrade settings; the provider decides which patches are offered.",
    },
  };
}
