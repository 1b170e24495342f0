import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { kubeletSettings } from "./kubelet-settings.ts";
import { parsePlainYaml } from "./plain-yaml.ts";
import { malformed } from "./reading.ts";
import { readConfigMap, rightToConfigMap } from "./system-config-map.ts";
import { valueAt } from "./untrusted.ts";

export const kubeletConfigurationProbe = defineProbe({
  id: "kube/kubelet-configuration",
  title: "configuration that kubeadm hands to kubelets",
  tier: "observe",
  rights: [rightToConfigMap("kubelet-config")],
  requests: 1,
  resolve: { "not-found": "a cluster made by kubeadm" },
  async collect({ cluster }) {
    const reading = await readConfigMap(cluster, "kubelet-config");
    if (!reading.ok) return reading;
    const settings = kubeletSettings(parsePlainYaml(valueAt(reading.value, "data", "kubelet")));
    return settings ? read({ source: "kubelet-config", settings }) : malformed("the KubeletConfiguration");
  },
});
