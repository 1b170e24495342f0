/** Clusters of which recordings exist: single-node ones of kubeadm, kind, k3s, RKE2, and nodes of managed offers. */
import { paths, recorded, recordedText } from "../gathering.ts";
import { forbidden } from "../kubernetes-routes.ts";
import { anyCluster, leases, readyz, storageClass } from "./objects.ts";
import type { Story } from "./story.ts";

/** minikube, which is kubeadm with one node; `folder` holds what was recorded. */
function minikube(minor: string, folder: string, at: string, createdAt: string): Story {
  return {
    name: `kubeadm-${minor}`,
    at,
    subject: `minikube-${minor}`,
    minor,
    fairness: true,
    objects: {
      ...anyCluster(`v${minor}.0`, createdAt),
      ...readyz(),
      ...leases(at, [`datagen-${minor.replace(".", "-")}`]),
      [paths.nodes]: recorded(folder, "nodes.json"),
      [paths.pods]: recorded(folder, "control-plane-pods.json"),
      [paths.storageClasses]: [storageClass("standard", createdAt, "k8s.io/minikube-hostpath")],
    },
  };
}

const with133 = minikube("1.33", "kubeadm", "2025-11-04T19:15:00Z", "2025-11-04T19:07:41Z");

/** A kind cluster of the time before the scope existed, looked at when it does. */
function oldKind(minor: string, gitVersion: string, createdAt: string, objects: Story["objects"]): Story {
  const at = "2026-11-23T10:00:00Z";
  return {
    name: `kind-${minor}`,
    at,
    subject: `kind-${minor}`,
    minor,
    fairness: true,
    objects: { ...anyCluster(gitVersion, createdAt), ...readyz(), ...objects },
  };
}

/** A node of an offer whose control plane is hidden, and the storage class that the offer marks as default. */
function managed(gitVersion: string, at: string, createdAt: string, platform: string, defaultClass: object): Story {
  const minor = /^v(\d+\.\d+)/.exec(gitVersion)?.[1] ?? "";
  return {
    name: `${platform}-${minor}`,
    at,
    subject: `${platform}-${minor}`,
    minor,
    fairness: true,
    objects: {
      ...anyCluster(gitVersion, createdAt),
      ...readyz(),
      [paths.nodes]: recorded(platform, "nodes.json"),
      [paths.storageClasses]: [defaultClass],
    },
  };
}

const gke = managed(
  "v1.31.4-gke.1256000",
  "2025-01-27T12:00:00Z",
  "2025-01-27T11:40:00Z",
  "gke",
  storageClass("standard-rwo", "2025-01-27T11:41:00Z", "pd.csi.storage.gke.io"),
);
const eks = managed(
  "v1.29.3-eks-ae9a62a",
  "2025-01-29T11:00:00Z",
  "2025-01-29T10:20:00Z",
  "eks",
  storageClass("gp2", "2025-01-29T10:21:00Z", "kubernetes.io/aws-ebs"),
);
const aks = managed(
  "v1.28.14",
  "2024-12-02T10:00:00Z",
  "2024-10-31T11:00:00Z",
  "aks",
  storageClass("default", "2024-10-31T11:01:00Z", "disk.csi.azure.com"),
);

export const recordedStories: readonly Story[] = [
  minikube("1.31", "kubeadm-1.31", "2025-11-04T19:20:00Z", "2025-11-04T19:13:46Z"),
  { ...with133, objects: { ...with133.objects, [paths.metrics]: recordedText("kubeadm", "metrics.txt") } },
  minikube("1.35", "kubeadm-1.35", "2026-06-26T10:20:00Z", "2026-06-26T10:12:11Z"),
  oldKind("1.21", "v1.21.1", "2021-07-30T13:22:20Z", {
    [paths.nodes]: recorded("kind-1.21", "nodes.json"),
    [paths.pods]: recorded("kind-1.21", "control-plane-pods.json"),
    [paths.storageClasses]: recorded("kind-1.21", "storage-classes.json"),
    [paths.authentication]: recorded("kind", "extension-apiserver-authentication.json"),
  }),
  oldKind("1.24", "v1.24.0", "2022-09-30T19:14:45Z", {
    [paths.nodes]: recorded("kind", "nodes.json"),
    [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json"),
    [paths.storageClasses]: recorded("kind", "storage-classes.json"),
    [paths.endpointSlice]: recorded("kind", "endpoint-slice.json"),
    [paths.priorityLevelsBeta]: recorded("kind", "priority-levels.json"),
  }),
  {
    name: "k3s-1.20",
    at: "2026-11-23T10:00:00Z",
    subject: "k3s-1.20",
    minor: "1.20",
    fairness: true,
    objects: {
      ...anyCluster("v1.20.6+k3s1", "2021-05-10T21:48:07Z"),
      ...readyz(),
      [paths.nodes]: recorded("k3s-1.20", "nodes.json"),
      [paths.storageClasses]: [storageClass("local-path", "2021-05-10T21:48:20Z", "rancher.io/local-path")],
    },
  },
  {
    name: "k3s-1.31-throttled",
    at: "2025-02-01T12:00:00Z",
    subject: "k3s-1.31",
    minor: "1.31",
    fairness: false,
    objects: {
      ...anyCluster("v1.31.5+k3s1", "2025-01-01T00:00:00Z"),
      ...readyz(false),
      ...leases("2025-02-01T12:00:00Z", ["server-1"]),
      [paths.nodes]: recorded("k3s", "nodes.json"),
    },
  },
  {
    name: "rke2-1.31-behind-proxy",
    at: "2025-03-19T21:00:00Z",
    subject: "rke2-1.31",
    minor: "1.31",
    fairness: true,
    front: true,
    objects: {
      ...anyCluster("v1.31.6+rke2r1", "2025-03-19T20:40:47Z"),
      ...readyz(),
      ...leases("2025-03-19T21:00:00Z", ["server-1"]),
      [paths.nodes]: recorded("rke2", "nodes.json"),
    },
    overrides: { [paths.pods]: forbidden('pods is forbidden: User "viewer" cannot list resource "pods"') },
  },
  gke,
  { ...eks, objects: { ...eks.objects, ...leases(eks.at, ["ip-10-0-1-7", "ip-10-0-2-9"]) } },
  aks,
];
