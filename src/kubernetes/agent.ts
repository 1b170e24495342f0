/** Keep-alive connections to the API server, straight or through a proxy. */
import { type AgentOptions, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { type ConnectionOptions, connect } from "node:tls";
import type { Credentials } from "./auth.ts";
import type { Endpoint } from "./endpoint.ts";
import { checkIdentity } from "./server-identity.ts";
import { openTunnel } from "./tunnel.ts";

export type Agent = HttpAgent | HttpsAgent;

/** TLS settings of the endpoint; NODE_TLS_REJECT_UNAUTHORIZED has no say. */
export function tlsOptions(endpoint: Endpoint, credentials: Credentials): ConnectionOptions {
  const name = endpoint.serverName ?? endpoint.host;
  return {
    ...(endpoint.certificateAuthority === undefined ? {} : { ca: endpoint.certificateAuthority }),
    ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate, key: credentials.key }),
    // An address is no server name (RFC 6066, 3), so it must not become one.
    servername: isIP(name) === 0 ? name : "",
    rejectUnauthorized: endpoint.verify,
    // Node hands in the server name, or what stands in for it when there is none.
    checkServerIdentity: (_, certificate) => checkIdentity(name, certificate),
    minVersion: "TLSv1.2",
  };
}

export interface AgentSettings {
  readonly connections: number;
  readonly keepAlive: boolean;
  readonly timeoutMilliseconds: number;
}

export function createAgent(endpoint: Endpoint, credentials: Credentials, settings: AgentSettings): Agent {
  const pool: AgentOptions = {
    keepAlive: settings.keepAlive,
    maxSockets: settings.connections,
    maxTotalSockets: settings.connections,
    scheduling: "lifo",
  };
  if (!endpoint.secure && endpoint.proxy === undefined) return new HttpAgent(pool);
  const tls = tlsOptions(endpoint, credentials);
  const { proxy, host, port } = endpoint;
  const agent = endpoint.secure ? new HttpsAgent({ ...pool, ...tls }) : new HttpAgent(pool);
  if (proxy === undefined) return agent;
  const createConnection = (_: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined => {
    openTunnel(proxy, host, port, settings.timeoutMilliseconds).then(
      (socket) => done?.(null, endpoint.secure ? connect({ ...tls, socket }) : socket),
      (error: Error) => done?.(error, new Duplex()),
    );
  };
  return Object.assign(agent, { createConnection });
}
