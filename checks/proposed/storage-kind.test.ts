import { describeCheck } from "../../tests/support/check-table.ts";
import {
  claimedVolume,
  csiNodes,
  nodes,
  persistentVolumes,
  storageClass,
  storageClasses,
  tiedVolume,
  volumeGroup,
  worker,
} from "../../tests/support/facts.ts";
import { storageKind } from "./storage-kind.ts";

const classes = (...provisioners: string[]) =>
  storageClasses(...provisioners.map((provisioner, index) => storageClass(`class-${index + 1}`, { provisioner })));
const static1 = "kubernetes.io/no-provisioner";

describeCheck(
  storageKind,
  ["pass", "undetermined"],
  [
    {
      name: "Cinder outlives the node",
      facts: { "kube/storage-classes": classes("topolvm.io", "cinder.csi.openstack.org") },
      outcome: "pass",
      observed: { ofThisKind: ["class-2"] },
    },
    {
      name: "and is not there on a GPU node on bare metal",
      facts: {
        "kube/storage-classes": classes("cinder.csi.openstack.org"),
        "kube/csi-nodes": csiNodes([["cinder.csi.openstack.org"], "worker-1"], [[], "gpu-1"]),
        "kube/nodes": nodes(worker("worker-1"), worker("gpu-1")),
      },
      outcome: "pass",
      findings: ["class-misses-nodes"],
    },
    {
      name: "copies on disks of nodes do as well",
      facts: { "kube/storage-classes": classes("driver.longhorn.io") },
      outcome: "pass",
    },
    {
      name: "local disks do not",
      facts: { "kube/storage-classes": classes("rancher.io/local-path") },
      outcome: "undetermined",
      missing: ["a declaration"],
    },
    {
      name: "TopoLVM is local",
      facts: { "kube/storage-classes": classes("topolvm.io") },
      parameters: { kind: "local" },
      outcome: "pass",
    },
    {
      name: "static local volumes, where there are any",
      facts: {
        "kube/storage-classes": classes(static1),
        "kube/persistent-volumes": persistentVolumes(volumeGroup("class-1", { provisioner: "", source: "local" })),
      },
      parameters: { kind: "local" },
      outcome: "pass",
    },
    {
      name: "a class of static volumes that has none never binds",
      facts: { "kube/storage-classes": classes(static1), "kube/persistent-volumes": persistentVolumes() },
      parameters: { kind: "local" },
      outcome: "undetermined",
      findings: ["class-without-volumes"],
    },
    {
      name: "CephFS by Rook is shared",
      facts: { "kube/storage-classes": classes("rook-ceph.cephfs.csi.ceph.com") },
      parameters: { kind: "shared" },
      outcome: "pass",
    },
    {
      name: "a volume with ReadWriteMany shows it of a driver that nobody knows",
      facts: {
        "kube/storage-classes": classes("storage.example.org"),
        "kube/persistent-volumes": persistentVolumes(
          volumeGroup("class-1", { provisioner: "storage.example.org", boundAccessModes: ["ReadWriteMany"] }),
        ),
      },
      parameters: { kind: "shared" },
      outcome: "pass",
    },
    {
      name: "Cinder is not shared",
      facts: { "kube/storage-classes": classes("cinder.csi.openstack.org") },
      parameters: { kind: "shared" },
      outcome: "undetermined",
    },
    { name: "no classes", facts: { "kube/storage-classes": storageClasses() }, outcome: "undetermined" },
    {
      name: "a driver that nobody knows, whose volume is tied to a node",
      facts: {
        "kube/storage-classes": classes("storage.example.org"),
        "kube/claimed-volume": tiedVolume("class-1"),
      },
      parameters: { kind: "local" },
      outcome: "pass",
      observed: { ofThisKind: ["class-1"] },
    },
    {
      name: "Ceph by name, whose volume is tied to a node",
      facts: {
        "kube/storage-classes": classes("rbd.csi.ceph.com"),
        "kube/claimed-volume": tiedVolume("class-1"),
      },
      outcome: "undetermined",
    },
    {
      name: "a driver that nobody knows, whose volume moves: where it is kept does not show",
      facts: {
        "kube/storage-classes": classes("storage.example.org"),
        "kube/claimed-volume": claimedVolume("class-1"),
      },
      outcome: "undetermined",
      observed: { ownVolume: "written on w1, read on w2" },
    },
  ],
);
