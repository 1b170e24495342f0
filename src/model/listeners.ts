/**
 * The port through which probes of tier `system` reach what listens on nodes: by a port-forward to a pod on the node's own
 * network, or straight from here. GET and TLS handshakes, without credentials of any kind.
 */
import type { Reading } from "./fact.ts";

/** A TCP port on the network of a pod. Of a pod with `hostNetwork` it is the loopback of its node. */
export interface Listener {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export interface ListenerAnswer {
  readonly status: number;
  /** The first 4 KiB; the rest is not read. */
  readonly beginning: string;
}

/** What a TLS handshake showed that brought no client certificate. */
export interface ListenerTls {
  /** DER, leaf first, as sent. */
  readonly chain: readonly Uint8Array[];
  /**
   * `required`: asked for (CertificateRequest), and refused without one. `requested`: asked for, and let in without one.
   * `null`: TLS 1.3, which hides what was asked for, and no refusal seen; or the handshake failed for another reason.
   */
  readonly clientCertificate: "required" | "requested" | "not-requested" | null;
}

export type Dialled = "open" | "refused" | "silent" | "no-route" | "not-tried";

export interface ListenerReader {
  /** GET, whatever the status. TLS is not verified: who answers is told by the certificate, which `handshake` shows. */
  get(at: Listener, path: string, options?: { readonly tls?: boolean }): Promise<Reading<ListenerAnswer>>;
  /** GET over plain HTTP, line by line, for `/metrics`. What was seen of a body that could not be read to its end is void. */
  lines(at: Listener, path: string, line: (text: string) => void): Promise<Reading<{ readonly lines: number }>>;
  /** `plain`: it answers, and not in TLS. `refused`: nothing listens there. */
  handshake(at: Listener): Promise<Reading<ListenerTls | "plain" | "refused">>;
  /**
   * A TCP connection from this machine, closed at once; nothing is sent. `refused` by whoever answers there, `silent` where no
   * answer comes within seconds, `no-route` where this machine knows no way, `not-tried` when the run ended first.
   */
  dial(address: string, port: number): Promise<Dialled>;
  /** Waits between two looks at the same counters, half a minute; false when the run ended first. */
  later(): Promise<boolean>;
}
