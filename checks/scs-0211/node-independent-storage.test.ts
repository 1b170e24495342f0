import { describeCheck } from "../../tests/support/check-table.ts";
import {
  claimedVolume,
  defaultClass,
  persistentVolumes,
  storageClass,
  storageClasses,
  tiedVolume,
  volumeGroup,
} from "../../tests/support/facts.ts";
import { nodeIndependentStorage } from "./node-independent-storage.ts";

const of = (provisioner: string, parameters: Record<string, string> = {}) => ({
  facts: { "kube/storage-classes": storageClasses(defaultClass("default", { provisioner, parameters })) },
});

/** A default class of `provisioner`, and volumes of its name, by default of its making. */
const withVolumes = (provisioner: string, ...groups: Parameters<typeof volumeGroup>[1][]) => ({
  facts: {
    ...of(provisioner).facts,
    "kube/persistent-volumes": persistentVolumes(
      ...groups.map((group) => volumeGroup("default", { provisioner, ...group })),
    ),
  },
});
const ifFailureSafe = { onlyIfFailureSafe: true };

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
      name: "a driver that nobody knows, whose volumes one of three nodes can use",
      ...withVolumes("storage.example.org", { reach: { one: 2 }, volumes: 2 }),
      outcome: "fail",
      findings: ["node-local-volumes"],
      because: /2 volumes of default can be used on one of 3 nodes only \(pvc-1\)/,
    },
    {
      name: "a provisioner that nobody knows, whose volumes are folders of a node",
      ...withVolumes("storage.example.org", { source: "host-path" }),
      outcome: "fail",
      because: /1 volume of default are folders or disks of a node/,
    },
    {
      name: "one node fits only because its zone has one: no answer about the volume",
      ...withVolumes("storage.example.org", { reach: { place: 3 } }),
      outcome: "undetermined",
      observed: { onOneNode: 0 },
    },
    {
      name: "every node can use them: it may be a node that serves them to the others",
      ...withVolumes("storage.example.org", { reach: { all: 3 } }),
      outcome: "undetermined",
    },
    {
      name: "Cinder, and a volume of its class's name that somebody made on a node's disk",
      ...withVolumes("cinder.csi.openstack.org", {}, { source: "local", provisioner: "", reach: { one: 1 } }),
      outcome: "pass",
      observed: { volumes: 1, boundVolumes: 1 },
    },
    {
      name: "the in-tree name of a driver, and volumes of the driver",
      ...withVolumes("kubernetes.io/cinder", { provisioner: "cinder.csi.openstack.org" }),
      outcome: "pass",
      observed: { volumes: 1 },
    },
    {
      name: "the second version leaves node-local storage open, unless volumes have to be failure-safe",
      ...of("rancher.io/local-path"),
      parameters: ifFailureSafe,
      outcome: "undetermined",
      findings: ["node-local-volumes"],
      because: /required to be failure-safe, no cluster shows/,
      missing: ["a declaration"],
    },
    {
      name: "and is met by Cinder in either case",
      ...of("cinder.csi.openstack.org"),
      parameters: ifFailureSafe,
      outcome: "pass",
    },
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
    {
      name: "Cinder, and a volume of it moved",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("default")),
        "kube/claimed-volume": claimedVolume("default"),
      },
      outcome: "pass",
      because: /outlive the node; a volume of it was written on w1, read on w2$/,
    },
    {
      name: "a driver that nobody knows: that its volumes move does not tell where they are kept",
      facts: {
        ...of("storage.example.org").facts,
        "kube/claimed-volume": claimedVolume("default"),
      },
      outcome: "undetermined",
      because: /read on w2, which shows that it moves, not where or how often it is kept$/,
      missing: ["a declaration"],
    },
    {
      name: "a driver that nobody knows, whose volume one of three nodes can use",
      facts: { ...of("storage.example.org").facts, "kube/claimed-volume": tiedVolume("default") },
      outcome: "fail",
      findings: ["node-local-volumes"],
      because: /can be used on one of 3 nodes only/,
      observed: { ownVolumeReach: "one" },
    },
    {
      name: "Cinder by name, and what was written is not there on another node",
      facts: {
        "kube/storage-classes": storageClasses(defaultClass("default")),
        "kube/claimed-volume": claimedVolume("default", { elsewhere: { kept: false, node: "w2" } }),
      },
      outcome: "fail",
      findings: ["node-local-volumes"],
      because: /written on w1, not there on w2/,
    },
    {
      name: "a volume that is a folder of its node",
      facts: {
        ...of("storage.example.org").facts,
        "kube/claimed-volume": claimedVolume("default", {
          volume: {
            name: "pvc-1",
            provisioner: "storage.example.org",
            source: "host-path",
            accessModes: ["ReadWriteOnce"],
            reclaimPolicy: "Delete",
            reach: "anywhere",
            nodes: 0,
          },
        }),
      },
      outcome: "fail",
    },
    {
      name: "no other node takes the pod: nothing was shown of the volume",
      facts: {
        ...of("storage.example.org").facts,
        "kube/claimed-volume": claimedVolume("default", {
          elsewhere: { hindrance: { by: "unschedulable", said: "0/1 nodes are available." } },
          again: { kept: true, node: "w1" },
        }),
      },
      outcome: "undetermined",
      observed: {
        ownVolume: "written and read on w1, not read on another node: no node takes its pod (0/1 nodes are available)",
      },
    },
    {
      name: "a volume of another class says nothing",
      facts: { ...of("storage.example.org").facts, "kube/claimed-volume": tiedVolume("other") },
      outcome: "undetermined",
    },
    {
      name: "in the second version a tied volume of the run leaves it open as well",
      facts: { ...of("storage.example.org").facts, "kube/claimed-volume": tiedVolume("default") },
      parameters: ifFailureSafe,
      outcome: "undetermined",
      findings: ["node-local-volumes"],
    },
  ],
);
