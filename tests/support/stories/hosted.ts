/** Clusters whose control plane runs somewhere else: the user's kubeconfig shows workers, and what the API server says. */
import { paths, recorded } from "../gathering.ts";
import { anyCluster, leases, node, readyz, storageClass } from "./objects.ts";
import { allPassed } from "./passed.ts";
import { kubeadmConfig, zone } from "./plane.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";
const since = "2026-11-20T10:00:00Z";

interface Hosted {
  readonly gitVersion: string;
  /** Host names of the API servers: pods of the management cluster. */
  readonly servers: readonly string[];
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly objects?: Story["objects"];
}

function hosted(name: string, { gitVersion, servers, labels, annotations, objects }: Hosted): Story {
  const minor = /^v(1\.\d+)/.exec(gitVersion)?.[1] ?? "";
  const conformanceResults = allPassed(gitVersion, minor, "2026-11-21T10:00:00Z");
  const workers = ["z1", "z2"].map((place) => {
    const made = node(
      `worker-${place}`,
      since,
      { ...zone("europe-central-1", place), ...labels },
      { kubeletVersion: gitVersion, providerID: `openstack:///worker-${place}` },
    ) as { metadata: object };
    return annotations === undefined ? made : { ...made, metadata: { ...made.metadata, annotations } };
  });
  return {
    name,
    at,
    subject: `${name.split("-")[0]}-${minor}`,
    minor,
    fairness: true,
    ...(conformanceResults === undefined ? {} : { conformanceResults }),
    objects: {
      ...anyCluster(gitVersion, since),
      ...readyz(),
      ...leases(at, servers),
      [paths.nodes]: workers,
      [paths.storageClasses]: [storageClass("default", since, "cinder.csi.openstack.org")],
      ...objects,
    },
  };
}

/** Kamaji uploads the ConfigMap of kubeadm into the tenant cluster and runs its API servers as a Deployment. */
const kamaji: Hosted = {
  gitVersion: "v1.36.6",
  servers: ["tenant-00-6c5b9d7f4-x2x2x", "tenant-00-6c5b9d7f4-z9z9z"],
  annotations: { "kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock" },
  objects: { [paths.kubeadmConfig]: kubeadmConfig("v1.36.6") },
};

/** What the API server of a hosted control plane tells by itself; nothing of it says how often, or where, it runs. */
const flagz = {
  kind: "Flagz",
  apiVersion: "config.k8s.io/v1beta1",
  flags: {
    "authorization-mode": "[Node,RBAC]",
    "enable-admission-plugins": "[NodeRestriction]",
    "enable-priority-and-fairness": "true",
    "etcd-compaction-interval": "0s",
    "etcd-servers": "[https://etcd-0.etcd.kamaji-system.svc:2379]",
    "max-mutating-requests-inflight": "200",
    "max-requests-inflight": "400",
    "min-request-timeout": "1800",
  },
};

export const hostedStories: readonly Story[] = [
  hosted("gardener-1.36", {
    gitVersion: "v1.36.6",
    servers: ["kube-apiserver-6c5b9d7f4-x2x2x", "kube-apiserver-6c5b9d7f4-z9z9z"],
    labels: { "worker.gardener.cloud/pool": "worker" },
    objects: { [paths.shootInfo]: recorded("gardener", "shoot-info.json") },
  }),
  hosted("kamaji-1.36", kamaji),
  hosted("kamaji-1.36-flagz", { ...kamaji, objects: { ...kamaji.objects, [paths.flagz]: flagz } }),
  // a tenant may label nodes as he likes: that makes no control plane of a worker
  hosted("kamaji-1.36-labelled-worker", {
    ...kamaji,
    servers: ["tenant-00-6c5b9d7f4-x2x2x"],
    labels: { "node-role.kubernetes.io/control-plane": "", "topology.openstack.org/host-id": "host-1" },
  }),
  hosted("hypershift-1.35", {
    gitVersion: "v1.35.10",
    servers: ["kube-apiserver-7d5f4bbf6c-4j5x7"],
    labels: { "node-role.kubernetes.io/worker": "", "node.openshift.io/os_id": "rhel" },
    annotations: { "cluster.x-k8s.io/machine": "pool-1-abcde", "machineconfiguration.openshift.io/state": "Done" },
  }),
  hosted("cluster-api-hosted-1.35", {
    gitVersion: "v1.35.10",
    servers: ["control-plane-0", "control-plane-1"],
    annotations: { "cluster.x-k8s.io/machine": "pool-1-abcde", "cluster.x-k8s.io/cluster-name": "tenant" },
  }),
];
