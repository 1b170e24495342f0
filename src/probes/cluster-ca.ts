import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import { defineProbe, type Right } from "../model/probe.ts";
import { parseBundle, recordsOf } from "./certificate-record.ts";
import { malformed } from "./reading.ts";
import { readConfigMap, rightToConfigMap } from "./system-config-map.ts";
import { valueAt } from "./untrusted.ts";

/** Every namespace has a copy of the cluster's CA under this name. */
export const rootCaRight: Right = rightToConfigMap("kube-root-ca.crt");

/** The CA bundle that the cluster publishes for its own API server. */
export async function readRootCa(cluster: ClusterReader): Promise<Reading<unknown>> {
  const reading = await readConfigMap(cluster, "kube-root-ca.crt");
  return reading.ok ? read(valueAt(reading.value, "data", "ca.crt")) : reading;
}

export const clusterCaProbe = defineProbe({
  id: "kube/cluster-ca",
  title: "certificate authorities that the cluster publishes",
  tier: "observe",
  rights: [rootCaRight, rightToConfigMap("extension-apiserver-authentication")],
  requests: 2,
  resolve: { forbidden: "the right to get the ConfigMap kube-system/kube-root-ca.crt" },
  async collect({ cluster, redactor }) {
    const root = await readRootCa(cluster);
    if (!root.ok) return root;
    const clusterCa = recordsOf(parseBundle(root.value), redactor);
    if (!clusterCa) return malformed("the ConfigMap kube-root-ca.crt");
    const others = await readConfigMap(cluster, "extension-apiserver-authentication");
    const bundle = (key: string) =>
      others.ok ? recordsOf(parseBundle(valueAt(others.value, "data", key)), redactor) : undefined;
    const clientCa = bundle("client-ca-file");
    const frontProxyCa = bundle("requestheader-client-ca-file");
    return read({
      clusterCa,
      ...(clientCa === undefined ? {} : { clientCa }),
      ...(frontProxyCa === undefined ? {} : { frontProxyCa }),
    });
  },
});
