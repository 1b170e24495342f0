import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const node = (name: string, more: { labels?: object; annotations?: object; kubelet?: string; os?: string } = {}) => ({
  metadata: { name, creationTimestamp: "2026-01-01T00:00:00Z", labels: more.labels, annotations: more.annotations },
  status: { nodeInfo: { kubeletVersion: more.kubelet ?? "v1.34.0", osImage: more.os ?? "Flatcar" } },
});
const controlPlane = { "node-role.kubernetes.io/control-plane": "" };
const machine = { "cluster.x-k8s.io/machine": "m-1" };
const lease = (hostname: string) => ({
  metadata: {
    name: `apiserver-${hostname}`,
    labels: { "apiserver.kubernetes.io/identity": "kube-apiserver", "kubernetes.io/hostname": hostname },
  },
  spec: { renewTime: new Date().toISOString() },
});

const platforms: [string, { [path: string]: string | object }, object][] = [
  [
    "kubeadm",
    {
      [paths.version]: served("v1.33.0"),
      [paths.nodes]: recorded("kubeadm", "nodes.json"),
      [paths.pods]: recorded("kubeadm", "control-plane-pods.json"),
    },
    { name: "kubeadm", controlPlane: "visible" },
  ],
  [
    "kind",
    {
      [paths.version]: served("v1.24.0"),
      [paths.nodes]: recorded("kind", "nodes.json"),
      [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json"),
    },
    { name: "kind", controlPlane: "unknown" },
  ],
  [
    "k3s",
    { [paths.version]: served("v1.31.5+k3s1"), [paths.nodes]: recorded("k3s", "nodes.json") },
    { name: "k3s", controlPlane: "visible" },
  ],
  [
    "RKE2",
    { [paths.version]: served("v1.31.6"), [paths.nodes]: recorded("rke2", "nodes.json") },
    { name: "rke2", controlPlane: "visible" },
  ],
  [
    "Talos",
    {
      [paths.nodes]: [node("a", { labels: controlPlane, os: "Talos (v1.13.0)" })],
      [paths.pods]: [recorded("talos", "api-server-pod.json")],
    },
    { name: "talos", controlPlane: "visible" },
  ],
  [
    "GKE",
    { [paths.version]: served("v1.31.4-gke.1256000"), [paths.nodes]: recorded("gke", "nodes.json") },
    { name: "managed", product: "GKE", controlPlane: "hidden" },
  ],
  [
    "EKS",
    { [paths.version]: served("v1.29.10-eks-7f9249a"), [paths.nodes]: recorded("eks", "nodes.json") },
    { name: "managed", product: "EKS", controlPlane: "hidden" },
  ],
  [
    "AKS",
    { [paths.nodes]: recorded("aks", "nodes.json") },
    { name: "managed", product: "AKS", controlPlane: "hidden" },
  ],
  [
    "DigitalOcean",
    { [paths.nodes]: recorded("digitalocean", "nodes.json") },
    { name: "managed", product: "DigitalOcean", controlPlane: "hidden" },
  ],
  [
    "Linode, whose nodes join by kubeadm",
    { [paths.nodes]: recorded("linode", "nodes.json") },
    { name: "managed", product: "Linode", controlPlane: "hidden" },
  ],
  [
    "EKS without the right to nodes",
    { [paths.version]: served("v1.30.4-eks-a737599") },
    { name: "managed", product: "EKS", controlPlane: "hidden" },
  ],
  [
    "EKS Anywhere, which shows its control plane",
    {
      [paths.version]: served("v1.30.4-eks-a737599"),
      [paths.nodes]: [node("a", { labels: controlPlane, annotations: machine })],
      [paths.leases]: [lease("a")],
    },
    { name: "cluster-api", controlPlane: "visible" },
  ],
  [
    "Gardener",
    { [paths.nodes]: [node("worker")], [paths.shootInfo]: recorded("gardener", "shoot-info.json") },
    { name: "gardener", controlPlane: "hidden" },
  ],
  [
    "Cluster API",
    {
      [paths.nodes]: [node("a", { labels: controlPlane, annotations: machine }), node("b", { annotations: machine })],
      [paths.leases]: [lease("a")],
    },
    { name: "cluster-api", controlPlane: "visible" },
  ],
  [
    "Cluster API with a hosted control plane",
    { [paths.nodes]: [node("b", { annotations: machine })] },
    { name: "hosted", controlPlane: "hidden" },
  ],
  [
    "Kamaji, which uploads kubeadm-config",
    { [paths.nodes]: [node("b")], [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json") },
    { name: "hosted", controlPlane: "hidden" },
  ],
  [
    "Kamaji, whose tenant gave a worker the role of the control plane",
    {
      [paths.nodes]: [node("b", { labels: controlPlane })],
      [paths.kubeadmConfig]: recorded("kind", "kubeadm-config.json"),
      [paths.leases]: [lease("tenant-7d9f")],
    },
    { name: "hosted", controlPlane: "hidden" },
  ],
  [
    "a role, and an API server on that node",
    { [paths.nodes]: [node("b.example.org", { labels: controlPlane })], [paths.leases]: [lease("b")] },
    { name: "unknown", controlPlane: "visible" },
  ],
  [
    "k3s on a host with another name than its node",
    {
      [paths.nodes]: [node("b", { labels: controlPlane, annotations: { "k3s.io/node-args": "[]" } })],
      [paths.leases]: [lease("rack-1")],
    },
    { name: "k3s", controlPlane: "visible" },
  ],
  [
    "API servers on hosts that are no nodes",
    { [paths.nodes]: [node("b")], [paths.leases]: [lease("api-7d9f")] },
    { name: "unknown", controlPlane: "hidden" },
  ],
  [
    "an API server on a node without a role",
    { [paths.nodes]: [node("b.example.org")], [paths.leases]: [lease("b")] },
    { name: "unknown", controlPlane: "unknown" },
  ],
  [
    "OpenShift",
    { [paths.nodes]: recorded("openshift", "nodes.json") },
    { name: "unknown", product: "OpenShift", controlPlane: "unknown" },
  ],
  [
    "MicroK8s",
    { [paths.nodes]: recorded("microk8s", "nodes.json") },
    { name: "unknown", product: "MicroK8s", controlPlane: "unknown" },
  ],
  [
    "nodes without roles or signs",
    { [paths.nodes]: recorded("openstack-1.7", "nodes.json") },
    { name: "unknown", controlPlane: "unknown", signs: [] },
  ],
  ["no nodes at all", { [paths.nodes]: [] }, { name: "unknown", controlPlane: "unknown", signs: [] }],
];

describe("kube/platform", () => {
  it("takes a role for nothing where it may not see whether API servers run there", async () => {
    const { value } = await gatherFrom(
      kubernetesRoutes(
        { [paths.nodes]: [node("a", { labels: controlPlane })] },
        { overrides: { [paths.leases]: forbidden() } },
      ),
      ["kube/platform"],
    );
    expect(value("kube/platform")).toMatchObject({ name: "unknown", controlPlane: "unknown" });
  });
  it.each(platforms)("%s", async (_, objects, expected) => {
    const { value } = await gatherFrom(
      kubernetesRoutes(
        { [paths.version]: served("v1.34.0"), [paths.leases]: [], ...objects },
        { overrides: objects[paths.nodes] ? {} : { [paths.nodes]: forbidden() } },
      ),
      ["kube/platform"],
    );
    expect(value("kube/platform")).toMatchObject(expected);
  });
});
