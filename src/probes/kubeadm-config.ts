import { read } from "../model/fact.ts";
import type { KubeadmConfigFact } from "../model/facts/control-plane.ts";
import { defineProbe } from "../model/probe.ts";
import { familiesOf } from "./address-family.ts";
import { type GivenFlag, keep } from "./flags.ts";
import { parsePlainYaml } from "./plain-yaml.ts";
import { malformed } from "./reading.ts";
import { readConfigMap, rightToConfigMap } from "./system-config-map.ts";
import { keysAt, textAt, valueAt } from "./untrusted.ts";

export const kubeadmConfigProbe = defineProbe({
  id: "kube/kubeadm-config",
  title: "configuration that kubeadm left",
  tier: "observe",
  rights: [rightToConfigMap("kubeadm-config")],
  requests: 1,
  resolve: { "not-found": "a cluster made by kubeadm" },
  async collect({ cluster }) {
    const reading = await readConfigMap(cluster, "kubeadm-config");
    if (!reading.ok) return reading;
    const fact = configOf(parsePlainYaml(valueAt(reading.value, "data", "ClusterConfiguration")));
    return fact ? read(fact) : malformed("the ClusterConfiguration");
  },
});

function configOf(config: unknown): KubeadmConfigFact | undefined {
  const apiVersion = matching(config, /^kubeadm\.k8s\.io\/v[a-z0-9]{1,20}$/, "apiVersion");
  if (apiVersion === undefined) return undefined;
  const version = matching(config, /^v\d[\w.+-]{1,60}$/, "kubernetesVersion");
  const validity = matching(config, duration, "certificateValidityPeriod");
  const caValidity = matching(config, duration, "caCertificateValidityPeriod");
  return {
    apiVersion,
    ...(version === undefined ? {} : { kubernetesVersion: version }),
    apiServer: keep(extraArgs(valueAt(config, "apiServer", "extraArgs"))),
    etcd: { placement: placementOf(config), flags: keep(extraArgs(valueAt(config, "etcd", "local", "extraArgs"))) },
    podFamilies: familiesOf(rangesAt(config, "podSubnet")),
    serviceFamilies: familiesOf(rangesAt(config, "serviceSubnet")),
    ...(validity === undefined ? {} : { certificateValidityPeriod: validity }),
    ...(caValidity === undefined ? {} : { caCertificateValidityPeriod: caValidity }),
  };
}

const duration = /^(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h)){1,6}$/;

function matching(config: unknown, form: RegExp, key: string): string | undefined {
  const text = textAt(config, key);
  return text !== undefined && form.test(text) ? text : undefined;
}

/** v1beta3 and older: a map; v1beta4: a list of name and value. */
export function extraArgs(given: unknown): GivenFlag[] {
  if (Array.isArray(given)) return given.flatMap((entry) => flagOf(textAt(entry, "name"), valueAt(entry, "value")));
  return keysAt(given).flatMap((name) => flagOf(name, valueAt(given, name)));
}

function flagOf(name: string | undefined, value: unknown): GivenFlag[] {
  if (name === undefined || !/^[a-z][a-z0-9.-]{0,99}$/.test(name)) return [];
  const scalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return [[name, scalar ? String(value) : undefined]];
}

function placementOf(config: unknown): KubeadmConfigFact["etcd"]["placement"] {
  if (valueAt(config, "etcd", "external") !== undefined) return "external";
  return valueAt(config, "etcd", "local") !== undefined ? "local" : "unknown";
}

function rangesAt(config: unknown, key: string): string[] {
  return (textAt(config, "networking", key) ?? "").split(",").map((range) => range.trim());
}
