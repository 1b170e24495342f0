import path from "node:path";
import { type ControlPlaneOptions, network, overrideFlags } from "./options.ts";

/** Places of one cluster: the folder of the binaries, its own folder, and the files of its PKI. */
export interface Places {
  readonly binaries: string;
  readonly folder: string;
  pki(name: string): string;
}

/** The ports of one cluster, on loopback. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly etcdMetrics: number;
  readonly apiServer: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
}

export function etcdCommand(at: Places, ports: Ports, options: ControlPlaneOptions): string[] {
  const peer = `https://127.0.0.1:${ports.etcdPeer}`;
  const client = `https://127.0.0.1:${ports.etcd}`;
  const flags = [
    "--name=cp-1",
    `--data-dir=${path.join(at.folder, "etcd")}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=cp-1=${peer}`,
    `--listen-metrics-urls=http://127.0.0.1:${ports.etcdMetrics}`,
    `--cert-file=${at.pki("etcd-server.crt")}`,
    `--key-file=${at.pki("etcd-server.key")}`,
    `--trusted-ca-file=${at.pki("etcd-ca.crt")}`,
    "--client-cert-auth=true",
    `--peer-cert-file=${at.pki("etcd-peer.crt")}`,
    `--peer-key-file=${at.pki("etcd-peer.key")}`,
    `--peer-trusted-ca-file=${at.pki("etcd-ca.crt")}`,
    "--peer-client-cert-auth=true",
    "--quota-backend-bytes=8589934592",
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
  return [path.join(at.binaries, "etcd"), ...overrideFlags(flags, options.etcdExtraFlags ?? [])];
}

export function controllerManagerCommand(at: Places, ports: Ports, options: ControlPlaneOptions): string[] {
  return [
    path.join(at.binaries, "kube-controller-manager"),
    ...clientFlags(at, "kube-controller-manager"),
    `--secure-port=${ports.controllerManager}`,
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${at.pki("sa.key")}`,
    `--root-ca-file=${at.pki("ca.crt")}`,
    `--requestheader-client-ca-file=${at.pki("front-proxy-ca.crt")}`,
    `--cluster-signing-cert-file=${at.pki("ca.crt")}`,
    `--cluster-signing-key-file=${at.pki("ca.key")}`,
    "--allocate-node-cidrs=true",
    `--cluster-cidr=${ranges(network.pods, options)}`,
    `--service-cluster-ip-range=${ranges(network.services, options)}`,
    "--cluster-name=testbed",
    "--controllers=*,bootstrapsigner,tokencleaner",
    // without these the controllers take seconds more to start
    "--kube-api-qps=300",
    "--kube-api-burst=600",
    // nodes are objects that nobody keeps alive
    "--node-monitor-grace-period=24h",
    "--node-monitor-period=30s",
    // the default is a folder that only root can make
    `--flex-volume-plugin-dir=${path.join(at.folder, "flex-volumes")}`,
  ];
}

export function schedulerCommand(at: Places, ports: Ports): string[] {
  return [
    path.join(at.binaries, "kube-scheduler"),
    ...clientFlags(at, "kube-scheduler"),
    `--secure-port=${ports.scheduler}`,
    `--requestheader-client-ca-file=${at.pki("front-proxy-ca.crt")}`,
  ];
}

export function kwokCommand(at: Places): string[] {
  return [
    path.join(at.binaries, "kwok"),
    `--kubeconfig=${path.join(at.folder, "kwok.kubeconfig")}`,
    `--config=${path.join(at.folder, "kwok.yaml")}`,
    "-v=WARN",
  ];
}

/** IPv4, or both families joined by a comma. */
export function ranges(family: { readonly v4: string; readonly v6: string }, options: ControlPlaneOptions): string {
  return options.dualStack ? `${family.v4},${family.v6}` : family.v4;
}

/** Long leases, or a busy machine makes a component lose its lease and exit; short retries, or it starts late. */
function clientFlags(at: Places, name: string): string[] {
  const kubeconfig = path.join(at.folder, `${name}.kubeconfig`);
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--client-ca-file=${at.pki("ca.crt")}`,
    "--leader-elect=true",
    "--leader-elect-lease-duration=120s",
    "--leader-elect-renew-deadline=90s",
    "--leader-elect-retry-period=1s",
  ];
}
