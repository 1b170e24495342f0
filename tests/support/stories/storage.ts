/** What a cluster's storage classes say, and what they leave open: one cluster with class after class. */
import { paths } from "../gathering.ts";
import { storageClass } from "./objects.ts";
import { openstack, threeHosts } from "./openstack.ts";
import type { Story } from "./story.ts";

const since = "2026-11-20T10:00:00Z";
const createdAt = { [paths.kubeSystem]: kubeSystemOf(since) };

function kubeSystemOf(creationTimestamp: string): object {
  return { metadata: { name: "kube-system", uid: "8f2c6c1e-5d1b-4c54-9f43-6a1c7d3f0b11", creationTimestamp } };
}

function withClasses(name: string, ...classes: readonly object[]): Story {
  return openstack(name, threeHosts, { objects: { ...createdAt, [paths.storageClasses]: classes } });
}

const betaOnly = {
  ...storageClass("standard", since, "cinder.csi.openstack.org", { isDefault: false }),
  metadata: {
    name: "standard",
    creationTimestamp: since,
    annotations: { "storageclass.beta.kubernetes.io/is-default-class": "true" },
  },
};

export const storageStories: readonly Story[] = [
  withClasses("storage-no-default", storageClass("cinder", since, "cinder.csi.openstack.org", { isDefault: false })),
  openstack("storage-no-default-old-cluster", threeHosts, { objects: { [paths.storageClasses]: [] } }),
  withClasses(
    "storage-several-defaults",
    storageClass("cinder", since, "cinder.csi.openstack.org"),
    storageClass("local-path", "2026-11-21T10:00:00Z", "rancher.io/local-path"),
  ),
  withClasses("storage-beta-annotation", betaOnly),
  withClasses(
    "storage-longhorn-one-copy",
    storageClass("longhorn", since, "driver.longhorn.io", { parameters: { numberOfReplicas: "1" } }),
  ),
  withClasses(
    "storage-linstor",
    storageClass("linstor", since, "linstor.csi.linbit.com", {
      parameters: { "linstor.csi.linbit.com/placementCount": "2", "linstor.csi.linbit.com/storagePool": "nvme" },
    }),
  ),
  withClasses(
    "storage-vsphere",
    storageClass("vsphere", since, "csi.vsphere.vmware.com", { parameters: { storagepolicyname: "gold" } }),
  ),
  withClasses("storage-made-by-hand", storageClass("by-hand", since, "kubernetes.io/no-provisioner")),
];
