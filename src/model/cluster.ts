/** The port through which probes look at a cluster. Reads only: nothing behind it can write. */
import type { Reading } from "./fact.ts";

export interface ReadOptions {
  /** Accept header; `application/json` by default. */
  readonly accept?: string;
  /** Most bytes of the decompressed body; more is `too-large`. */
  readonly maxBytes?: number;
  /** Send no credentials: what an anonymous client sees. */
  readonly anonymous?: boolean;
  /** HTTP statuses besides 2xx that are an answer and not a fault, such as 500 of /readyz. */
  readonly answers?: readonly number[];
}

/** An HTTP answer. Header names are lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface ListOptions {
  /** Objects a page, 500 by default; never 0. */
  readonly limit?: number;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Ask for PartialObjectMetadata: names, labels and annotations only. */
  readonly metadataOnly?: boolean;
}

/** A certificate of a TLS handshake, DER bytes. */
export interface TlsPeer {
  /** Leaf first, as the server sent it. */
  readonly chain: readonly Uint8Array[];
  readonly family: "IPv4" | "IPv6";
  /** The chain verifies against the kubeconfig's certificate authority (or the system's). */
  readonly trusted: boolean;
}

/** `family`: connect over this one only, where the host's name has addresses of both. */
export interface HandshakeOptions {
  readonly family?: "IPv4" | "IPv6";
}

/** How the API server's endpoint is named and found. Addresses are raw: probes keep families and scopes of them. */
export interface Whereabouts {
  /** The host of the kubeconfig's server URL: a name, or an address of a family. */
  readonly written: "name" | "IPv4" | "IPv6";
  /** Connections go through a proxy, which looks the name up itself. */
  readonly proxied: boolean;
  /** Addresses of both families that the name has in DNS here, or the one that is written; none through a proxy. */
  readonly addresses: readonly string[];
  /** Addresses of this machine's interfaces. */
  readonly ownAddresses: readonly string[];
  /** The same with the length of their networks: `10.0.0.7/24`. */
  readonly ownNetworks: readonly string[];
}

export interface ClusterReader {
  /** GET of a path, query included, below the kubeconfig's server URL. */
  get(path: string, options?: ReadOptions): Promise<Reading<Answer>>;
  /** GET and parse: raw JSON as served, nothing dropped, no types promised. */
  json(path: string, options?: ReadOptions): Promise<Reading<unknown>>;
  /**
   * Reads a body line by line without holding it, for `/metrics`.
   */
  lines(
    path: string,
    line: (text: string) => void,
    options?: ReadOptions,
  ): Promise<Reading<{ readonly lines: number }>>;
  /** Reads a body piece by piece without holding it, for files. Nothing is repeated once a piece was handed over. */
  pieces(
    path: string,
    piece: (bytes: Uint8Array) => void,
    options?: ReadOptions,
  ): Promise<Reading<{ readonly bytes: number }>>;
  /**
   * Lists page by page, shows each object to `item` and forgets it. Survives 410 in the middle: then `restart` is called,
   * everything seen so far is void, and the list begins anew. Items are raw JSON objects. What was seen of a list that
   * could not be read to its end is void as well.
   */
  list(
    path: string,
    options: ListOptions,
    item: (object: unknown) => void,
    restart: () => void,
  ): Promise<Reading<{ readonly count: number; readonly serverTime: string | undefined }>>;
  /**
   * TLS handshake with the endpoint of the kubeconfig; sends no request. With a family: `not-found` when the host has no
   * address of it, `not-served` behind a proxy, which chooses for itself.
   */
  handshake(options?: HandshakeOptions): Promise<Reading<TlsPeer>>;
  /** Where the kubeconfig finds the API server: to compare with what another view says, never to keep. */
  readonly endpoint: { readonly host: string; readonly port: number };
  /** Where the endpoint is, from here; asks DNS, not the cluster. */
  whereabouts(): Promise<Whereabouts>;
  /** PEM certificates that the kubeconfig itself holds. */
  readonly credentials: {
    readonly clientCertificate: string | undefined;
    readonly certificateAuthority: string | undefined;
  };
}

/** One request as the evidence keeps it: what was asked of the cluster, never with what credentials. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query. Continue tokens are cut. */
  readonly path: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** Bytes of the body on the wire. */
  readonly bytes: number;
  /** Which attempt this was, from 1. */
  readonly attempt: number;
}
