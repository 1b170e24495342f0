/** Requests to the services of one cloud: connections, order, retries, and the log of it all. */
import type { OutgoingHttpHeaders } from "node:http";
import { type Agent, createAgent } from "../http/agent.ts";
import { type Attempted, attempt } from "../http/attempt.ts";
import { textSink } from "../http/body.ts";
import type { Environment } from "../http/environment.ts";
import { createGate, createPacer, pause } from "../http/gate.ts";
import { chooseProxy } from "../http/proxy.ts";
import { type RetryPolicy, waitBeforeNext } from "../http/retry.ts";
import type { Target } from "../http/target.ts";
import type { CloudService } from "../model/cloud.ts";
import type { RequestRecord } from "../model/cluster.ts";
import { type Refused, refused } from "./refusals.ts";
import { serviceNames } from "./services.ts";
import { shownPath } from "./shown-path.ts";

export interface ChannelSettings {
  readonly certificateAuthority: string | undefined;
  readonly environment: Environment;
  readonly userAgent: string;
  /** Connections at most to one service, and requests under way at most to all of them. */
  readonly connections: number;
  readonly timeoutMilliseconds: number;
  readonly requestsPerSecond: number | undefined;
  readonly retries: RetryPolicy;
  readonly signal: AbortSignal;
  readonly conceal: (secret: string) => void;
}

export interface Call {
  readonly service: CloudService;
  /** The service's address. */
  readonly address: URL;
  readonly method?: "GET" | "POST";
  /** Below the address, query included. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
  readonly maxBytes: number;
}

export interface Answered {
  readonly ok: true;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

export interface CloudChannel {
  send(call: Call): Promise<Answered | Refused>;
  readonly requests: readonly RequestRecord[];
  close(): void;
}

function targetOf({ service, address }: Call, settings: ChannelSettings): Target {
  const secure = address.protocol === "https:";
  return {
    secure,
    host: address.hostname.replace(/^\[|\]$/g, ""),
    port: address.port === "" ? (secure ? 443 : 80) : Number(address.port),
    prefix: address.pathname.replace(/\/+$/, ""),
    certificateAuthority: settings.certificateAuthority,
    serverName: undefined,
    verify: true,
    proxy: chooseProxy(address, undefined, settings.environment),
    peer: { name: serviceNames[service], settings: "clouds.yaml" },
  };
}

export function createCloudChannel(settings: ChannelSettings): CloudChannel {
  const { signal, timeoutMilliseconds } = settings;
  const gate = createGate(settings.connections, createPacer(settings.requestsPerSecond));
  const agents = new Map<string, Agent>();
  const requests: RequestRecord[] = [];

  const agentFor = (target: Target): Agent => {
    const key = `${target.secure} ${target.host} ${target.port}`;
    const known = agents.get(key);
    if (known !== undefined) return known;
    const pool = { connections: settings.connections, keepAlive: true, timeoutMilliseconds };
    const agent = createAgent(target, {}, pool);
    agents.set(key, agent);
    return agent;
  };

  const once = async (call: Call, target: Target, number: number): Promise<Attempted<string> | undefined> => {
    const leave = await gate.enter(signal);
    if (leave === undefined) return undefined;
    const start = performance.now();
    try {
      const result = await attempt(
        {
          target,
          agent: agentFor(target),
          ...(call.method === undefined ? {} : { method: call.method }),
          path: call.path,
          headers: {
            accept: "application/json",
            "accept-encoding": "gzip",
            "user-agent": settings.userAgent,
            ...call.headers,
          },
          ...(call.body === undefined ? {} : { body: call.body }),
          timeoutMilliseconds,
          maxBytes: call.maxBytes,
          signal,
          accepts: (status) => status >= 200 && status < 300,
        },
        textSink(call.maxBytes),
      );
      requests.push({
        method: call.method ?? "GET",
        path: shownPath(call.service, call.path),
        status: result.status,
        milliseconds: Math.round(performance.now() - start),
        bytes: result.bytes,
        attempt: number,
      });
      return result;
    } finally {
      leave();
    }
  };

  return {
    send: async (call) => {
      const target = targetOf(call, settings);
      for (const text of [target.host, target.proxy?.username, target.proxy?.password]) settings.conceal(text ?? "");
      for (let tried = 1; ; tried += 1) {
        const result = await once(call, target, tried);
        if (result === undefined) {
          return { ok: false, reason: "timeout", message: "the run was over before this could be asked", status: 0 };
        }
        const { status, headers } = result;
        if (result.kind === "answer") return { ok: true, headers, text: result.value };
        const wait = waitBeforeNext(result, tried, settings.retries);
        if (wait !== undefined && (await pause(wait, signal))) continue;
        if (result.kind === "refusal") return refused(target.peer.name, status);
        const { reason, message } = result.failure;
        return { ok: false, reason, message, status };
      }
    },
    requests,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}
