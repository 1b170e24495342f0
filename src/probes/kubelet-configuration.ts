import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { kubeletSettings } from "./kubelet-settings.ts";
import { parsePlainYaml } from "./plain-yaml.ts";
import { malformed } from "./reading.ts";
import { valueAt } from "./untrusted.ts";

export const kubeletConfigurationProbe = defineProbe({
  id: "kube/kubelet-configuration",
  title: "configuration that kubeadm hands to kubelets",
  tier: "observe",
  rights: [
    {
      kind: "resource",
      verb: "get",
      group: "",
      resource: "configmaps",
      namespace: "kube-system",
      name: "kubelet-config",
    },
  ],
  requests: 1,
  resolve: { "not-found": "a cluster made by kubeadm" },
  async collect({ cluster }) {
    const reading = await cluster.json("/api/v1/namespaces/kube-system/configmaps/kubelet-config");
    if (!reading.ok) return reading;
    const settings = kubeletSettings(parsePlainYaml(valueAt(reading.value, "data", "kubelet")));
    return settings ? read({ source: "kubelet-config", settings }) : malformed("the KubeletConfiguration");
  },
});
