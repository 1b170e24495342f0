import { describeCheck } from "../../tests/support/check-table.ts";
import { defaultClass, storageClasses } from "../../tests/support/facts.ts";
import { failureSafeStorage } from "./failure-safe-storage.ts";

const of = (provisioner: string, parameters: Record<string, string> = {}) => ({
  facts: { "kube/storage-classes": storageClasses(defaultClass("default", { provisioner, parameters })) },
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
    { name: "vSphere", ...of("csi.vsphere.vmware.com"), outcome: "undetermined" },
    { name: "unknown", ...of("storage.example.org"), outcome: "undetermined" },
    { name: "no default class", facts: { "kube/storage-classes": storageClasses() }, outcome: "undetermined" },
  ],
);
