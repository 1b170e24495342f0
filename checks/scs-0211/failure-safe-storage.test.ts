import type { FactValues } from "../../src/model/facts/index.ts";
import { describeCheck } from "../../tests/support/check-table.ts";
import { claimedVolume, defaultClass, storageClasses, tiedVolume } from "../../tests/support/facts.ts";
import { failureSafeStorage } from "./failure-safe-storage.ts";

const of = (provisioner: string, parameters: Record<string, string> = {}) => ({
  facts: { "kube/storage-classes": storageClasses(defaultClass("default", { provisioner, parameters })) },
});
type VolumeType = FactValues["cloud/volume-types"]["types"][number];
const type = (name: string, more: Partial<VolumeType> = {}): VolumeType => ({
  id: `id-of-${name}`,
  name,
  aspects: [],
  replicationEnabled: false,
  ...more,
});
const types = [
  type("fast"),
  type("safe", { aspects: ["encrypted", "replicated"] }),
  type("two", { replicationEnabled: true }),
];
const cloud = (parameters: Record<string, string>, defaultType?: string, provisioner = "cinder.csi.openstack.org") => ({
  facts: {
    ...of(provisioner, parameters).facts,
    "cloud/volume-types": { types, ...(defaultType === undefined ? {} : { defaultType }) },
  },
});

describeCheck(
  failureSafeStorage,
  ["pass", "fail", "undetermined"],
  [
    { name: "a cloud's replicated disks", ...of("csi.hetzner.cloud"), outcome: "pass" },
    { name: "local-path", ...of("rancher.io/local-path"), outcome: "fail", findings: ["single-copy"] },
    { name: "TopoLVM", ...of("topolvm.io"), outcome: "fail" },
    { name: "Mayastor with one copy", ...of("io.openebs.csi-mayastor", { repl: "1" }), outcome: "fail" },
    {
      name: "Cinder: mobility is not redundancy",
      ...of("cinder.csi.openstack.org"),
      outcome: "undetermined",
      because: /one LVM host/,
      missing: ["a declaration"],
    },
    {
      name: "Ceph: the pool's size is not visible",
      ...of("rbd.csi.ceph.com", { pool: "kube" }),
      outcome: "undetermined",
    },
    {
      name: "Longhorn with three copies on node disks",
      ...of("driver.longhorn.io", { numberOfReplicas: "3" }),
      outcome: "undetermined",
    },
    {
      name: "Longhorn with the default number",
      ...of("driver.longhorn.io"),
      outcome: "undetermined",
      because: /unstated number/,
    },
    {
      name: "Cinder with a type that the cloud describes as replicated",
      ...cloud({ type: "safe" }),
      outcome: "pass",
      because: /volume type safe, which the cloud describes as replicated$/,
      observed: { volumeType: "safe" },
    },
    { name: "the same by the type's id", ...cloud({ type: "id-of-safe" }), outcome: "pass" },
    { name: "a type with replication enabled", ...cloud({ type: "two" }), outcome: "pass" },
    {
      name: "no type: the cloud's default one",
      ...cloud({}, "id-of-safe"),
      outcome: "pass",
      because: /the cloud's default volume type safe/,
    },
    { name: "no type, and no default that is told", ...cloud({}), outcome: "undetermined" },
    { name: "a type of which nothing is said", ...cloud({ type: "fast" }), outcome: "undetermined" },
    {
      name: "a type that the cloud does not offer",
      ...cloud({ type: "other" }, "id-of-safe"),
      outcome: "undetermined",
    },
    {
      name: "Ceph beside such a cloud",
      ...cloud({ type: "safe" }, "id-of-safe", "rbd.csi.ceph.com"),
      outcome: "undetermined",
    },
    { name: "local-path beside such a cloud", ...cloud({}, "id-of-safe", "rancher.io/local-path"), outcome: "fail" },
    {
      name: "Ceph, and a volume of it moved: mobility is no redundancy",
      facts: { ...of("rbd.csi.ceph.com").facts, "kube/claimed-volume": claimedVolume("default") },
      outcome: "undetermined",
      because: /read on w2, which shows that it moves, not where or how often it is kept$/,
    },
    {
      name: "Ceph, and a volume of it that one node can use: what happens to its data does not show",
      facts: { ...of("rbd.csi.ceph.com").facts, "kube/claimed-volume": tiedVolume("default") },
      outcome: "undetermined",
    },
    { name: "vSphere", ...of("csi.vsphere.vmware.com"), outcome: "undetermined" },
    { name: "unknown", ...of("storage.example.org"), outcome: "undetermined" },
    { name: "no default class", facts: { "kube/storage-classes": storageClasses() }, outcome: "undetermined" },
  ],
);
