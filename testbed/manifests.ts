import { stringify } from "yaml";
import { kubernetesVersion } from "./recipe.ts";

/** A default storage class on network storage, as cloud-provider-openstack installs it, and its CSI driver. */
export const cinderStorage: readonly object[] = [
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIDriver",
    metadata: { name: "cinder.csi.openstack.org" },
    spec: { attachRequired: true, podInfoOnMount: true, volumeLifecycleModes: ["Persistent", "Ephemeral"] },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "cinder-default", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "cinder.csi.openstack.org",
    parameters: { type: "ssd-replicated" },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  },
];

export const ingressClass: object = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "nginx" },
  spec: { controller: "k8s.io/ingress-nginx" },
};

/** What kubeadm grants to the group of its administrators. */
export const clusterAdmins: object = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "kubeadm:cluster-admins" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "kubeadm:cluster-admins" }],
};

/** What runs in kube-system of a usual cluster: CoreDNS, kube-proxy, Cilium. Only kwok lets their pods run. */
export const systemWorkloads: readonly object[] = [
  workload("Deployment", "coredns", "coredns/coredns:v1.12.1", { "k8s-app": "kube-dns" }, { replicas: 2 }),
  workload("DaemonSet", "kube-proxy", `kube-proxy:${kubernetesVersion}`, { "k8s-app": "kube-proxy" }),
  workload("DaemonSet", "cilium", "cilium/cilium:v1.18.4", { "k8s-app": "cilium" }),
];

/** ServiceAccounts in namespace `poor`: `nobody` without any right, `no-nodes` which may read all that is looked at but nodes. */
export const poorUsers: readonly object[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "poor" } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "nobody", namespace: "poor" } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "no-nodes", namespace: "poor" } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "poor:no-nodes" },
    rules: [
      reading([""], ["configmaps", "endpoints", "events", "namespaces", "persistentvolumes", "pods", "services"]),
      reading(
        [
          "apiextensions.k8s.io",
          "apps",
          "batch",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "gateway.networking.k8s.io",
          "networking.k8s.io",
          "storage.k8s.io",
        ],
        ["*"],
      ),
      reading(["flowcontrol.apiserver.k8s.io"], ["*"]),
      { nonResourceURLs: ["/metrics", "/flagz"], verbs: ["get"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "poor:no-nodes" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "poor:no-nodes" },
    subjects: [{ kind: "ServiceAccount", name: "no-nodes", namespace: "poor" }],
  },
];

/** Documents of one YAML stream, for `apply`. */
export function yamlStream(objects: readonly object[]): string {
  return objects.map((object) => stringify(object)).join("---\n");
}

function reading(apiGroups: readonly string[], resources: readonly string[]): object {
  return { apiGroups, resources, verbs: ["get", "list", "watch"] };
}

function workload(
  kind: string,
  name: string,
  image: string,
  labels: Record<string, string>,
  spec: object = {},
): object {
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace: "kube-system", labels },
    spec: {
      ...spec,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: "system-node-critical",
          tolerations: [{ operator: "Exists" }],
          containers: [{ name, image: `registry.invalid/${image}` }],
        },
      },
    },
  };
}
