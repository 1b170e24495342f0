/** Recorded nodes of clouds and of products that run a control plane of their own. */
import { paths, recorded } from "../gathering.ts";
import { anyCluster, leases, readyz, storageClass } from "./objects.ts";
import type { Story } from "./story.ts";

interface Offer {
  readonly gitVersion: string;
  readonly at: string;
  readonly createdAt: string;
  /** The class that the offer marks as default, or what was recorded. */
  readonly classes: object;
  /** Folder of the recording, where it has another name than the story. */
  readonly folder?: string;
  /** Host names of API servers, where the offer shows its leases. */
  readonly servers?: readonly string[];
  readonly more?: Story["objects"];
}

/** A node or some of an offer; `platform` names story and subject. */
function offer(platform: string, given: Offer): Story {
  const { gitVersion, at, createdAt, classes, folder = platform, servers, more } = given;
  const minor = /^v(\d+\.\d+)/.exec(gitVersion)?.[1] ?? "";
  // on by default since 1.20; readiness is told since 1.16
  const number = Number(minor.split(".")[1]);
  return {
    name: `${platform}-${minor}`,
    at,
    subject: `${platform}-${minor}`,
    minor,
    fairness: number >= 20,
    objects: {
      ...anyCluster(gitVersion, createdAt),
      ...(number >= 20
        ? readyz()
        : number >= 16
          ? { [paths.readyz]: "[+]ping ok\n[+]etcd ok\nhealthz check passed\n" }
          : {}),
      ...(servers === undefined ? {} : leases(at, servers)),
      [paths.nodes]: recorded(folder, "nodes.json"),
      [paths.storageClasses]: classes,
      ...more,
    },
  };
}

/** Clusters of the time before the scope existed, looked at when it does. */
const today = "2026-11-23T10:00:00Z";

export const cloudStories: readonly Story[] = [
  offer("gke", {
    gitVersion: "v1.31.4-gke.1256000",
    at: "2025-01-27T12:00:00Z",
    createdAt: "2025-01-27T11:40:00Z",
    classes: [storageClass("standard-rwo", "2025-01-27T11:41:00Z", "pd.csi.storage.gke.io")],
  }),
  offer("gke", {
    gitVersion: "v1.18.19-gke.1701",
    at: today,
    createdAt: "2020-01-11T06:00:40Z",
    folder: "gke-1.18",
    classes: recorded("gke-1.18", "storage-classes.json"),
  }),
  offer("eks", {
    gitVersion: "v1.29.3-eks-ae9a62a",
    at: "2025-01-29T11:00:00Z",
    createdAt: "2025-01-29T10:20:00Z",
    classes: [storageClass("gp2", "2025-01-29T10:21:00Z", "kubernetes.io/aws-ebs")],
    servers: ["ip-10-0-1-7", "ip-10-0-2-9"],
  }),
  offer("aks", {
    gitVersion: "v1.28.14",
    at: "2024-12-02T10:00:00Z",
    createdAt: "2024-10-31T11:00:00Z",
    classes: [storageClass("default", "2024-10-31T11:01:00Z", "disk.csi.azure.com")],
  }),
  offer("digitalocean", {
    gitVersion: "v1.31.1",
    at: "2025-01-28T12:00:00Z",
    createdAt: "2025-01-28T11:40:00Z",
    classes: [storageClass("do-block-storage", "2025-01-28T11:41:00Z", "dobs.csi.digitalocean.com")],
  }),
  offer("digitalocean", {
    gitVersion: "v1.19.3",
    at: today,
    createdAt: "2020-12-03T22:20:00Z",
    folder: "digitalocean-1.19",
    classes: [storageClass("do-block-storage", "2020-12-03T22:21:00Z", "dobs.csi.digitalocean.com")],
  }),
  offer("linode", {
    gitVersion: "v1.31.0",
    at: "2025-01-28T12:00:00Z",
    createdAt: "2025-01-28T11:40:00Z",
    classes: [
      storageClass("linode-block-storage", "2025-01-28T11:41:00Z", "linodebs.csi.linode.com", { isDefault: false }),
      storageClass("linode-block-storage-retain", "2025-01-28T11:41:00Z", "linodebs.csi.linode.com"),
    ],
  }),
  offer("vsphere", {
    gitVersion: "v1.28.15",
    at: "2025-01-28T12:00:00Z",
    createdAt: "2020-01-24T16:55:00Z",
    classes: [storageClass("hpe-standard", "2020-01-24T17:30:00Z", "csi.hpe.com")],
  }),
  offer("aws", {
    gitVersion: "v1.8.4",
    at: today,
    createdAt: "2017-12-13T16:58:40Z",
    folder: "aws-1.8",
    classes: recorded("aws-1.8", "storage-classes.json"),
  }),
  offer("openstack", {
    gitVersion: "v1.7.5",
    at: today,
    createdAt: "2017-09-21T20:05:00Z",
    folder: "openstack-1.7",
    classes: [storageClass("standard", "2017-09-21T20:20:00Z", "kubernetes.io/cinder")],
  }),
  offer("microk8s", {
    gitVersion: "v1.16.2",
    at: today,
    createdAt: "2019-10-23T18:16:30Z",
    classes: [storageClass("microk8s-hostpath", "2019-10-23T18:20:00Z", "microk8s.io/hostpath")],
  }),
  offer("openshift", {
    gitVersion: "v1.17.1",
    at: today,
    createdAt: "2020-04-17T12:01:00Z",
    classes: recorded("openshift", "storage-classes.json"),
  }),
];
