/** Where the default level of pod security admission is written, per platform. */
import type { Remediation } from "../check.ts";

const file =
  "an AdmissionConfiguration with the plugin PodSecurity and `defaults: {enforce: baseline, enforce-version: latest}`";

export const podSecurityRemediation: Remediation = {
  text: `Give every API server ${file} (--admission-control-config-file), with the namespaces of the infrastructure exempt.`,
  platforms: {
    kubeadm:
      "Write the file on every control-plane node, mount it by `apiServer.extraVolumes` and name it in `apiServer.extraArgs` of the ClusterConfiguration, then `kubeadm init phase control-plane apiserver --config FILE`.",
    "cluster-api":
      "KubeadmControlPlane: the file in `spec.kubeadmConfigSpec.files[]`, `clusterConfiguration.apiServer.extraVolumes` and `extraArgs.admission-control-config-file`; or the ClusterClass variable `podSecurityStandard` where there is one.",
    kind: "`kubeadmConfigPatches` with the same `extraArgs` and `extraVolumes`, the file by `extraMounts`.",
    rke2: "`profile: cis` in /etc/rancher/rke2/config.yaml, or `pod-security-admission-config-file: FILE`.",
    k3s: '`kube-apiserver-arg: ["admission-control-config-file=FILE"]` in /etc/rancher/k3s/config.yaml on every server.',
    talos:
      "Talos enforces baseline by default; `cluster.apiServer.admissionControl: [{name: PodSecurity, configuration: {...}}]` changes it.",
    gardener:
      "Shoot: `spec.kubernetes.kubeAPIServer.admissionPlugins: [{name: PodSecurity, config: {apiVersion: pod-security.admission.config.k8s.io/v1, kind: PodSecurityConfiguration, defaults: {enforce: baseline}}}]`.",
    hosted:
      "Kamaji: mount the file by `spec.controlPlane.deployment` of the TenantControlPlane and name it in `extraArgs.apiServer`.",
    managed: "Label the namespaces, or let a policy engine enforce; ask the provider for a declaration on the default.",
  },
};
