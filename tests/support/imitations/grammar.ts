/** Clusters that nobody has seen: drawn from what platforms differ in, not from how this suite looks at them. */
import { fc } from "../fast-check.ts";

/** How a cluster's control plane is run. */
export const kinds = ["kubeadm", "cluster-api", "k3s", "rke2", "hosted", "managed"] as const;
export type Kind = (typeof kinds)[number];

/** Flags of one API server and, where it has one, of the etcd beside it. */
export interface ServerPlan {
  readonly inflight: "both" | "one" | "none";
  readonly minTimeout: boolean;
  readonly plugin: "configured" | "enabled" | "none";
  readonly fairness: "default" | "on" | "off";
  /** Where fairness is off: a limit of 0 switches the limit itself off. */
  readonly unlimited: boolean;
  readonly compaction: "right" | "other" | "none";
  readonly zone: "az1" | "az2" | "none";
  readonly host: "host-1" | "host-2" | "none";
  readonly kernel: "own" | "shared";
  /** `--flag value` in `args` instead of `--flag=value` in `command`. */
  readonly apart: boolean;
}

export interface Imitation {
  readonly kind: Kind;
  readonly release: "newest" | "overdue";
  readonly servers: readonly ServerPlan[];
  /** Zones of the workers. */
  readonly workers: readonly ("az1" | "az2" | "none")[];
  /** The tenant gave his workers the role of the control plane. */
  readonly labelledWorkers: boolean;
  /** Identity leases: of every server, or of nobody (the feature is off); and one of a server that is gone. */
  readonly leases: "all" | "none";
  readonly deadLease: boolean;
  readonly readyz: boolean;
  readonly headers: boolean;
  readonly flagz: boolean;
  readonly metrics: boolean;
  readonly fresh: boolean;
  readonly storage: "none" | "unmarked" | "network" | "local" | "beta" | "unknown";
  /** Indices of paths that the user may not read, for the second look. */
  readonly refused: readonly number[];
}

const serverPlan: fc.Arbitrary<ServerPlan> = fc.record({
  inflight: fc.constantFrom("both", "both", "one", "none"),
  minTimeout: fc.boolean(),
  plugin: fc.constantFrom("configured", "configured", "enabled", "none"),
  fairness: fc.constantFrom("default", "default", "on", "off"),
  unlimited: fc.boolean(),
  compaction: fc.constantFrom("right", "right", "other", "none"),
  zone: fc.constantFrom("az1", "az2", "none"),
  host: fc.constantFrom("host-1", "host-2", "none"),
  kernel: fc.constantFrom("own", "own", "shared"),
  apart: fc.boolean(),
});

/** Servers that were set up alike are as usual as those that differ. */
const serverPlans = fc
  .tuple(fc.array(serverPlan, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([plans, alike]) => plans.map((plan) => (alike ? { ...plan, ...settingsOf(plans[0] ?? plan) } : plan)));

function settingsOf({ inflight, minTimeout, plugin, fairness, unlimited, compaction, apart }: ServerPlan) {
  return { inflight, minTimeout, plugin, fairness, unlimited, compaction, apart };
}

export const imitations: fc.Arbitrary<Imitation> = fc.record({
  kind: fc.constantFrom(...kinds),
  release: fc.constantFrom("newest", "overdue"),
  servers: serverPlans,
  workers: fc.array(fc.constantFrom("az1", "az2", "none"), { maxLength: 3 }),
  labelledWorkers: fc.boolean(),
  leases: fc.constantFrom("all", "all", "all", "none"),
  deadLease: fc.boolean(),
  readyz: fc.boolean(),
  headers: fc.boolean(),
  flagz: fc.boolean(),
  metrics: fc.boolean(),
  fresh: fc.boolean(),
  storage: fc.constantFrom("none", "unmarked", "network", "local", "beta", "unknown"),
  refused: fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 12 }),
});

/** Its control plane runs on nodes of the cluster. */
export const onNodes = ({ kind }: Imitation): boolean => kind !== "hosted" && kind !== "managed";
