import type { Storage } from "../options.ts";
import { type AddOnContainer, account, hostPath, nodeName, rule, workload } from "./daemons.ts";

/** One kind of storage: a driver (testbed/csi) and its default names. */
export interface StorageKind {
  readonly driver: string;
  readonly storageClass: string;
  /** Folder of the volumes on a node. */
  readonly data: string;
  /** Whether a volume is on one node only. */
  readonly nodeLocal: boolean;
}

/** Volumes on the network: one folder that all nodes see. */
export const networkStorage: StorageKind = {
  driver: "network.csi.testbed.example",
  storageClass: "network",
  data: "/run/testbed/volumes",
  nodeLocal: false,
};

/** Volumes in a folder of the node that first uses them. */
export const localStorage: StorageKind = {
  driver: "local.csi.testbed.example",
  storageClass: "local",
  data: "/var/lib/testbed/local",
  nodeLocal: true,
};

/** Drivers, provisioners and classes of the wanted storage; the first kind's class is the default one. */
export function storage(wanted: Storage): readonly object[] {
  const kinds = { network: [networkStorage], local: [localStorage], both: [networkStorage, localStorage], none: [] };
  return kinds[wanted].flatMap((kind, index) => [...classOf(kind, index === 0), ...driver(kind)]);
}

function classOf({ driver, storageClass, nodeLocal }: StorageKind, isDefault: boolean): object[] {
  const annotations = isDefault ? { "storageclass.kubernetes.io/is-default-class": "true" } : {};
  return [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "CSIDriver",
      metadata: { name: driver },
      spec: {
        attachRequired: false,
        podInfoOnMount: false,
        fsGroupPolicy: "None",
        volumeLifecycleModes: ["Persistent"],
      },
    },
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: storageClass, annotations },
      provisioner: driver,
      reclaimPolicy: "Delete",
      volumeBindingMode: nodeLocal ? "WaitForFirstConsumer" : "Immediate",
      allowVolumeExpansion: true,
    },
  ];
}

/** The driver on every node; the provisioner beside it where volumes belong to nodes, else once; the resizer once. */
function driver(kind: StorageKind): object[] {
  const name = `csi-${kind.storageClass}`;
  const plugins = "/var/lib/kubelet/plugins";
  const socket = `${plugins}/${kind.storageClass}/csi.sock`;
  const onNode: AddOnContainer = {
    name: "driver",
    binary: "csi",
    args: [
      ...driverFlags(kind, socket),
      "--node=$(NODE_NAME)",
      `--registration=/var/lib/kubelet/plugins_registry/${kind.storageClass}-reg.sock`,
    ],
    mounts: { kubelet: "/var/lib/kubelet", data: kind.data },
    fields: { env: [nodeName], securityContext: { privileged: true } },
  };
  const once = "/csi/csi.sock";
  const controller: AddOnContainer = {
    name: "driver",
    binary: "csi",
    args: driverFlags(kind, once),
    mounts: { socket: "/csi", data: kind.data },
  };
  const controllerName = `${name}-controller`;
  return [
    ...account(name, rules),
    ...account(controllerName, rules),
    workload({
      name,
      labels: { app: name },
      containers: [onNode, ...(kind.nodeLocal ? [provisioner(kind, socket, { plugins })] : [])],
      volumes: { kubelet: hostPath("/var/lib/kubelet"), plugins: hostPath(plugins), data: hostPath(kind.data) },
    }),
    workload(
      {
        name: controllerName,
        labels: { app: controllerName },
        containers: [
          controller,
          {
            name: "resizer",
            binary: "csi-resizer",
            args: [`--csi-address=${once}`, "--v=2"],
            mounts: { socket: "/csi" },
          },
          ...(kind.nodeLocal ? [] : [provisioner(kind, once, { socket: "/csi" })]),
        ],
        volumes: { socket: { emptyDir: {} }, data: hostPath(kind.data) },
      },
      1,
    ),
  ];
}

function driverFlags(kind: StorageKind, socket: string): string[] {
  const flags = [`--driver=${kind.driver}`, `--data=${kind.data}`, `--socket=${socket}`];
  return kind.nodeLocal ? [...flags, "--topology"] : flags;
}

function provisioner(kind: StorageKind, socket: string, mounts: Readonly<Record<string, string>>): AddOnContainer {
  const ofNodes = ["--node-deployment=true", "--strict-topology=true", "--immediate-topology=false"];
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return {
    name: "provisioner",
    binary: "csi-provisioner",
    args: [`--csi-address=${socket}`, "--v=2", ...(kind.nodeLocal ? ofNodes : [])],
    mounts,
    fields: { env: [nodeName, field("NAMESPACE", "metadata.namespace"), field("POD_NAME", "metadata.name")] },
  };
}

/** Of provisioner and resizer, as their own deployments have them. */
const all = ["get", "list", "watch", "create", "update", "patch", "delete"];
const reading = ["get", "list", "watch"];
const rules = [
  rule([""], ["persistentvolumes"], all),
  rule([""], ["persistentvolumeclaims"], ["get", "list", "watch", "update", "patch"]),
  rule([""], ["persistentvolumeclaims/status"], ["update", "patch"]),
  rule([""], ["events"], ["list", "watch", "create", "update", "patch"]),
  rule([""], ["nodes", "pods"], reading),
  rule(["apps"], ["replicasets"], ["get"]),
  rule(["storage.k8s.io"], ["storageclasses", "csinodes", "volumeattributesclasses", "volumeattachments"], reading),
  rule(["storage.k8s.io"], ["csistoragecapacities"], all),
  rule(["coordination.k8s.io"], ["leases"], all),
];
