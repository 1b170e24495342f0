/** Keep-alive connections to a server, straight or through a proxy. */
import { type AgentOptions, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import { Duplex } from "node:stream";
import { type ConnectionOptions, connect } from "node:tls";
import { checkIdentity } from "./server-identity.ts";
import type { ClientCertificate, Target } from "./target.ts";
import { openTunnel } from "./tunnel.ts";

export type Agent = HttpAgent | HttpsAgent;

/** TLS settings of the target; NODE_TLS_REJECT_UNAUTHORIZED has no say. */
export function tlsOptions(target: Target, client: ClientCertificate): ConnectionOptions {
  const name = target.serverName ?? target.host;
  return {
    ...(target.certificateAuthority === undefined ? {} : { ca: target.certificateAuthority }),
    ...(client.certificate === undefined ? {} : { cert: client.certificate, key: client.key }),
    // An address is no server name (RFC 6066, 3), so it must not become one.
    servername: isIP(name) === 0 ? name : "",
    rejectUnauthorized: target.verify,
    // Node hands in the server name, or what stands in for it when there is none.
    checkServerIdentity: (_, certificate) => checkIdentity(name, certificate),
    minVersion: "TLSv1.2",
  };
}

/** The agents of one run, by what tells their connections apart; each is made when it is first needed. */
export interface Agents {
  get(key: string, make: () => Agent): Agent;
  close(): void;
}

export function createAgents(): Agents {
  const agents = new Map<string, Agent>();
  return {
    get: (key, make) => {
      const agent = agents.get(key) ?? make();
      agents.set(key, agent);
      return agent;
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

export interface AgentSettings {
  readonly connections: number;
  readonly keepAlive: boolean;
  readonly timeoutMilliseconds: number;
}

export function createAgent(target: Target, client: ClientCertificate, settings: AgentSettings): Agent {
  const pool: AgentOptions = {
    keepAlive: settings.keepAlive,
    maxSockets: settings.connections,
    maxTotalSockets: settings.connections,
    scheduling: "lifo",
  };
  if (!target.secure && target.proxy === undefined) return new HttpAgent(pool);
  const tls = tlsOptions(target, client);
  const { proxy } = target;
  const agent = target.secure ? new HttpsAgent({ ...pool, ...tls }) : new HttpAgent(pool);
  if (proxy === undefined) return agent;
  const createConnection = (_: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined => {
    openTunnel(proxy, target, settings.timeoutMilliseconds).then(
      (socket) => done?.(null, target.secure ? connect({ ...tls, socket }) : socket),
      (error: Error) => done?.(error, new Duplex()),
    );
  };
  return Object.assign(agent, { createConnection });
}
