/** The port through which probes look at the OpenStack cloud that a cluster's machines run in. Reads only. */
import type { Reading } from "./fact.ts";

export type CloudService = "compute" | "network" | "load-balancer" | "volume" | "identity";

export interface CloudReadOptions {
  /** Microversion of the service, `2.47`; absent: the oldest, which every cloud speaks. A service without it: `not-served`. */
  readonly microversion?: string;
  /** Most bytes of the body; more is `too-large`. */
  readonly maxBytes?: number;
}

export interface CloudReader {
  /** GET of a path, query included, below the service's endpoint in the catalogue; raw JSON as served. */
  get(service: CloudService, path: string, options?: CloudReadOptions): Promise<Reading<unknown>>;
  /**
   * All elements of a list that comes in pages (`limit`, `marker`): the member `key` of each page, raw JSON objects. The
   * marker is the `id` of the last element, as the services' API references have it.
   */
  list(
    service: CloudService,
    path: string,
    key: string,
    options?: CloudReadOptions,
  ): Promise<Reading<readonly unknown[]>>;
  /** Name of the region in clouds.yaml; undefined: none is named there. */
  readonly region: string | undefined;
}
