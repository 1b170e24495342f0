/** A TLS handshake with the API server, for its certificates; no request is sent. */
import { createHash, X509Certificate } from "node:crypto";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { TlsPeer } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { tlsOptions } from "./agent.ts";
import type { Endpoint } from "./endpoint.ts";
import { failureOf } from "./faults.ts";
import { openTunnel } from "./tunnel.ts";

const longestChain = 20;
const digest = (der: Uint8Array) => createHash("sha256").update(der).digest("hex");

/** Digests of the certificates in a PEM text. */
function digestsOf(pem: string): Set<string> {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return new Set(
    blocks.flatMap((block) => {
      try {
        return [digest(new X509Certificate(block).raw)];
      } catch {
        return [];
      }
    }),
  );
}

/**
 * Leaf first. Node completes a chain from our own authorities, so what stands at its end and is one of those is cut:
 * it tells nothing about the server.
 */
function chainOf(socket: TLSSocket, authorities: ReadonlySet<string>): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.raw !== undefined && chain.length < longestChain) {
    chain.push(new Uint8Array(certificate.raw));
    const issuer: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
  }
  while (chain.length > 1 && authorities.has(digest(chain[chain.length - 1] ?? new Uint8Array()))) chain.pop();
  return chain;
}

/** Shows no client certificate. An untrusted chain is an answer, not a fault. */
export async function handshake(
  endpoint: Endpoint,
  timeoutMilliseconds: number,
  signal: AbortSignal,
): Promise<Reading<TlsPeer>> {
  if (!endpoint.secure) return unread("not-served", "the kubeconfig's server is plain http, without TLS");
  const { host, port, proxy } = endpoint;
  const authorities = digestsOf(endpoint.certificateAuthority ?? "");
  try {
    const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, host, port, timeoutMilliseconds);
    return await new Promise((resolve) => {
      const options = { ...tlsOptions(endpoint, {}), rejectUnauthorized: false };
      const socket = connect(tunnel === undefined ? { ...options, host, port } : { ...options, socket: tunnel });
      const done = (reading: Reading<TlsPeer>) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", ended);
        socket.destroy();
        tunnel?.destroy();
        resolve(reading);
      };
      const ended = () => done(unread("timeout", "the run was over before the TLS handshake was"));
      const late = () =>
        done(unread("timeout", `the API server did not finish the TLS handshake within ${timeoutMilliseconds} ms`));
      const timer = setTimeout(late, timeoutMilliseconds);
      signal.addEventListener("abort", ended);
      socket.on("error", (error) => {
        const { reason, message } = failureOf(error);
        done(unread(reason, message));
      });
      socket.on("secureConnect", () => {
        const family = (tunnel ?? socket).remoteFamily === "IPv6" ? "IPv6" : "IPv4";
        done(read({ chain: chainOf(socket, authorities), family, trusted: socket.authorized }));
      });
    });
  } catch (error) {
    const { reason, message } = failureOf(error);
    return unread(reason, message);
  }
}
