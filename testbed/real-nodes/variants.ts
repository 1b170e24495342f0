import { compactionFlags, throttlingFlags } from "../variants.ts";
import type { RealNodesOptions } from "./options.ts";

/** As the standards want it: three control-plane nodes and workers in three zones, throttling and compaction set. */
export const conformant = {
  controlPlanes: 3,
  workers: 3,
  storage: "network",
  apiServer: { extraFlags: throttlingFlags, eventRateLimit: true },
  etcdExtraFlags: compactionFlags,
} as const satisfies RealNodesOptions;

/** Clusters by the one thing that is wrong with them, each as small as it may be to show that. */
export const flawed = {
  "no policy enforcement": { policy: false },
  "node-local storage only": { storage: "local" },
  "single stack": { family: "IPv4" },
  "anonymous kubelet": {
    kubelet: {
      authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
      authorization: { mode: "AlwaysAllow" },
    },
  },
  "read-only port open": { kubelet: { readOnlyPort: 10255 } },
  "PodSecurity off": { apiServer: { extraFlags: ["--disable-admission-plugins=PodSecurity"] } },
  "NodeRestriction off": { apiServer: { extraFlags: ["--enable-admission-plugins=PodSecurity"] } },
  "priority and fairness off": { priorityAndFairness: false },
  // with an authority etcd would still ask for a certificate
  "etcd without client authentication": { etcdExtraFlags: ["--client-cert-auth=false", "--trusted-ca-file="] },
  "certificates about to expire": { servingCertificates: { days: 3 } },
  "nodes on one machine": { controlPlanes: 3, machines: "shared" },
} as const satisfies Readonly<Record<string, RealNodesOptions>>;

/** Names of {@link flawed}. */
export type Flaw = keyof typeof flawed;
