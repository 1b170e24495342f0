/** The port through which probes look at the OpenStack cloud that a cluster's machines run in. Reads only. */
import type { Reading } from "./fact.ts";

export type CloudService = "compute" | "network" | "load-balancer" | "volume" | "identity";

export interface CloudReadOptions {
  /** Microversion of the service, `2.47`; absent: the oldest, which every cloud speaks. */
  readonly microversion?: string;
  /** Most bytes of the body; more is `too-large`. */
  readonly maxBytes?: number;
}

export interface CloudReader {
  /** GET of a path, query included, below the service's endpoint in the catalogue; raw JSON as served. */
  get(service: CloudService, path: string, options?: CloudReadOptions): Promise<Reading<unknown>>;
}
