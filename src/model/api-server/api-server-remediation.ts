/** Where flags of the API server are written, per platform. */
import type { Remediation } from "../check.ts";

/** `flags` with example values; `more` replaces or adds what a platform has of its own. */
export function apiServerFlags(
  text: string,
  flags: { readonly [flag: string]: string },
  more: Remediation["platforms"] = {},
): Remediation {
  const entries = Object.entries(flags);
  const list = entries.map(([name, value]) => `{name: ${name}, value: "${value}"}`).join(", ");
  const map = entries.map(([name, value]) => `${name}: "${value}"`).join(", ");
  const words = entries.map(([name, value]) => `"${name}=${value}"`).join(", ");
  const dashed = entries.map(([name, value]) => `"--${name}=${value}"`).join(", ");
  const path = "clusterConfiguration.apiServer.extraArgs";
  return {
    text,
    platforms: {
      kubeadm: `Set \`apiServer.extraArgs: [${list}]\` in the ClusterConfiguration (v1beta3: a map), then on every control-plane node \`kubeadm init phase control-plane apiserver --config FILE\`; keep the ConfigMap kube-system/kubeadm-config in step.`,
      "cluster-api": `KubeadmControlPlane: \`spec.kubeadmConfigSpec.${path}: {${map}}\` (v1beta2: a list of name and value). With a ClusterClass: a patch of \`/spec/template/spec/kubeadmConfigSpec/${path.replaceAll(".", "/")}\` in the KubeadmControlPlaneTemplate.`,
      kind: `\`kubeadmConfigPatches\` with a ClusterConfiguration that sets \`apiServer.extraArgs: {${map}}\`.`,
      rke2: `On every server in /etc/rancher/rke2/config.yaml: \`kube-apiserver-arg: [${words}]\`, then restart rke2-server, one after the other.`,
      k3s: `On every server in /etc/rancher/k3s/config.yaml: \`kube-apiserver-arg: [${words}]\`, then restart k3s, one after the other.`,
      talos: `Machine config of the control plane: \`cluster.apiServer.extraArgs: {${map}}\`, with \`talosctl apply-config\`.`,
      hosted: `Kamaji: \`spec.controlPlane.deployment.extraArgs.apiServer: [${dashed}]\` of the TenantControlPlane.`,
      gardener:
        "Gardener sets the flags of the API server. The Shoot has fields for some of them below `spec.kubernetes.kubeAPIServer`; for every other ask the operator for a declaration.",
      managed: "The provider sets the flags of the API server: ask for a declaration.",
      ...more,
    },
  };
}
