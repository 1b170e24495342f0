import path from "node:path";
import { stringify } from "yaml";
import { type Places, type Ports, ranges } from "./commands.ts";
import { type ApiServerOptions, type ControlPlaneOptions, network, overrideFlags } from "./options.ts";

/** API server number n (from 1): listens on 127.0.0.n, says it is reached at the machine's address. */
export function apiServerCommand(
  at: Places,
  ports: Ports,
  n: number,
  server: ApiServerOptions,
  options: ControlPlaneOptions,
): string[] {
  const plugins = ["NodeRestriction", ...(server.eventRateLimit ? ["EventRateLimit"] : [])];
  const configured = server.eventRateLimit === true || server.admissionConfig !== undefined;
  const flags = [
    `--advertise-address=${network.machine(n).v4}`,
    "--allow-privileged=true",
    `--anonymous-auth=${options.anonymousAuth ?? true}`,
    "--authorization-mode=Node,RBAC",
    `--bind-address=127.0.0.${n}`,
    `--client-ca-file=${at.pki("ca.crt")}`,
    `--enable-admission-plugins=${plugins.join(",")}`,
    ...(configured ? [`--admission-control-config-file=${admissionFile(at, n)}`] : []),
    "--enable-aggregator-routing=true",
    "--enable-bootstrap-token-auth=true",
    ...(options.priorityAndFairness === false ? ["--enable-priority-and-fairness=false"] : []),
    `--etcd-cafile=${at.pki("etcd-ca.crt")}`,
    `--etcd-certfile=${at.pki("apiserver-etcd-client.crt")}`,
    `--etcd-keyfile=${at.pki("apiserver-etcd-client.key")}`,
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--kubelet-certificate-authority=${at.pki("ca.crt")}`,
    `--kubelet-client-certificate=${at.pki("apiserver-kubelet-client.crt")}`,
    `--kubelet-client-key=${at.pki("apiserver-kubelet-client.key")}`,
    "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
    `--proxy-client-cert-file=${at.pki("front-proxy-client.crt")}`,
    `--proxy-client-key-file=${at.pki("front-proxy-client.key")}`,
    "--requestheader-allowed-names=front-proxy-client",
    `--requestheader-client-ca-file=${at.pki("front-proxy-ca.crt")}`,
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-username-headers=X-Remote-User",
    `--secure-port=${ports.apiServer}`,
    "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
    `--service-account-key-file=${at.pki("sa.pub")}`,
    `--service-account-signing-key-file=${at.pki("sa.key")}`,
    `--service-cluster-ip-range=${ranges(network.services, options)}`,
    `--tls-cert-file=${at.pki(`apiserver-${n}.crt`)}`,
    `--tls-private-key-file=${at.pki(`apiserver-${n}.key`)}`,
  ];
  return [path.join(at.binaries, "kube-apiserver"), ...overrideFlags(flags, server.extraFlags ?? [])];
}

/** Where the admission configuration of API server n belongs. */
export function admissionFile(at: Places, n: number): string {
  return path.join(at.folder, `admission-${n}.yaml`);
}

/** An AdmissionConfiguration that limits events per server, namespace and user. */
export function eventRateLimitConfiguration(): string {
  return stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AdmissionConfiguration",
    plugins: [
      {
        name: "EventRateLimit",
        configuration: {
          apiVersion: "eventratelimit.admission.k8s.io/v1alpha1",
          kind: "Configuration",
          limits: [
            { type: "Server", qps: 500, burst: 2000 },
            { type: "Namespace", qps: 50, burst: 200, cacheSize: 2000 },
            { type: "User", qps: 50, burst: 200, cacheSize: 2000 },
          ],
        },
      },
    ],
  });
}
