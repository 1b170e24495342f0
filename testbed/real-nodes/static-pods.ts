import path from "node:path";
import { stringify } from "yaml";
import { apiServerCommand } from "../api-server-command.ts";
import { controllerManagerCommand, etcdCommand, type Places, type Ports, schedulerCommand } from "../commands.ts";
import { overrideFlags } from "../options.ts";
import { imageOf } from "./images.ts";
import { pkiPlace } from "./pki-files.ts";
import { apiPort, type Plan, type PlannedNode } from "./plan.ts";

/** Where kubeadm has the files of a control-plane node. */
export const kubeadmPlaces: Places = { binaries: "", folder: "/etc/kubernetes", pki: pkiPlace };

/** kubeadm's ports; loopback belongs to the node alone, so they are the true ones. */
const ports: Ports = {
  etcd: 2379,
  etcdPeer: 2380,
  etcdMetrics: 2381,
  apiServer: apiPort,
  controllerManager: 10257,
  scheduler: 10259,
  kwok: 0,
};

/** What the kubelet asks on the node's loopback. */
interface Probed {
  readonly port: number;
  readonly scheme: "HTTP" | "HTTPS";
  readonly live: string;
  readonly ready: string;
}

/** The manifests of one control-plane node's static pods (YAML) by file name. */
export function staticPods(plan: Plan, node: PlannedNode): ReadonlyMap<string, string> {
  const probed = (port: number, scheme: Probed["scheme"], live = "/livez", ready = "/readyz"): Probed => {
    return { port, scheme, live, ready };
  };
  const pods: [string, readonly string[], Probed][] = [
    ["etcd", etcdOf(plan, node), probed(ports.etcdMetrics, "HTTP")],
    ["kube-apiserver", apiServerOf(plan, node), probed(apiPort, "HTTPS")],
    [
      "kube-controller-manager",
      clientOf("controller-manager", plan),
      probed(ports.controllerManager, "HTTPS", "/healthz", "/healthz"),
    ],
    ["kube-scheduler", clientOf("scheduler", plan), probed(ports.scheduler, "HTTPS")],
  ];
  return new Map(
    pods.map(([name, command, probes]) => [`${name}.yaml`, stringify(manifest(name, node, command, probes))]),
  );
}

function etcdOf({ controlPlanes, controlPlane }: Plan, node: PlannedNode): readonly string[] {
  const url = (address: string, port: number) => `https://${address}:${port}`;
  const own = node.address.v4;
  return etcdCommand(kubeadmPlaces, ports, {
    etcdExtraFlags: [
      `--name=${node.name}`,
      "--data-dir=/var/lib/etcd",
      `--listen-client-urls=${url("127.0.0.1", ports.etcd)},${url(own, ports.etcd)}`,
      `--advertise-client-urls=${url(own, ports.etcd)}`,
      `--listen-peer-urls=${url(own, ports.etcdPeer)}`,
      `--initial-advertise-peer-urls=${url(own, ports.etcdPeer)}`,
      `--initial-cluster=${controlPlanes.map(({ name, address }) => `${name}=${url(address.v4, ports.etcdPeer)}`).join(",")}`,
      "--initial-cluster-state=new",
      ...(controlPlane.etcdExtraFlags ?? []),
    ],
  });
}

function apiServerOf({ controlPlane }: Plan, node: PlannedNode): readonly string[] {
  const server = controlPlane.apiServers?.[node.number - 1] ?? {};
  const own = [`--advertise-address=${node.address.v4}`, "--bind-address=::"];
  const extraFlags = overrideFlags(own, server.extraFlags ?? []);
  return apiServerCommand(kubeadmPlaces, ports, node.number, { ...server, extraFlags }, controlPlane);
}

function clientOf(component: "controller-manager" | "scheduler", plan: Plan): readonly string[] {
  const file = `/etc/kubernetes/${component}.conf`;
  const [program = "", ...flags] =
    component === "scheduler"
      ? schedulerCommand(kubeadmPlaces, ports)
      : controllerManagerCommand(kubeadmPlaces, ports, plan.controlPlane);
  // with one control-plane node there is nobody who could take a lease over; a busy machine must not lose it
  const several = plan.controlPlanes.length > 1;
  const leases = several ? ["--leader-elect-lease-duration=30s", "--leader-elect-renew-deadline=20s"] : [];
  const ofNodes = [
    "--node-monitor-grace-period=40s",
    "--node-monitor-period=5s",
    "--flex-volume-plugin-dir=/usr/libexec/kubernetes/kubelet-plugins/volume/exec",
  ];
  return [
    program,
    ...overrideFlags(flags, [
      `--kubeconfig=${file}`,
      `--authentication-kubeconfig=${file}`,
      `--authorization-kubeconfig=${file}`,
      ...leases,
      ...(component === "scheduler" ? [] : ofNodes),
    ]),
  ];
}

function manifest(name: string, node: PlannedNode, command: readonly string[], probed: Probed): object {
  const get = (place: string) => ({
    httpGet: { host: "127.0.0.1", path: place, port: probed.port, scheme: probed.scheme },
  });
  const mount = (volume: string, mountPath: string, readOnly = true) => ({ name: volume, mountPath, readOnly });
  const hostPath = (volume: string, place: string) => ({ name: volume, hostPath: { path: place } });
  const address = node.address.v4;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "kube-system",
      labels: { component: name, tier: "control-plane" },
      annotations: {
        ...(name === "etcd" ? { "kubeadm.kubernetes.io/etcd.advertise-client-urls": `https://${address}:2379` } : {}),
        ...(name === "kube-apiserver"
          ? { "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint": `${address}:${apiPort}` }
          : {}),
      },
    },
    spec: {
      hostNetwork: true,
      priorityClassName: "system-node-critical",
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name,
          image: imageOf(name),
          imagePullPolicy: "IfNotPresent",
          command: [path.basename(command[0] ?? name), ...command.slice(1)],
          resources: { requests: { cpu: "100m", memory: "100Mi" } },
          startupProbe: { ...get(probed.live), periodSeconds: 1, failureThreshold: 180, timeoutSeconds: 15 },
          livenessProbe: { ...get(probed.live), periodSeconds: 10, failureThreshold: 8, timeoutSeconds: 15 },
          readinessProbe: { ...get(probed.ready), periodSeconds: 1, timeoutSeconds: 15 },
          volumeMounts: [
            mount("kubernetes", "/etc/kubernetes"),
            mount("binaries", "/usr/local/bin"),
            ...(name === "etcd" ? [mount("etcd-data", "/var/lib/etcd", false)] : []),
          ],
        },
      ],
      volumes: [
        hostPath("kubernetes", "/etc/kubernetes"),
        hostPath("binaries", "/run/testbed/bin"),
        ...(name === "etcd" ? [hostPath("etcd-data", "/var/lib/etcd")] : []),
      ],
    },
  };
}
