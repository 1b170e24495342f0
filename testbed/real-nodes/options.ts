import type { Lifetime } from "../certificates.ts";
import type { ApiServerOptions } from "../options.ts";
import type { Reach } from "./addresses.ts";

/**
 * Where dynamic volumes are. `network`: readable and writable from every node; `local`: on the node that first used them; `both`:
 * both, the first one as default class.
 */
export type Storage = "network" | "local" | "both" | "none";

/**
 * What Services of type LoadBalancer and Ingresses get. `announced`: addresses that lead to their pods; `deaf`: addresses for which
 * nobody answers.
 */
export type Publishing = "announced" | "deaf" | "none";

/** What a cluster of real nodes is to be; everything is optional and the default is an ordinary small one. */
export interface RealNodesOptions {
  /** Nodes with etcd, API server, controller-manager and scheduler as static pods; an odd number. Default 1. */
  readonly controlPlanes?: number;
  /** Default 2. */
  readonly workers?: number;
  /** Address families of nodes, pods and services. Default both. */
  readonly family?: "dual" | "IPv4";
  /** How far the nodes' addresses reach, by their ranges. Default `private`. */
  readonly reach?: Reach;
  /** Whether anybody enforces NetworkPolicy. Default true. */
  readonly policy?: boolean;
  /** Default `none`. */
  readonly publishing?: Publishing;
  /** Default `both`. */
  readonly storage?: Storage;
  /** Whether nodes differ in machine, boot and system id, as on machines of their own. Default `own`. */
  readonly machines?: "own" | "shared";
  /** Failure zones that nodes are labelled with, in turn. Default zone-1 to zone-3 of region-1; none: no labels. */
  readonly zones?: readonly string[];
  /** What every API server is started with. */
  readonly apiServer?: ApiServerOptions;
  /** Default true. */
  readonly priorityAndFairness?: boolean;
  /** Added to etcd's flags, or replacing them. */
  readonly etcdExtraFlags?: readonly string[];
  /** Fields of the KubeletConfiguration of every node, added or replaced. */
  readonly kubelet?: Readonly<Record<string, unknown>>;
  /** Validity of the serving certificates of API servers and kubelets; default a year from now. */
  readonly servingCertificates?: Lifetime;
  /** How long to wait until all of it works. Default 480 s. */
  readonly startTimeoutMs?: number;
}
