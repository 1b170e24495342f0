/** The reader of what listens on nodes: every outcome a reading, over port-forwards to pods or straight from here. */
import { Agent } from "node:http";
import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { attempt } from "../../http/attempt.ts";
import { beginningSink, lineSink, type Sink } from "../../http/body.ts";
import { ReadFault } from "../../http/failure.ts";
import { pause } from "../../http/gate.ts";
import type { Target } from "../../http/target.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import type { Dialled, Listener, ListenerReader } from "../../model/listeners.ts";
import { listenerHandshake } from "./listener-handshake.ts";
import type { Streams } from "./streams.ts";

export interface ListenerSettings {
  readonly streams: Streams;
  readonly userAgent: string;
  /** For connection, TLS and headers of one request, and for a straight connection. */
  readonly timeoutMilliseconds: number;
  /** Between two looks at the same counters. */
  readonly laterMilliseconds: number;
  readonly signal: AbortSignal;
}

const beginning = 4096;
/** `/metrics` of an etcd has 200 KiB. */
const mostBytes = 16 * 1024 * 1024;
/** A machine on the way to somewhere else may drop what it does not let through: no longer than this is it waited for. */
const longestDial = 3000;

/** An agent with one connection, which is there already. */
function agentOver(stream: Duplex, tls: boolean): Agent {
  const socket = tls ? connectTls({ socket: stream, rejectUnauthorized: false, servername: "" }) : stream;
  return Object.assign(new Agent({ keepAlive: false, maxSockets: 1 }), { createConnection: () => socket });
}

const targetAt = (port: number): Target => ({
  // TLS, where there is any, is part of the connection
  secure: false,
  host: "localhost",
  port,
  prefix: "",
  certificateAuthority: undefined,
  serverName: undefined,
  verify: false,
  proxy: undefined,
  peer: { name: `port ${port}`, settings: "" },
});

export function createListenerReader(settings: ListenerSettings): ListenerReader {
  const { streams, signal, timeoutMilliseconds } = settings;
  const open = ({ namespace, pod, port }: Listener) =>
    // the request is over long before this: it ends what hangs in between
    streams.portForward({ namespace, name: pod }, port, { milliseconds: 3 * timeoutMilliseconds, maxBytes: mostBytes });

  const fetch = async <T>(
    at: Listener,
    path: string,
    tls: boolean,
    sink: Sink<T>,
    anyStatus: boolean,
  ): Promise<Reading<{ status: number; value: T }>> => {
    const opened = await open(at);
    if (!opened.ok) return opened;
    const stream = opened.value;
    let fault: ReadFault | undefined;
    stream.on("error", (error) => {
      if (error instanceof ReadFault) fault = error;
    });
    const result = await attempt(
      {
        target: targetAt(at.port),
        agent: agentOver(stream, tls),
        path,
        headers: { accept: "*/*", "user-agent": settings.userAgent, connection: "close" },
        timeoutMilliseconds,
        maxBytes: mostBytes,
        signal,
        accepts: (status) => anyStatus || status === 200,
      },
      sink,
    );
    stream.destroy();
    if (result.kind === "answer") return read({ status: result.status, value: result.value });
    if (result.kind === "refusal") return unread("server-error", `port ${at.port} answered ${result.status}`);
    const { reason, message } = fault?.failure ?? result.failure;
    return unread(reason, message);
  };

  return {
    get: async (at, path, { tls = false } = {}) => {
      const fetched = await fetch(at, path, tls, beginningSink(beginning), true);
      return fetched.ok ? read({ status: fetched.value.status, beginning: fetched.value.value }) : fetched;
    },
    lines: async (at, path, line) => {
      const fetched = await fetch(at, path, false, lineSink(mostBytes, line), false);
      return fetched.ok ? read({ lines: fetched.value.value }) : fetched;
    },
    handshake: (at) => listenerHandshake(() => open(at), at.port, timeoutMilliseconds),
    dial: (host, port) =>
      new Promise((resolve) => {
        const socket = connectTcp({ host, port });
        const done = (outcome: Dialled) => {
          clearTimeout(timer);
          signal.removeEventListener("abort", ended);
          socket.destroy();
          resolve(outcome);
        };
        const ended = () => done("not-tried");
        const timer = setTimeout(() => done("silent"), Math.min(timeoutMilliseconds, longestDial));
        signal.addEventListener("abort", ended);
        if (signal.aborted) ended();
        socket.on("connect", () => done("open"));
        socket.on("error", (error) => {
          const code = "code" in error ? String(error.code) : "";
          done(code === "ECONNREFUSED" ? "refused" : code === "ETIMEDOUT" ? "silent" : "no-route");
        });
      }),
    later: () => pause(settings.laterMilliseconds, signal),
  };
}
