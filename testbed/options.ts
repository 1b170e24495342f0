import type { Lifetime } from "./certificates.ts";

/** One API server of a cluster; different ones may be configured differently. */
export interface ApiServerOptions {
  /** `--name=value`; a flag that is set by default is replaced. */
  readonly extraFlags?: readonly string[];
  /** Admission plugin EventRateLimit, on with a configuration that loads. Default off. */
  readonly eventRateLimit?: boolean;
  /** An AdmissionConfiguration (YAML) instead of ours. */
  readonly admissionConfig?: string;
  /** Validity of the serving certificate; default a year from now. With an expired one no component can follow. */
  readonly servingCertificate?: Lifetime;
}

/** What a control plane is to be; everything is optional and the default is one ordinary, conformant cluster. */
export interface ControlPlaneOptions {
  /** Default: one. Two get host names cp-1 and cp-2 and the same port on 127.0.0.1 and 127.0.0.2. */
  readonly apiServers?: readonly ApiServerOptions[];
  /** Added to etcd's flags, or replacing them. */
  readonly etcdExtraFlags?: readonly string[];
  /** Pods and services with IPv4 and IPv6. Default: IPv4 only. */
  readonly dualStack?: boolean;
  /** Default true. */
  readonly priorityAndFairness?: boolean;
  /** Default true, as in Kubernetes. */
  readonly anonymousAuth?: boolean;
  /** Default true where there is a binary. */
  readonly withControllerManager?: boolean;
  /** Default true where there is a binary. */
  readonly withScheduler?: boolean;
  /** kwok plays kubelet for nodes annotated `kwok.x-k8s.io/node: fake`. Default false. */
  readonly withKwok?: boolean;
  /** How long to wait until all of it works. Default 60 s. */
  readonly startTimeoutMs?: number;
}

/** Address ranges of every test cluster; large enough for 5,000 nodes. */
export const network = {
  services: { v4: "10.96.0.0/16", v6: "fd00:10:96::/112" },
  pods: { v4: "10.128.0.0/10", v6: "fd00:10:128::/48" },
  /** First address of each service range: the service `kubernetes`. */
  kubernetesService: ["10.96.0.1", "fd00:10:96::1"],
  /** Address that machine number n (from 1) says it has; nothing listens there. */
  machine: (n: number) => ({
    v4: `10.0.${Math.floor(n / 240)}.${10 + (n % 240)}`,
    v6: `fd00:10::${(16 + n).toString(16)}`,
  }),
} as const;

/** The defaults plus the extra flags; repeating a flag would append to a list instead of replacing it, so its default goes. */
export function overrideFlags(flags: readonly string[], extra: readonly string[]): string[] {
  const nameOf = (flag: string) => flag.split("=", 1)[0];
  const replaced = new Set(extra.map(nameOf));
  return [...flags.filter((flag) => !replaced.has(nameOf(flag))), ...extra];
}
