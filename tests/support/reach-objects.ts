/** Objects of a real cluster's storage, backups and load balancers, for the control-plane ring. */

const cinder = "cinder.csi.openstack.org";
const group = "example-tests";

export const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: group } };

/** A volume that is there already and the claim that it was made for: the volume controller binds them. */
export function boundVolume(
  name: string,
  given: { readonly storageClass?: string; readonly driver?: string; readonly node?: string; readonly zone?: string },
): readonly object[] {
  const { storageClass = "cinder-default", driver = cinder, node, zone } = given;
  const term = (key: string, value: string) => [{ matchExpressions: [{ key, operator: "In", values: [value] }] }];
  const terms =
    node === undefined
      ? zone === undefined
        ? undefined
        : term("topology.kubernetes.io/zone", zone)
      : term("kubernetes.io/hostname", node);
  const common = { accessModes: ["ReadWriteOnce"], storageClassName: storageClass };
  return [
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": driver } },
      spec: {
        ...common,
        capacity: { storage: "1Gi" },
        persistentVolumeReclaimPolicy: "Retain",
        csi: { driver, volumeHandle: name },
        claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: group, name },
        ...(terms === undefined ? {} : { nodeAffinity: { required: { nodeSelectorTerms: terms } } }),
      },
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace: group },
      spec: { ...common, volumeName: name, resources: { requests: { storage: "1Gi" } } },
    },
  ];
}

export function csiNode(name: string, ...drivers: string[]): object {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSINode",
    metadata: { name },
    spec: { drivers: drivers.map((driver) => ({ name: driver, nodeID: name, topologyKeys: [] })) },
  };
}

/** A nightly snapshot of etcd, as cluster add-ons make it. */
export const backupJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "nightly", namespace: "kube-system" },
  spec: {
    schedule: "0 3 * * *",
    suspend: true,
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: "Never",
            containers: [
              {
                name: "save",
                image: "registry.k8s.io/etcd:3.6.4",
                command: ["/bin/sh", "-c", "etcdctl --cacert /pki/ca.crt snapshot save /backup/etcd.db"],
              },
            ],
          },
        },
      },
    },
  },
} as const;

/** A definition that takes objects of any form. */
export function anyResource(apiGroup: string, kind: string, plural: string, scope: "Cluster" | "Namespaced"): object {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${apiGroup}` },
    spec: {
      group: apiGroup,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope,
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}

export function etcdSnapshotFile(name: string, creationTime: string, location: string): object {
  return {
    apiVersion: "k3s.cattle.io/v1",
    kind: "ETCDSnapshotFile",
    metadata: { name },
    spec: { snapshotName: name, nodeName: "cp-1", location },
    status: { size: "2Mi", creationTime, readyToUse: true },
  };
}

export function veleroObject(kind: string, name: string, more: object): object {
  return { apiVersion: "velero.io/v1", kind, metadata: { name, namespace: group }, ...more };
}

export const webService = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: group },
  spec: {
    type: "LoadBalancer",
    ipFamilyPolicy: "PreferDualStack",
    selector: { app: "web" },
    ports: [{ port: 80 }],
  },
} as const;
