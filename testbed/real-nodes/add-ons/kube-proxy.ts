import { stringify } from "yaml";
import { ranges } from "../../commands.ts";
import { network } from "../../options.ts";
import type { Plan } from "../plan.ts";
import { account, configMap, machinePrograms, nodeName, workload } from "./daemons.ts";

/** kube-proxy as kubeadm installs it, in nftables mode. Limits of the machine's connection tracking stay as they are. */
export function kubeProxy(plan: Plan): readonly object[] {
  const folder = "/var/lib/kube-proxy";
  const credentials = "/var/run/secrets/kubernetes.io/serviceaccount";
  const configuration = {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "nftables",
    clientConnection: { kubeconfig: `${folder}/kubeconfig.conf` },
    clusterCIDR: ranges(network.pods, plan.controlPlane),
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
    oomScoreAdj: 0,
    metricsBindAddress: "127.0.0.1:10249",
  };
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "default", cluster: { "certificate-authority": `${credentials}/ca.crt`, server: plan.url } }],
    users: [{ name: "default", user: { tokenFile: `${credentials}/token` } }],
    contexts: [{ name: "default", context: { cluster: "default", namespace: "default", user: "default" } }],
    "current-context": "default",
  };
  return [
    ...account("kube-proxy", "system:node-proxier"),
    configMap("kube-proxy", { "config.conf": stringify(configuration), "kubeconfig.conf": stringify(kubeconfig) }),
    workload({
      name: "kube-proxy",
      labels: { "k8s-app": "kube-proxy" },
      pod: { hostNetwork: true },
      containers: [
        {
          name: "kube-proxy",
          binary: "kube-proxy",
          args: [`--config=${folder}/config.conf`, "--hostname-override=$(NODE_NAME)"],
          mounts: { ...machinePrograms.mounts, configuration: folder },
          fields: { env: [nodeName], securityContext: { privileged: true } },
        },
      ],
      volumes: { ...machinePrograms.volumes, configuration: { configMap: { name: "kube-proxy" } } },
    }),
  ];
}
