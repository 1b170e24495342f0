/** Requests to one API server: connections, credentials, order, retries, and the log of it all. */
import type { OutgoingHttpHeaders } from "node:http";
import { createAgent, createAgents } from "../http/agent.ts";
import type { Sink } from "../http/body.ts";
import { createGate, createPacer } from "../http/gate.ts";
import { runOver, tryOnce, type Unanswered, unanswered } from "../http/one-try.ts";
import { type RetryPolicy, waitedForNext } from "../http/retry.ts";
import type { RequestRecord } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
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
export type Fetch<T> = { readonly ok: true; readonly value: Fetched<T> } | Unanswered;

export interface Channel {
  fetch<T>(call: Call<T>): Promise<Fetch<T>>;
  /** Runs work that opens a connection of its own, in its turn. */
  aside<T>(work: () => Promise<Reading<T>>): Promise<Reading<T>>;
  close(): void;
}

const accepts = (answers: readonly number[]) => (status: number) =>
  (status >= 200 && status < 300) || answers.includes(status);

export function createChannel(settings: ChannelSettings): Channel {
  const { endpoint, authenticator, signal } = settings;
  const ordinary = Math.max(1, settings.connections - 1);
  const pacer = createPacer(settings.requestsPerSecond);
  const gate = createGate(ordinary, pacer);
  const side = createGate(1, pacer);
  const agents = createAgents();
  const { requests, timeoutMilliseconds } = settings;

  /** One agent for each client certificate; anonymous reads share none of its connections. */
  const agentFor = (credentials: Credentials, anonymous: boolean) =>
    agents.get(anonymous ? "anonymous" : `as ${credentials.certificate ?? ""}`, () => {
      const pool = { connections: anonymous ? 1 : ordinary, keepAlive: !anonymous, timeoutMilliseconds };
      return createAgent(endpoint, credentials, pool);
    });

  const once = <T>(call: Call<T>, credentials: Credentials, tried: number) =>
    tryOnce({
      sending: {
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
        timeoutMilliseconds,
        maxBytes: call.maxBytes,
        signal,
        accepts: accepts(call.answers),
      },
      sink: call.sink,
      gate: call.anonymous ? side : gate,
      shownPath: call.path.replace(/([?&]continue=)[^&]*/, "$1..."),
      tried,
      requests,
    });

  // A loop of its own: credentials are asked for before each try, for they may expire while one waits; a 401 has them
  // renewed once without counting as what is worth a wait; and not everything may be repeated.
  const fetch = async <T>(call: Call<T>): Promise<Fetch<T>> => {
    let renewed = false;
    for (let tried = 1; ; tried += 1) {
      const credentials = call.anonymous ? read({}) : await authenticator.current(signal);
      if (!credentials.ok) return { ...credentials, status: 0 };
      conceal(credentials.value);
      const result = await once(call, credentials.value, tried);
      const { status, headers } = result;
      if (result.kind === "answer") return { ok: true, value: { status, headers, value: result.value } };
      if (status === 401 && !call.anonymous && !renewed && authenticator.renew()) {
        renewed = true;
        continue;
      }
      const repeatable = call.repeatable?.(status) !== false;
      if (repeatable && (await waitedForNext(result, tried, settings.retries, signal))) continue;
      if (result.kind === "failure") return unanswered(result.failure, status);
      return unanswered(refusalOf(status, result.value, settings.confidential), status);
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
      if (leave === undefined) return runOver;
      try {
        return await work();
      } finally {
        leave();
      }
    },
    close: agents.close,
  };
}
