import { stringify } from "yaml";
import { ranges } from "./commands.ts";
import type { ControlPlane } from "./control-plane.ts";
import { network } from "./options.ts";
import { kubernetesVersion } from "./recipe.ts";

/** The ConfigMap kube-system/kubeadm-config that kubeadm would have left for the first API server's configuration. */
export function kubeadmConfig(cluster: Pick<ControlPlane, "options">): object {
  const { options } = cluster;
  const [server = {}] = options.apiServers ?? [];
  const plugins = server.eventRateLimit ? ["--enable-admission-plugins=NodeRestriction,EventRateLimit"] : [];
  const configuration = {
    apiVersion: "kubeadm.k8s.io/v1beta4",
    kind: "ClusterConfiguration",
    clusterName: "testbed",
    kubernetesVersion,
    caCertificateValidityPeriod: "87600h0m0s",
    certificateValidityPeriod: "8760h0m0s",
    certificatesDir: "/etc/kubernetes/pki",
    controlPlaneEndpoint: "api.testbed.invalid:6443",
    apiServer: { extraArgs: extraArgs([...plugins, ...(server.extraFlags ?? [])]) },
    etcd: { local: { dataDir: "/var/lib/etcd", extraArgs: extraArgs(options.etcdExtraFlags ?? []) } },
    networking: {
      dnsDomain: "cluster.local",
      podSubnet: ranges(network.pods, options),
      serviceSubnet: ranges(network.services, options),
    },
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubeadm-config", namespace: "kube-system" },
    data: { ClusterConfiguration: stringify(configuration) },
  };
}

function extraArgs(flags: readonly string[]): { name: string; value: string }[] {
  return flags.map((flag) => {
    const [name = "", ...value] = flag.replace(/^--/, "").split("=");
    return { name, value: value.join("=") };
  });
}
