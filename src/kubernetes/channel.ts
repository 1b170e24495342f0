/** Requests to one API server: connections, credentials, order, retries, and the log of it all. */
import type { OutgoingHttpHeaders } from "node:http";
import { type Agent, createAgent } from "../http/agent.ts";
import { type Attempted, attempt } from "../http/attempt.ts";
import type { Sink } from "../http/body.ts";
import { createGate, createPacer, pause } from "../http/gate.ts";
import { type RetryPolicy, waitBeforeNext } from "../http/retry.ts";
import type { RequestRecord } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";
import { type Authenticator, authorizationOf, type Credentials } from "./auth.ts";
import type { Endpoint } from "./endpoint.ts";
import { refusalOf } from "./faults.ts";

export interface ChannelSettings {
  readonly endpoint: Endpoint;
  readonly authenticator: Authenticator;
  /** Sent with every request that is not anonymous. */
  readonly headers: OutgoingHttpHeaders;
  readonly userAgent: string;
  readonly compression: boolean;
  /** Connections at most, at any moment; one of them is kept for anonymous reads and handshakes. */
  readonly connections: number;
  readonly timeoutMilliseconds: number;
  readonly requestsPerSecond: number | undefined;
  readonly retries: RetryPolicy;
  readonly signal: AbortSignal;
  /** Told of every secret as it comes into use. */
  readonly conceal: (secret: string | undefined) => void;
  readonly confidential: readonly string[];
  /** Every try of every request is noted here. */
  readonly requests: RequestRecord[];
}

/** A body that goes with a request, and how. */
export interface Payload {
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly contentType: string;
  readonly text: string;
}

export interface Call<T> {
  readonly path: string;
  readonly accept: string;
  readonly maxBytes: number;
  readonly anonymous: boolean;
  readonly answers: readonly number[];
  /** What is sent, when it is more than a GET. Repeated as reads are, unless `repeatable` says otherwise. */
  readonly payload?: Payload | undefined;
  /** Whom to impersonate, in the place of whom the kubeconfig names. */
  readonly headers?: OutgoingHttpHeaders | undefined;
  /** A sink for each try. */
  readonly sink: () => Sink<T>;
  /** False when a repetition would show the caller, or do, something twice. The status is 0 when no answer came. */
  readonly repeatable?: (status: number) => boolean;
}

export interface Fetched<T> {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly value: T;
}

/** A reading that, when it is missing, tells the HTTP status behind it. */
export type Fetch<T> =
  | { readonly ok: true; readonly value: Fetched<T> }
  | { readonly ok: false; readonly reason: UnavailableReason; readonly message: string; readonly status: number };

export interface Channel {
  fetch<T>(call: Call<T>): Promise<Fetch<T>>;
  /** Runs work that opens a connection of its own, in its turn. */
  aside<T>(work: () => Promise<Reading<T>>): Promise<Reading<T>>;
  close(): void;
}

const over = unread("timeout", "the run was over before this could be asked");
const accepts = (answers: readonly number[]) => (status: number) =>
  (status >= 200 && status < 300) || answers.includes(status);

export function createChannel(settings: ChannelSettings): Channel {
  const { endpoint, authenticator, signal } = settings;
  const ordinary = Math.max(1, settings.connections - 1);
  const pacer = createPacer(settings.requestsPerSecond);
  const gate = createGate(ordinary, pacer);
  const side = createGate(1, pacer);
  const agents = new Map<string, Agent>();
  const { requests } = settings;

  /** One agent for each client certificate; anonymous reads share none of its connections. */
  const agentFor = (credentials: Credentials, anonymous: boolean): Agent => {
    const key = anonymous ? "anonymous" : `as ${credentials.certificate ?? ""}`;
    const known = agents.get(key);
    if (known !== undefined) return known;
    const { timeoutMilliseconds } = settings;
    const pool = { connections: anonymous ? 1 : ordinary, keepAlive: !anonymous, timeoutMilliseconds };
    const agent = createAgent(endpoint, credentials, pool);
    agents.set(key, agent);
    return agent;
  };

  const once = async <T>(
    call: Call<T>,
    credentials: Credentials,
    number: number,
  ): Promise<Attempted<T> | undefined> => {
    const leave = await (call.anonymous ? side : gate).enter(signal);
    if (leave === undefined) return undefined;
    const start = performance.now();
    try {
      const result = await attempt(
        {
          target: endpoint,
          agent: agentFor(credentials, call.anonymous),
          path: call.path,
          ...(call.payload === undefined ? {} : { method: call.payload.method, body: call.payload.text }),
          headers: {
            accept: call.accept,
            "accept-encoding": settings.compression ? "gzip" : "identity",
            "user-agent": settings.userAgent,
            ...(call.payload === undefined ? {} : { "content-type": call.payload.contentType }),
            ...(call.anonymous ? {} : { ...(call.headers ?? settings.headers), ...authorizationOf(credentials) }),
          },
          timeoutMilliseconds: settings.timeoutMilliseconds,
          maxBytes: call.maxBytes,
          signal,
          accepts: accepts(call.answers),
        },
        call.sink(),
      );
      requests.push({
        method: call.payload?.method ?? "GET",
        path: call.path.replace(/([?&]continue=)[^&]*/, "$1..."),
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

  const fetch = async <T>(call: Call<T>): Promise<Fetch<T>> => {
    let renewed = false;
    for (let tried = 1; ; tried += 1) {
      const credentials = call.anonymous ? read({}) : await authenticator.current(signal);
      if (!credentials.ok) return { ...credentials, status: 0 };
      conceal(credentials.value);
      const result = await once(call, credentials.value, tried);
      if (result === undefined) return { ...over, status: 0 } as Fetch<T>;
      const { status, headers } = result;
      if (result.kind === "answer") return { ok: true, value: { status, headers, value: result.value } };
      if (status === 401 && !call.anonymous && !renewed && authenticator.renew()) {
        renewed = true;
        continue;
      }
      const wait = call.repeatable?.(status) === false ? undefined : waitBeforeNext(result, tried, settings.retries);
      if (wait !== undefined && (await pause(wait, signal))) continue;
      if (result.kind === "failure") {
        const { reason, message } = result.failure;
        return { ok: false, reason, message, status };
      }
      return { ...(refusalOf(status, result.value, settings.confidential) as Fetch<T> & { ok: false }), status };
    }
  };

  const conceal = (credentials: Credentials) => {
    settings.conceal(credentials.token);
    settings.conceal(credentials.basic?.username);
    settings.conceal(credentials.basic?.password);
  };

  return {
    fetch,
    aside: async (work) => {
      const leave = await side.enter(signal);
      if (leave === undefined) return over;
      try {
        return await work();
      } finally {
        leave();
      }
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}
