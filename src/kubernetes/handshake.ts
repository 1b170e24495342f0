/** A TLS handshake with the API server, for its certificates; no request is sent. */
import { isIP } from "node:net";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import { tlsOptions } from "../http/agent.ts";
import { certificatesIn } from "../http/certificates.ts";
import { failureOf } from "../http/failure.ts";
import { openTunnel } from "../http/tunnel.ts";
import type { HandshakeOptions, TlsPeer } from "../model/cluster.ts";
import { type Reading, read, type Unread, unread } from "../model/fact.ts";
import type { Endpoint } from "./endpoint.ts";

const longestChain = 20;

/** A family that leads nowhere must not hold up a run that has its answer over the other one. */
const longestForOneFamily = 3000;

/**
 * Leaf first. Node completes a chain from our own authorities, so what stands at its end and is one of those is cut:
 * it tells nothing about the server.
 */
export function chainOf(socket: TLSSocket, authorities: readonly Uint8Array[]): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.raw !== undefined && chain.length < longestChain) {
    chain.push(new Uint8Array(certificate.raw));
    const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
  }
  const known = (der: Uint8Array | undefined) =>
    der !== undefined && authorities.some((authority) => Buffer.compare(authority, der) === 0);
  while (chain.length > 1 && known(chain[chain.length - 1])) chain.pop();
  return chain;
}

/** Why there is nothing to connect to over the family asked for; undefined when there may be. */
function noWay({ host, proxy }: Endpoint, family: HandshakeOptions["family"]): Unread | undefined {
  if (family === undefined) return undefined;
  if (proxy !== undefined)
    return unread("not-served", "a proxy connects to the API server and chooses the family itself");
  const written = isIP(host);
  return written === 0 || written === Number(family.slice(3)) ? undefined : noAddress(family);
}

const noAddress = (family: string) => unread("not-found", `the API server has no ${family} address that is known here`);

/** Of a name that has addresses of the other family alone, every resolver says something else. */
const isUnknownName = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  /^(ENOTFOUND|ENODATA|EAI_NODATA|EAI_ADDRFAMILY)$/.test(String(error.code));

/** Shows no client certificate. An untrusted chain is an answer, not a fault. */
export async function handshake(
  endpoint: Endpoint,
  timeoutMilliseconds: number,
  signal: AbortSignal,
  { family }: HandshakeOptions = {},
): Promise<Reading<TlsPeer>> {
  if (!endpoint.secure) return unread("not-served", "the kubeconfig's server is plain http, without TLS");
  const nothing = noWay(endpoint, family);
  if (nothing) return nothing;
  const { host, port, proxy } = endpoint;
  const limit = family === undefined ? timeoutMilliseconds : Math.min(timeoutMilliseconds, longestForOneFamily);
  const authorities = certificatesIn(endpoint.certificateAuthority ?? "").map(({ raw }) => raw);
  try {
    const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, endpoint, timeoutMilliseconds);
    return await new Promise((resolve) => {
      const options = { ...tlsOptions(endpoint, {}), rejectUnauthorized: false };
      const address = { host, port, ...(family === undefined ? {} : { family: Number(family.slice(3)) }) };
      const socket = connect(tunnel === undefined ? { ...options, ...address } : { ...options, socket: tunnel });
      const done = (reading: Reading<TlsPeer>) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", ended);
        socket.destroy();
        tunnel?.destroy();
        resolve(reading);
      };
      const ended = () => done(unread("timeout", "the run was over before the TLS handshake was"));
      const late = () => done(unread("timeout", `the API server did not finish the TLS handshake within ${limit} ms`));
      const timer = setTimeout(late, limit);
      signal.addEventListener("abort", ended);
      socket.on("error", (error) => {
        const { reason, message } = failureOf(error, endpoint.peer);
        done(family !== undefined && isUnknownName(error) ? noAddress(family) : unread(reason, message));
      });
      socket.on("secureConnect", () => {
        const over = (tunnel ?? socket).remoteFamily === "IPv6" ? "IPv6" : "IPv4";
        done(read({ chain: chainOf(socket, authorities), family: over, trusted: socket.authorized }));
      });
    });
  } catch (error) {
    const { reason, message } = failureOf(error, endpoint.peer);
    return unread(reason, message);
  }
}
