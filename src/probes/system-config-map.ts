/** ConfigMaps of kube-system, by name: the right to one, and the read. */
import type { ClusterReader } from "../model/cluster.ts";
import type { Reading } from "../model/fact.ts";
import type { Right } from "../model/probe.ts";

export function rightToConfigMap(name: string): Right {
  return { kind: "resource", verb: "get", group: "", resource: "configmaps", namespace: "kube-system", name };
}

export function readConfigMap(cluster: ClusterReader, name: string): Promise<Reading<unknown>> {
  return cluster.json(`/api/v1/namespaces/kube-system/configmaps/${name}`);
}
