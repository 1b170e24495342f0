/** Requests to the services of one cloud: connections, order, retries, and the log of it all. */
import type { OutgoingHttpHeaders } from "node:http";
import { createAgent, createAgents } from "../http/agent.ts";
import { textSink } from "../http/body.ts";
import type { Environment } from "../http/environment.ts";
import { createGate, createPacer } from "../http/gate.ts";
import { tryOnce, unanswered } from "../http/one-try.ts";
import { chooseProxy } from "../http/proxy.ts";
import { type RetryPolicy, waitedForNext } from "../http/retry.ts";
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
  const agents = createAgents();
  const requests: RequestRecord[] = [];

  // One agent for each server: nothing is shown to it when it connects.
  const agentFor = (target: Target) =>
    agents.get(`${target.secure} ${target.host} ${target.port}`, () =>
      createAgent(target, {}, { connections: settings.connections, keepAlive: true, timeoutMilliseconds }),
    );

  const once = (call: Call, target: Target, tried: number) =>
    tryOnce({
      sending: {
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
      sink: () => textSink(call.maxBytes),
      gate,
      shownPath: shownPath(call.service, call.path),
      tried,
      requests,
    });

  return {
    // A loop of its own: the token is one of the headers that are given, and a new one after a 401 is the session's affair.
    send: async (call) => {
      const target = targetOf(call, settings);
      for (const text of [target.host, target.proxy?.username, target.proxy?.password]) settings.conceal(text ?? "");
      for (let tried = 1; ; tried += 1) {
        const result = await once(call, target, tried);
        const { status, headers } = result;
        if (result.kind === "answer") return { ok: true, headers, text: result.value };
        if (await waitedForNext(result, tried, settings.retries, signal)) continue;
        return result.kind === "refusal" ? refused(target.peer.name, status) : unanswered(result.failure, status);
      }
    },
    requests,
    close: agents.close,
  };
}
