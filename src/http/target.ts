/** A server that is asked: where it is, how to trust it, and how messages name it. */
import { isIP } from "node:net";

export interface Peer {
  /** In messages: `the API server`, `Keystone`. */
  readonly name: string;
  /** Where its address and its certificate authority are set, in messages: `the kubeconfig`. */
  readonly settings: string;
}

export interface Target {
  readonly secure: boolean;
  /** Name or address, an IPv6 one without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path before every request's, "" or `/k8s/clusters/c-1`. */
  readonly prefix: string;
  /** PEM; undefined: the system's authorities. */
  readonly certificateAuthority: string | undefined;
  /** The name to ask for and to find in the certificate instead of the host. */
  readonly serverName: string | undefined;
  readonly verify: boolean;
  readonly proxy: URL | undefined;
  readonly peer: Peer;
}

/** PEM of a client certificate and its key. */
export interface ClientCertificate {
  readonly certificate?: string;
  readonly key?: string;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Name or address of a URL's host, an IPv6 one without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** What stands below a public address: trusted by the system's authorities. */
export function targetBelow(base: URL, proxy: URL | undefined, peer: Peer): Target {
  const secure = base.protocol === "https:";
  return {
    secure,
    host: hostOf(base),
    port: Number(base.port) || (secure ? 443 : 80),
    prefix: base.pathname.replace(/\/$/, ""),
    certificateAuthority: undefined,
    serverName: undefined,
    verify: true,
    proxy,
    peer,
  };
}
