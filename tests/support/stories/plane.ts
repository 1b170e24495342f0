/** Clusters whose control plane runs on nodes of the cluster, as static pods in the way of kubeadm. */
import { paths } from "../gathering.ts";
import { anyCluster, leases, node, type Objects, readyz, staticPod, storageClass } from "./objects.ts";

type Labels = { readonly [key: string]: string };

/** One server of the control plane. */
export interface Server {
  readonly name: string;
  readonly labels?: Labels;
  /** Arguments of its API server and its etcd, beside those that every cluster has. */
  readonly apiServer?: readonly string[];
  readonly etcd?: readonly string[];
}

export interface Plane {
  readonly gitVersion: string;
  readonly at: string;
  readonly since: string;
  readonly servers: readonly Server[];
  readonly workers?: readonly { readonly name: string; readonly labels?: Labels }[];
  /** Scheme of the nodes' provider ids. */
  readonly provider?: string;
  readonly defaultClass?: object;
}

/** Flags that kubeadm writes into every API server and every etcd. */
const usual = {
  apiServer: [
    "--authorization-mode=Node,RBAC",
    "--client-ca-file=/etc/kubernetes/pki/ca.crt",
    "--enable-admission-plugins=NodeRestriction",
    "--enable-bootstrap-token-auth=true",
    "--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt",
    "--etcd-servers=https://127.0.0.1:2379",
    "--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt",
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    "--service-account-key-file=/etc/kubernetes/pki/sa.pub",
  ],
  etcd: [
    "--client-cert-auth=true",
    "--listen-client-urls=https://127.0.0.1:2379,https://10.8.0.7:2379",
    "--listen-peer-urls=https://10.8.0.7:2380",
    "--peer-client-cert-auth=true",
  ],
};

/** Two of each kind of worker would tell no more than one. */
export function plane(given: Plane): Objects {
  const { gitVersion, at, since, servers, workers = [], provider = "openstack" } = given;
  const names = servers.map(({ name }) => name);
  const providerID = (name: string) => `${provider}:///${name}`;
  return {
    ...anyCluster(gitVersion, since, servers.length),
    ...readyz(),
    ...leases(at, names),
    [paths.nodes]: [
      ...servers.map(({ name, labels }) => {
        const role = { "node-role.kubernetes.io/control-plane": "", ...labels };
        return node(name, since, role, { kubeletVersion: gitVersion, providerID: providerID(name) });
      }),
      ...workers.map(({ name, labels = {} }) =>
        node(name, since, labels, { kubeletVersion: gitVersion, providerID: providerID(name) }),
      ),
    ],
    [paths.pods]: servers.flatMap(({ name, apiServer = [], etcd = [] }) => [
      staticPod("kube-apiserver", name, since, ["kube-apiserver", ...usual.apiServer, ...apiServer]),
      staticPod("kube-controller-manager", name, since, ["kube-controller-manager"]),
      staticPod("kube-scheduler", name, since, ["kube-scheduler"]),
      staticPod("etcd", name, since, ["etcd", `--name=${name}`, ...usual.etcd, ...etcd]),
    ]),
    [paths.kubeadmConfig]: kubeadmConfig(gitVersion),
    [paths.storageClasses]: [given.defaultClass ?? storageClass("cinder", since, "cinder.csi.openstack.org")],
  };
}

export function kubeadmConfig(gitVersion: string): object {
  const ClusterConfiguration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${gitVersion}
etcd: {local: {dataDir: /var/lib/etcd}}
networking: {podSubnet: 10.42.0.0/16, serviceSubnet: 10.96.0.0/12}
`;
  return { data: { ClusterConfiguration } };
}

export const zone = (region: string, name: string): Labels => ({
  "topology.kubernetes.io/region": region,
  "topology.kubernetes.io/zone": name,
});

/** What the draft on robustness asks of API servers and etcd. */
export const throttled = [
  "--max-requests-inflight=800",
  "--max-mutating-requests-inflight=400",
  "--min-request-timeout=300",
  "--enable-admission-plugins=NodeRestriction,EventRateLimit",
  "--admission-control-config-file=/etc/kubernetes/admission.yaml",
];
export const compacting = ["--auto-compaction-mode=periodic", "--auto-compaction-retention=8h"];
