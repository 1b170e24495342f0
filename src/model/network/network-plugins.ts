/** How to come by a network plugin that enforces policies, platform by platform. */
import type { Remediation } from "../check.ts";

export const enforcing: Remediation = {
  text: "Use a network plugin that enforces networking.k8s.io/v1 NetworkPolicy (Calico, Cilium, Antrea ...), and see to it that its agents run on every node.",
  platforms: {
    kubeadm: "kubeadm installs no plugin: apply the manifests of one that enforces policies.",
    "cluster-api":
      "Choose the plugin in your cluster add-ons (ClusterResourceSet, HelmChartProxy, a cluster stack's cluster-addon).",
    k3s: "Do not start the servers with `--disable-network-policy`, or install another plugin with `--flannel-backend=none`.",
    kind: "Create the cluster with `networking.disableDefaultCNI: true` and install a plugin that enforces policies, or use kind 0.24 or newer.",
    rke2: "Choose `cni: cilium` or `cni: calico` in /etc/rancher/rke2/config.yaml; plain flannel enforces nothing.",
    talos:
      "Flannel, the default, enforces nothing: set `cluster.network.cni.name: none` in the machine config and install Cilium or Calico.",
    gardener: "Set `spec.networking.type: calico` or `cilium` in the Shoot.",
    hosted: "Install the plugin into the hosted cluster: its agents run on the workers.",
    managed: "Switch the provider's network policy setting on, which is often chosen when the cluster is created.",
  },
};
