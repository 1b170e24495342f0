import { read } from "../model/fact.ts";
import type { StorageClassRecord } from "../model/facts/storage.ts";
import { defineProbe, type Redactor } from "../model/probe.ts";
import { reduceList } from "./reading.ts";
import { inOrder, instantOf, keysAt, textAt, valueAt } from "./untrusted.ts";

/** Parameters that tell whether data outlives a node (Longhorn, LINSTOR, Mayastor, Portworx, Cinder, Ceph, ZFS), by form. */
const keptParameters: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    numberOfReplicas: /^\d{1,3}$/,
    replicaCount: /^\d{1,3}$/,
    replicas: /^\d{1,3}$/,
    repl: /^\d{1,3}$/,
    autoPlace: /^\d{1,3}$/,
    placementCount: /^\d{1,3}$/,
    dataLocality: /^(disabled|best-effort|strict-local)$/,
    type: /^[A-Za-z0-9_.:+ -]{1,63}$/,
    pool: /^[A-Za-z0-9_.-]{1,63}$/,
    fsName: /^[A-Za-z0-9_.-]{1,63}$/,
    protocol: /^[A-Za-z]{1,10}$/,
  }),
);
/** Kept as keyed digests: whether two classes share one stays visible. */
const addressParameters: ReadonlySet<string> = new Set(["server"]);

export const storageClassesProbe = defineProbe({
  id: "kube/storage-classes",
  title: "storage classes",
  tier: "observe",
  rights: [{ kind: "resource", verb: "list", group: "storage.k8s.io", resource: "storageclasses" }],
  requests: 1,
  async collect({ cluster, redactor }) {
    const path = "/apis/storage.k8s.io/v1/storageclasses";
    const reading = await reduceList(cluster, path, { limit: 500 }, (object) => classRecord(object, redactor));
    if (!reading.ok) return reading;
    return read({ classes: [...reading.value.items].sort((a, b) => inOrder(a.name, b.name)) });
  },
});

function classRecord(object: unknown, redactor: Redactor): StorageClassRecord | undefined {
  const name = textAt(object, "metadata", "name");
  const createdAt = instantOf(object, "metadata", "creationTimestamp");
  const provisioner = textAt(object, "provisioner");
  if (name === undefined || createdAt === undefined || provisioner === undefined) return undefined;
  const annotation = (key: string) => textAt(object, "metadata", "annotations", key);
  const current = annotation("storageclass.kubernetes.io/is-default-class");
  const beta = annotation("storageclass.beta.kubernetes.io/is-default-class");
  return {
    name,
    createdAt,
    provisioner,
    ...(current === undefined ? {} : { defaultAnnotation: current }),
    ...(beta === undefined ? {} : { betaDefaultAnnotation: beta }),
    reclaimPolicy: textAt(object, "reclaimPolicy") ?? "Delete",
    volumeBindingMode: textAt(object, "volumeBindingMode") ?? "Immediate",
    allowVolumeExpansion: valueAt(object, "allowVolumeExpansion") === true,
    ...parametersOf(object, redactor),
  };
}

function parametersOf(
  object: unknown,
  redactor: Redactor,
): Pick<StorageClassRecord, "parameters" | "withheldParameters"> {
  const kept: [string, string][] = [];
  const withheld: string[] = [];
  for (const key of [...keysAt(object, "parameters")].sort(inOrder)) {
    const value = textAt(object, "parameters", key);
    if (value !== undefined && keptParameters.get(key)?.test(value)) kept.push([key, value]);
    else if (value !== undefined && addressParameters.has(key)) kept.push([key, redactor.pseudonym("address", value)]);
    else if (/^[A-Za-z0-9][A-Za-z0-9_./-]{0,200}$/.test(key)) withheld.push(key);
  }
  return { parameters: Object.fromEntries(kept), withheldParameters: withheld };
}
