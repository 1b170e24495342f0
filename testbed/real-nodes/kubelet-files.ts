import { stringify } from "yaml";
import { type Bridge, dnsService, prefixLength } from "./addresses.ts";
import { pauseImage } from "./images.ts";
import { addressesOf, type Plan, type PlannedNode } from "./plan.ts";

/** The KubeletConfiguration of a node, with fields added or replaced. */
export function kubeletConfiguration(
  plan: Plan,
  node: PlannedNode,
  extra: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: "::",
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true, cacheTTL: "0s" },
      x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
    },
    authorization: { mode: "Webhook", webhook: { cacheAuthorizedTTL: "0s", cacheUnauthorizedTTL: "0s" } },
    tlsCertFile: "/var/lib/kubelet/pki/kubelet.crt",
    tlsPrivateKeyFile: "/var/lib/kubelet/pki/kubelet.key",
    containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock",
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/${node.cgroup}`,
    failCgroupV1: false,
    // the machine's memory and disk are not the node's own: it must not judge by them
    enforceNodeAllocatable: [],
    evictionHard: {
      "imagefs.available": "0%",
      "memory.available": "0%",
      "nodefs.available": "0%",
      "nodefs.inodesFree": "0%",
    },
    imageGCHighThresholdPercent: 100,
    failSwapOn: false,
    clusterDNS: plan.dualStack ? [dnsService.v4, dnsService.v6] : [dnsService.v4],
    clusterDomain: "cluster.local",
    resolvConf: "/etc/testbed/resolv.conf",
    staticPodPath: "/etc/kubernetes/manifests",
    // mirror pods whose creation failed while the API server started are tried again at each of these
    syncFrequency: "10s",
    fileCheckFrequency: "5s",
    nodeStatusUpdateFrequency: "5s",
    nodeStatusReportFrequency: "1m",
    volumePluginDir: "/var/lib/kubelet/volume-plugins",
    ...(node.controlPlane
      ? { registerWithTaints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] }
      : {}),
    ...extra,
  };
}

/** Flags of the kubelet of a node. */
export function kubeletFlags(plan: Plan, node: PlannedNode): readonly string[] {
  return [
    "--config=/var/lib/kubelet/config.yaml",
    "--kubeconfig=/etc/kubernetes/kubelet.conf",
    "--root-dir=/var/lib/kubelet",
    "--cert-dir=/var/lib/kubelet/pki",
    `--hostname-override=${node.name}`,
    `--node-ip=${addressesOf(node, plan).join(",")}`,
    ...topologyLabels(node),
    "--v=2",
  ];
}

/** Zones from the first moment: a cloud gives them later, and then each kube-proxy writes all its rules again. */
function topologyLabels({ zone }: PlannedNode): readonly string[] {
  if (zone === undefined) return [];
  return [`--node-labels=topology.kubernetes.io/region=region-1,topology.kubernetes.io/zone=${zone}`];
}

/** containerd's configuration (version 2). Without CAP_SYS_RESOURCE nobody may lower a score that the kernel kills by. */
export const containerdConfiguration = `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pauseImage}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/etc/containerd/certs.d"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
`;

/**
 * Commands for `ip -batch` that give the node its addresses. The pods' bridge has a fixed address of its own: one made by the
 * plugin has none before its first port, and a failed first pod then stops all others.
 */
export function networkCommands(bridge: Bridge, node: PlannedNode, dualStack: boolean): string {
  const mac = `02:00:0a:63:${node.number.toString(16).padStart(2, "0")}:01`;
  const { v4, v6 } = node.address;
  return [
    "link set lo up",
    `address add ${v4}/${prefixLength.v4} dev eth0`,
    ...(dualStack ? [`address add ${v6}/${prefixLength.v6} dev eth0 nodad`] : []),
    "link set eth0 up",
    `route add default via ${bridge.gateway.v4}`,
    ...(dualStack ? [`route add default via ${bridge.gateway.v6}`] : []),
    `link add cni0 address ${mac} type bridge`,
    "link set cni0 up",
    "",
  ].join("\n");
}

/** What kubeadm leaves in the ConfigMap kubelet-config: what the nodes have in common. */
export function kubeletConfigMap(plan: Plan, extra: Readonly<Record<string, unknown>>): string {
  const { cgroupRoot, registerWithTaints, ...common } = kubeletConfiguration(plan, plan.controlPlanes[0], extra);
  return stringify(common);
}
