/** Where kubelets are configured, per platform. */
import type { Remediation } from "../check.ts";

/** `yaml`: the setting in a KubeletConfiguration; `flag`: the same as a flag, without dashes. */
export function kubeletRemediation(text: string, yaml: string, flag: string): Remediation {
  return {
    text,
    platforms: {
      kubeadm: `Set \`${yaml}\` in the KubeletConfiguration of the ConfigMap kube-system/kubelet-config, then on every node \`kubeadm upgrade node phase kubelet-config\` and restart the kubelet; take other values out of KUBELET_EXTRA_ARGS.`,
      "cluster-api": `KubeadmControlPlane and KubeadmConfigTemplate: \`kubeletExtraArgs: {${flag.replace("=", ': "')}"}\` in \`initConfiguration\` and \`joinConfiguration\` \`.nodeRegistration\` (v1beta2: a list of name and value), or a patch of \`kubeletconfiguration\`.`,
      kind: `\`kubeadmConfigPatches\` with a KubeletConfiguration that sets \`${yaml}\`.`,
      rke2: `On every node in /etc/rancher/rke2/config.yaml: \`kubelet-arg: ["${flag}"]\`, which is the default too.`,
      k3s: `On every node in /etc/rancher/k3s/config.yaml: \`kubelet-arg: ["${flag}"]\`, which is the default too.`,
      talos: `Machine config of every node: \`machine.kubelet.extraConfig\` with \`${yaml}\`.`,
      gardener: "Gardener sets this for every worker: ask the operator for a declaration.",
      hosted: `Configure the nodes where they are made: \`${yaml}\` in their KubeletConfiguration.`,
      managed: "The provider configures the kubelets: ask for a declaration.",
    },
  };
}
