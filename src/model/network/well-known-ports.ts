/** Ports on which the parts of Kubernetes listen, as released (Kubernetes documentation, "Ports and Protocols"; etcd). */

interface WellKnownPort {
  readonly port: number;
  readonly component: string;
  /** Only on nodes of the control plane, or of etcd. */
  readonly controlPlane: boolean;
}

const on = (controlPlane: boolean, port: number, component: string): WellKnownPort => ({
  port,
  component,
  controlPlane,
});

export const wellKnownPorts: readonly WellKnownPort[] = [
  on(true, 2379, "etcd for clients"),
  on(true, 2380, "etcd for its members"),
  on(true, 2381, "etcd's metrics"),
  on(true, 6443, "API server"),
  on(false, 10_249, "kube-proxy's metrics"),
  on(false, 10_250, "kubelet"),
  on(false, 10_255, "read-only port of the kubelet"),
  on(false, 10_256, "kube-proxy's health"),
  on(true, 10_257, "controller manager"),
  on(true, 10_259, "scheduler"),
];

/** scs-0217-v1: everybody may reach the API server (default 6443) and NodePorts (default 30000-32767). */
export function isMeantForEverybody(port: number): boolean {
  return port === 6443 || (port >= 30_000 && port <= 32_767);
}

export function componentAt(port: number): string {
  return wellKnownPorts.find((known) => known.port === port)?.component ?? "unknown";
}
