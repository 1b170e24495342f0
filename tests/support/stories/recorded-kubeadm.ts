/** Recorded clusters that kubeadm made, by way of minikube, kind or kURL: one node each. */
import { paths, recorded, recordedText } from "../gathering.ts";
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

/** Before 1.16 there is no /readyz, before 1.18 nothing of priority and fairness. */
const kind114: Story = {
  name: "kind-1.14",
  at: "2026-11-23T10:00:00Z",
  subject: "kind-1.14",
  minor: "1.14",
  fairness: false,
  objects: {
    ...anyCluster("v1.14.2", "2019-07-26T13:37:51Z"),
    [paths.nodes]: recorded("kind-1.14", "nodes.json"),
    [paths.storageClasses]: recorded("kind-1.14", "storage-classes.json"),
  },
};

const kurl: Story = {
  name: "kurl-1.29",
  at: "2025-01-10T10:00:00Z",
  subject: "kurl-1.29",
  minor: "1.29",
  fairness: true,
  objects: {
    ...anyCluster("v1.29.11", "2024-12-18T22:04:40Z"),
    ...readyz(),
    ...leases("2025-01-10T10:00:00Z", ["ip-172-31-21-92"]),
    [paths.nodes]: recorded("kurl", "nodes.json"),
    [paths.storageClasses]: [storageClass("local", "2024-12-18T22:10:00Z", "openebs.io/local")],
  },
};

export const kubeadmStories: readonly Story[] = [
  minikube("1.31", "kubeadm-1.31", "2025-11-04T19:20:00Z", "2025-11-04T19:13:46Z"),
  minikube("1.32", "kubeadm-1.32", "2025-11-04T19:18:00Z", "2025-11-04T19:10:37Z"),
  { ...with133, objects: { ...with133.objects, [paths.metrics]: recordedText("kubeadm", "metrics.txt") } },
  minikube("1.34", "kubeadm-1.34", "2026-01-13T18:45:00Z", "2026-01-13T18:38:02Z"),
  minikube("1.35", "kubeadm-1.35", "2026-06-26T10:20:00Z", "2026-06-26T10:12:11Z"),
  kind114,
  oldKind("1.21", "v1.21.1", "2021-07-30T13:22:20Z", {
    [paths.nodes]: recorded("kind-1.21", "nodes.json"),
    [paths.pods]: recorded("kind-1.21", "control-plane-pods.json"),
    [paths.storageClasses]: recorded("kind-1.21", "storage-classes.json"),
    [paths.authentication]: recorded("kind", "extension-apiserver-authentication.json"),
  }),
  oldKind("1.24", "v1.24.0", "2022-09-30T19:14:45Z", {
    [paths.nodes]: recorded("kind", "nodes.json"),
    [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json"),
    [paths.kubeletConfig]: recorded("kind", "kubelet-config.json"),
    [paths.storageClasses]: recorded("kind", "storage-classes.json"),
    [paths.endpointSlice]: recorded("kind", "endpoint-slice.json"),
    [paths.priorityLevelsBeta]: recorded("kind", "priority-levels.json"),
  }),
  kurl,
];
