import { stringify } from "yaml";

/** The ConfigMap kube-system/kubelet-config that kubeadm would have left. */
export const kubeletConfig: object = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "kubelet-config", namespace: "kube-system" },
  data: {
    kubelet: stringify({
      apiVersion: "kubelet.config.k8s.io/v1beta1",
      kind: "KubeletConfiguration",
      authentication: {
        anonymous: { enabled: false },
        webhook: { cacheTTL: "0s", enabled: true },
        x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
      },
      authorization: { mode: "Webhook", webhook: { cacheAuthorizedTTL: "0s", cacheUnauthorizedTTL: "0s" } },
      clusterDNS: ["10.96.0.10"],
      clusterDomain: "cluster.local",
      rotateCertificates: true,
      staticPodPath: "/etc/kubernetes/manifests",
    }),
  },
};
