/**
 * What is known of storage provisioners: where their volumes live, and what that says about losing a node, a disk or a host.
 * Sources: the projects' documentation; the vendors' own for cloud disks.
 */
import type { StorageClassRecord } from "../facts/storage.ts";

/**
 * `node-local`: on the node's own disk, gone with it. `node-disks`: copies on the disks of several nodes. `network`: on a
 * storage system of its own, whose redundancy the cluster does not see. `replicated-service`: a cloud's disk service that
 * keeps several copies by its published design. `unknown`: could be anything.
 */
export type StorageKind = "node-local" | "node-disks" | "network" | "replicated-service" | "unknown";

export interface StorageKnowledge {
  readonly kind: StorageKind;
  /** One clause that says why, to follow "it ". */
  readonly why: string;
}

const nodeLocal = new Set([
  "kubernetes.io/host-path",
  "rancher.io/local-path",
  "k8s.io/minikube-hostpath",
  "microk8s.io/hostpath",
  "docker.io/hostpath",
  "hostpath.csi.k8s.io",
  "kubevirt.io/hostpath-provisioner",
  "kubevirt.io.hostpath-provisioner",
  "openebs.io/local",
  "local.csi.openebs.io",
  "zfs.csi.openebs.io",
  "topolvm.io",
  "topolvm.cybozu.com",
  "lvm.csi.metal-stack.io",
  "local.csi.aliyun.com",
  "directpv-min-io",
  "localdisk.csi.acstor.io",
  "local.csi.azure.com",
]);

const replicatedServices = new Map([
  ["ebs.csi.aws.com", "is Amazon EBS, replicated within its zone"],
  ["kubernetes.io/aws-ebs", "is Amazon EBS, replicated within its zone"],
  ["pd.csi.storage.gke.io", "is Google Persistent Disk, replicated within its zone"],
  ["kubernetes.io/gce-pd", "is Google Persistent Disk, replicated within its zone"],
  ["disk.csi.azure.com", "is Azure Disk, kept in three copies"],
  ["kubernetes.io/azure-disk", "is Azure Disk, kept in three copies"],
  ["csi.hetzner.cloud", "is Hetzner Cloud Volumes, kept in three copies"],
]);

const networkStorage = new Map([
  ["cinder.csi.openstack.org", "is Cinder: its backend decides, and one LVM host would do"],
  ["kubernetes.io/cinder", "is Cinder: its backend decides, and one LVM host would do"],
  ["manila.csi.openstack.org", "is Manila: its backend decides"],
  ["csi.trident.netapp.io", "is Trident: its backend decides"],
]);

/** Parameters that hold the number of copies, by provisioner. */
const copyParameters = new Map<string, readonly string[]>([
  ["driver.longhorn.io", ["numberOfReplicas"]],
  ["linstor.csi.linbit.com", ["autoPlace", "placementCount"]],
  ["io.openebs.csi-mayastor", ["repl"]],
  ["pxd.portworx.com", ["repl"]],
  ["kubernetes.io/portworx-volume", ["repl"]],
]);

/** In-tree provisioners whose volumes the CSI driver makes since the in-tree code was removed (KEP-625). */
const migrated = new Map([
  ["kubernetes.io/aws-ebs", "ebs.csi.aws.com"],
  ["kubernetes.io/gce-pd", "pd.csi.storage.gke.io"],
  ["kubernetes.io/azure-disk", "disk.csi.azure.com"],
  ["kubernetes.io/cinder", "cinder.csi.openstack.org"],
  ["kubernetes.io/vsphere-volume", "csi.vsphere.vmware.com"],
  ["kubernetes.io/portworx-volume", "pxd.portworx.com"],
]);

/** The driver behind a provisioner's name: the CSI driver where an in-tree name was migrated to one. */
export function driverOf(provisioner: string): string {
  return migrated.get(provisioner) ?? provisioner;
}

/** On the disk of one node by what the provisioner is, whatever its parameters. */
export function isNodeLocal(provisioner: string): boolean {
  return nodeLocal.has(provisioner);
}

const sharedFiles = new Set([
  "manila.csi.openstack.org",
  "nfs.csi.k8s.io",
  "smb.csi.k8s.io",
  "efs.csi.aws.com",
  "file.csi.azure.com",
  "filestore.csi.storage.gke.io",
]);

/** File systems that several nodes mount at once: ReadWriteMany by what the provisioner is. */
export function sharesFiles(provisioner: string): boolean {
  return (
    sharedFiles.has(provisioner) ||
    /(^|\.)cephfs\.csi\.ceph\.com$/.test(provisioner) ||
    provisioner.endsWith("nfs-subdir-external-provisioner")
  );
}

/** Parameter names are compared without a `linstor.csi.linbit.com/` prefix and without regard to case, as LINSTOR does. */
export function storageKnowledge(entry: StorageClassRecord): StorageKnowledge {
  const { provisioner } = entry;
  if (nodeLocal.has(provisioner)) return { kind: "node-local", why: "keeps volumes on the disk of one node" };
  const service = replicatedServices.get(provisioner);
  if (service !== undefined) return { kind: "replicated-service", why: service };
  const network = networkStorage.get(provisioner);
  if (network !== undefined) return { kind: "network", why: network };
  // Rook prefixes the driver with its namespace
  if (/(^|\.)(rbd|cephfs)\.csi\.ceph\.com$/.test(provisioner))
    return { kind: "network", why: "is Ceph: the pool's number of copies is not visible" };
  const copyNames = copyParameters.get(provisioner);
  if (copyNames) return onNodeDisks(entry, copyNames);
  if (provisioner === "kubernetes.io/no-provisioner")
    return { kind: "unknown", why: "provisions nothing: its volumes are made by hand, on local disks or elsewhere" };
  if (provisioner === "csi.vsphere.vmware.com" || provisioner === "kubernetes.io/vsphere-volume")
    return { kind: "unknown", why: "is vSphere: the datastore behind it may be local to one host" };
  if (provisioner === "nfs.csi.k8s.io" || provisioner.endsWith("nfs-subdir-external-provisioner"))
    return { kind: "unknown", why: "is NFS: its server may be a node of the cluster" };
  return { kind: "unknown", why: "is not known to this suite" };
}

function onNodeDisks(entry: StorageClassRecord, names: readonly string[]): StorageKnowledge {
  const given = Object.entries(entry.parameters).map(([key, value]) => [plain(key), value] as const);
  const copies = given.find(([key]) => names.some((name) => plain(name) === key))?.[1];
  if (given.some(([key, value]) => key === "datalocality" && value === "strict-local"))
    return { kind: "node-local", why: "keeps its only copy on the node that uses it (dataLocality strict-local)" };
  if (copies === "1") return { kind: "node-local", why: "keeps one copy only, on the disk of one node" };
  return { kind: "node-disks", why: `keeps ${copies ?? "an unstated number of"} copies on disks of the nodes` };
}

function plain(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1).toLowerCase();
}
