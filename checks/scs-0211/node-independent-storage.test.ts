import { describeCheck } from "../../tests/support/check-table.ts";
import { defaultClass, storageClass, storageClasses } from "../../tests/support/facts.ts";
import { nodeIndependentStorage } from "./node-independent-storage.ts";

const of = (provisioner: string, parameters: Record<string, string> = {}) => ({
  facts: { "kube/storage-classes": storageClasses(defaultClass("default", { provisioner, parameters })) },
});

describeCheck(
  nodeIndependentStorage,
  ["pass", "fail", "undetermined"],
  [
    { name: "Cinder", ...of("cinder.csi.openstack.org"), outcome: "pass" },
    { name: "Ceph by Rook", ...of("rook-ceph.rbd.csi.ceph.com"), outcome: "pass" },
    { name: "EBS", ...of("ebs.csi.aws.com"), outcome: "pass", observed: { storage: "replicated-service" } },
    {
      name: "local-path of k3s and kind",
      ...of("rancher.io/local-path"),
      outcome: "fail",
      findings: ["node-local-volumes"],
    },
    {
      name: "volumes made by hand may be anything",
      ...of("kubernetes.io/no-provisioner"),
      outcome: "undetermined",
      because: /made by hand/,
    },
    { name: "the hostPath of old", ...of("kubernetes.io/host-path"), outcome: "fail" },
    { name: "minikube", ...of("k8s.io/minikube-hostpath"), outcome: "fail" },
    { name: "Longhorn with one copy", ...of("driver.longhorn.io", { numberOfReplicas: "1" }), outcome: "fail" },
    {
      name: "Longhorn strict-local",
      ...of("driver.longhorn.io", { numberOfReplicas: "3", dataLocality: "strict-local" }),
      outcome: "fail",
    },
    {
      name: "Longhorn with three copies",
      ...of("driver.longhorn.io", { numberOfReplicas: "3" }),
      outcome: "undetermined",
      because: /3 copies on disks/,
    },
    {
      name: "LINSTOR placed once",
      ...of("linstor.csi.linbit.com", { "linstor.csi.linbit.com/placementCount": "1" }),
      outcome: "fail",
    },
    { name: "LINSTOR", ...of("linstor.csi.linbit.com", { autoPlace: "2" }), outcome: "undetermined" },
    { name: "Mayastor", ...of("io.openebs.csi-mayastor", { repl: "3" }), outcome: "undetermined" },
    { name: "vSphere may sit on a local datastore", ...of("csi.vsphere.vmware.com"), outcome: "undetermined" },
    { name: "NFS may be a node", ...of("nfs.csi.k8s.io"), outcome: "undetermined" },
    {
      name: "a name that only looks like Ceph",
      ...of("notrbd.csi.ceph.com.example.org"),
      outcome: "undetermined",
      because: /not known/,
    },
    { name: "unknown", ...of("storage.example.org"), outcome: "undetermined", missing: ["a declaration"] },
    {
      name: "no default class",
      facts: { "kube/storage-classes": storageClasses(storageClass("x")) },
      outcome: "undetermined",
      missing: ["a default storage class"],
    },
    {
      name: "the newest default decides",
      facts: {
        "kube/storage-classes": storageClasses(
          defaultClass("local", { provisioner: "rancher.io/local-path", createdAt: "2026-01-01T00:00:00Z" }),
          defaultClass("cinder", { createdAt: "2026-02-01T00:00:00Z" }),
        ),
      },
      outcome: "pass",
    },
  ],
);
