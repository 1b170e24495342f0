/** One try of one request: from the socket to the last byte of the body, or to what went wrong. */
import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { createGunzip } from "node:zlib";
import type { Agent } from "./agent.ts";
import { beginningSink, type Sink, tooLarge } from "./body.ts";
import { type Failure, failure, failureOf } from "./failure.ts";
import type { Target } from "./target.ts";

export interface Sending {
  readonly target: Target;
  readonly agent: Agent;
  /** `GET` by default. */
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the target's prefix, query included. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
  /** For connection, TLS and headers together; then the body must bring 4 KiB in each such time, or end. */
  readonly timeoutMilliseconds: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly accepts: (status: number) => boolean;
}

export type Attempted<T> = (
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "refusal"; readonly value: string }
  | { readonly kind: "failure"; readonly failure: Failure }
) & {
  /** 0 when no answer came. */
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Bytes of the body on the wire. */
  readonly bytes: number;
};

const leastBytes = 4096;
const refusalBytes = 65_536;

function headersOf(response: IncomingMessage): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ");
  }
  return headers;
}

/** The body as sent before compression; undefined for a coding nobody asked for. */
function decoded(response: IncomingMessage) {
  const coding = response.headers["content-encoding"] ?? "identity";
  if (coding === "identity") return response;
  return coding === "gzip" ? response.pipe(createGunzip({ chunkSize: 65_536 })) : undefined;
}

/** Follows how far a new connection got, for the message of a timeout. */
function progressOf(request: ClientRequest, secure: boolean): () => string {
  let waited = "accept a connection";
  request.on("socket", (socket) => {
    if (request.reusedSocket) {
      waited = "answer";
      return;
    }
    const connected = () => {
      waited = secure ? "finish the TLS handshake" : "answer";
    };
    if (socket.connecting) socket.once("connect", connected);
    else connected();
    socket.once("secureConnect", () => {
      waited = "answer";
    });
  });
  return () => waited;
}

/**
 * Sends the request and gives the body to the sink, or the beginning of it as text when the status is not accepted.
 * Rejects only with what the sink throws.
 */
export function attempt<T>(sending: Sending, sink: Sink<T>): Promise<Attempted<T>> {
  const { target, signal, timeoutMilliseconds } = sending;
  const { name } = target.peer;
  return new Promise((resolve, reject) => {
    let status = 0;
    let bytes = 0;
    let headers: { [name: string]: string } = {};
    let timer: NodeJS.Timeout | undefined;
    const send = target.secure ? requestHttps : requestHttp;
    const request = send({
      agent: sending.agent,
      host: target.host,
      port: target.port,
      path: target.prefix + sending.path,
      method: sending.method ?? "GET",
      headers:
        sending.body === undefined
          ? sending.headers
          : // Node frames the body of a DELETE only when it is told how long that is
            { ...sending.headers, "content-length": Buffer.byteLength(sending.body) },
    });
    const progress = progressOf(request, target.secure);
    const close = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    const fail = (known: Failure) => {
      close();
      resolve({ kind: "failure", failure: known, status, headers, bytes });
      request.destroy();
    };
    const stop = () => fail(failure("timeout", `the run was over before ${name} had answered`));
    const guard = (work: () => void) => {
      try {
        work();
      } catch (error) {
        close();
        reject(error);
        request.destroy();
      }
    };
    const late = (what: string) => fail(failure("timeout", `${name} did not ${what} within ${timeoutMilliseconds} ms`));
    const watch = (seen: number) => {
      timer = setTimeout(() => {
        if (bytes - seen < leastBytes) late("go on with its answer");
        else watch(bytes);
      }, timeoutMilliseconds);
    };

    const receive = <V>(response: IncomingMessage, into: Sink<V>, finish: (value: V) => Attempted<T>) => {
      const body = decoded(response);
      if (body === undefined) return fail(failure("malformed", `${name}'s answer is compressed in an unknown way`));
      const complete = () => {
        const result = into.end();
        if (!("value" in result)) return fail(result);
        close();
        resolve(finish(result.value));
      };
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      body.on("data", (chunk: Buffer) =>
        guard(() => {
          const verdict = into.write(chunk);
          if (verdict === undefined) return;
          if (verdict !== "enough") return fail(verdict);
          complete();
          request.destroy();
        }),
      );
      body.on("end", () => guard(complete));
      for (const part of new Set([response, body]))
        part.on("error", (error: unknown) => fail(failureOf(error, target.peer)));
    };

    request.on("response", (response) => {
      clearTimeout(timer);
      status = response.statusCode ?? 0;
      headers = headersOf(response);
      watch(0);
      if (!sending.accepts(status)) {
        return receive(response, beginningSink(refusalBytes), (value) => ({
          kind: "refusal",
          value,
          status,
          headers,
          bytes,
        }));
      }
      if (Number(headers["content-length"] ?? 0) > sending.maxBytes) return fail(tooLarge(sending.maxBytes));
      receive(response, sink, (value) => ({ kind: "answer", value, status, headers, bytes }));
    });
    request.on("upgrade", (_, socket) => {
      socket.destroy();
      fail(failure("malformed", `${name}'s answer is not HTTP`));
    });
    request.on("error", (error) => fail(failureOf(error, target.peer)));
    timer = setTimeout(() => late(progress()), timeoutMilliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
    request.end(sending.body);
  });
}
