/** Where etcd's transport security is written, per platform. */
import type { Remediation } from "../check.ts";

export const etcdTlsRemediation: Remediation = {
  text: "Let every etcd member listen on https alone, for clients and peers, with --client-cert-auth=true, --peer-client-cert-auth=true and authorities of its own; point --etcd-servers of the API servers to https.",
  platforms: {
    kubeadm:
      "kubeadm sets all of this: take what overrides it out of `etcd.local.extraArgs` of the ClusterConfiguration, then `kubeadm init phase etcd local --config FILE` on one control-plane node after the other.",
    "cluster-api":
      "Take what overrides it out of `spec.kubeadmConfigSpec.clusterConfiguration.etcd.local.extraArgs` of the KubeadmControlPlane.",
    kind: "kind sets all of this: take what overrides it out of `kubeadmConfigPatches`.",
    rke2: "RKE2 sets all of this: take what overrides it out of `etcd-arg`.",
    k3s: "k3s sets all of this for embedded etcd: take what overrides it out of `etcd-arg`; give `datastore-endpoint` an https URL and `datastore-cafile`.",
    talos: "Talos sets all of this: take what overrides it out of `cluster.etcd.extraArgs`.",
    gardener: "etcd-druid sets all of this: ask the operator for a declaration.",
    hosted: "The datastore is outside the cluster: set it there, and declare it.",
    managed: "The provider runs etcd: ask for a declaration.",
  },
};
