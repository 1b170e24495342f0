/** The reader that probes get: GET only, every outcome a reading. */
import { bytesSink, lineSink, pieceSink, type Sink, textSink } from "../http/body.ts";
import type { Answer, ClusterReader, ReadOptions } from "../model/cluster.ts";
import { type Reading, read, unread } from "../model/fact.ts";
import { Defect } from "../model/faults.ts";
import type { Call, Channel, Fetch } from "./channel.ts";
import type { Endpoint } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import { listPages } from "./list.ts";
import { whereabouts } from "./whereabouts.ts";

export interface ReaderSettings {
  readonly channel: Channel;
  readonly endpoint: Endpoint;
  readonly timeoutMilliseconds: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly clientCertificate: string | undefined;
}

export function createReader(settings: ReaderSettings): ClusterReader {
  const { channel, endpoint } = settings;

  const fetch = <T>(
    path: string,
    options: ReadOptions,
    sink: (maxBytes: number) => Sink<T>,
    repeatable?: Call<T>["repeatable"],
  ): Promise<Fetch<T>> => {
    if (!path.startsWith("/") || /[^\x21-\x7e]/.test(path))
      throw new Defect(`not a path to request: ${JSON.stringify(path)}`);
    const maxBytes = options.maxBytes ?? settings.maxBytes;
    return channel.fetch({
      path,
      accept: options.accept ?? "application/json",
      maxBytes,
      anonymous: options.anonymous === true,
      answers: options.answers ?? [],
      sink: () => sink(maxBytes),
      ...(repeatable === undefined ? {} : { repeatable }),
    });
  };

  const get = async (path: string, options: ReadOptions = {}): Promise<Reading<Answer>> => {
    const fetched = await fetch(path, options, textSink);
    if (!fetched.ok) return unread(fetched.reason, fetched.message);
    const { status, headers, value } = fetched.value;
    return read({ status, headers, body: value });
  };

  /** What was shown cannot be taken back, so that nothing is asked for again after it. */
  const showing = <P>(
    path: string,
    options: ReadOptions | undefined,
    show: (part: P) => void,
    sink: (maxBytes: number, show: (part: P) => void) => Sink<number>,
  ): Promise<Fetch<number>> => {
    let shown = false;
    const noted = (part: P) => {
      shown = true;
      show(part);
    };
    const all: ReadOptions = { accept: "*/*", ...options };
    return fetch(
      path,
      all,
      (maxBytes) => sink(maxBytes, noted),
      () => !shown,
    );
  };

  return {
    get,
    json: async (path, options = {}) => {
      const answer = await get(path, options);
      if (!answer.ok) return answer;
      try {
        const value: unknown = JSON.parse(answer.value.body);
        return read(value);
      } catch {
        return unread("malformed", "the API server's answer is not JSON");
      }
    },
    lines: async (path, line, options) => {
      const fetched = await showing(path, options, line, lineSink);
      return fetched.ok ? read({ lines: fetched.value.value }) : unread(fetched.reason, fetched.message);
    },
    pieces: async (path, piece, options) => {
      const fetched = await showing(path, options, piece, pieceSink);
      return fetched.ok ? read({ bytes: fetched.value.value }) : unread(fetched.reason, fetched.message);
    },
    list: (path, options, item, restart) =>
      listPages((page, accept) => fetch(page, { accept }, bytesSink), path, options, item, restart),
    handshake: (over) => channel.aside(() => handshake(endpoint, settings.timeoutMilliseconds, settings.signal, over)),
    endpoint: { host: endpoint.host, port: endpoint.port },
    whereabouts: () => whereabouts(endpoint),
    credentials: {
      clientCertificate: settings.clientCertificate,
      certificateAuthority: endpoint.certificateAuthority,
    },
  };
}
