/** From a kubeconfig to a reader of one cluster. */
import { certificatesIn } from "../http/certificates.ts";
import { type EndOptions, endOf } from "../http/end-of.ts";
import { type RetryPolicy, usualRetries } from "../http/retry.ts";
import { isLoopback } from "../http/target.ts";
import type { ClusterAsker } from "../model/asking.ts";
import type { ClusterReader, RequestRecord } from "../model/cluster.ts";
import { digestOf } from "../model/digest.ts";
import { read } from "../model/fact.ts";
import { UsageError } from "../model/faults.ts";
import type { ListenerReader } from "../model/listeners.ts";
import { createAsker } from "./asker.ts";
import { authenticatorOf } from "./auth.ts";
import { type Channel, createChannel } from "./channel.ts";
import { type Endpoint, endpointOf, familyOf } from "./endpoint.ts";
import { impersonationOf } from "./impersonation.ts";
import { chooseContext, type KubeconfigOptions, textOf } from "./kubeconfig.ts";
import type { KubeconfigEntry } from "./kubeconfig-file.ts";
import { pemOf } from "./pem.ts";
import { createReader } from "./reader.ts";
import { createListenerReader } from "./streams/listener-reader.ts";
import { createStreamOpener } from "./streams/opener.ts";
import { createStreams, type Streams } from "./streams/streams.ts";

export interface ConnectOptions extends KubeconfigOptions, EndOptions {
  /** Our version, for the user agent. */
  readonly version?: string;
  /** For connection, TLS and headers of one request, and for each standstill of a body; 10 s by default. */
  readonly requestTimeoutMilliseconds?: number;
  readonly maxRequestsPerSecond?: number;
  /** 4 by default, at least 2; one is kept for anonymous reads and handshakes. */
  readonly maxConnections?: number;
  /** Most bytes of one decompressed body, 32 MiB by default. */
  readonly maxBytes?: number;
  /** gzip on the wire; by default everywhere but on loopback, where it only costs. */
  readonly compression?: boolean;
  readonly retries?: Partial<RetryPolicy>;
  /** "refuse" for a kubeconfig that nobody named by hand (globs, discovery, review); "allow" by default. */
  readonly execPlugins?: "allow" | "refuse";
  /** For one run of a credential plugin; 60 s by default. */
  readonly execTimeoutMilliseconds?: number;
  /** Between two looks at the same counters; 30 s by default. */
  readonly laterMilliseconds?: number;
}

export interface Connection {
  readonly reader: ClusterReader;
  readonly asker: ClusterAsker;
  readonly streams: Streams;
  readonly listeners: ListenerReader;
  /** The kubeconfig's context. */
  readonly context: string;
  /** Every try of every request so far. */
  readonly requests: readonly RequestRecord[];
  /** Server, users, tokens and passwords: what must stand in no output. Grows as credentials are renewed. */
  readonly confidential: readonly string[];
  readonly endpoint: { readonly family: "IPv4" | "IPv6" | "name" };
  /** What the reader and the asker send through, for who acts. */
  readonly channel: Channel;
  /** Ends all that goes through it: the caller's word, the overall deadline, or `close`. */
  readonly signal: AbortSignal;
  /** Another channel to the same API server, that ends with another signal: to clean up when the run is over. */
  further(signal: AbortSignal): Channel;
  /** Another channel, for somebody else: with this bearer token and nothing of the kubeconfig's user. */
  furtherAs(token: string, signal: AbortSignal): Channel;
  /** SHA-256 of where the API server is: tells clusters apart, and names none. */
  readonly clusterDigest: string;
  close(): void;
}

const mebibyte = 1024 * 1024;

function concealFixed(
  endpoint: Endpoint,
  user: KubeconfigEntry | undefined,
  conceal: (secret: string | undefined) => void,
) {
  for (const text of [textOf(endpoint.entry.value, "server"), endpoint.host, endpoint.serverName]) conceal(text);
  if (endpoint.prefix.length > 1) conceal(endpoint.prefix);
  if (endpoint.proxy !== undefined) {
    for (const text of [endpoint.proxy.hostname, endpoint.proxy.username, endpoint.proxy.password]) conceal(text);
  }
  if (user === undefined) return;
  for (const key of ["token", "username", "password", "as"]) conceal(textOf(user.value, key));
  const certificate = pemOf(user, "client-certificate", "user");
  if (certificate === undefined) return;
  for (const { subject } of certificatesIn(certificate).slice(0, 1)) conceal(/^CN=(.+)$/m.exec(subject)?.[1]);
}

/**
 * Reads the kubeconfig and makes the first credentials ready; opens no connection to the API server.
 * @throws UsageError, one clear line each, for whatever in the kubeconfig cannot be used
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const environment = options.environment ?? process.env;
  const { name, cluster, user } = chooseContext(options);
  const endpoint = endpointOf(cluster, environment);
  const headers = impersonationOf(user);
  const authenticator = authenticatorOf(user, endpoint, {
    environment,
    execPlugins: options.execPlugins ?? "allow",
    execTimeoutMilliseconds: options.execTimeoutMilliseconds ?? 60_000,
  });
  const confidential: string[] = [];
  const conceal = (secret: string | undefined) => {
    if (secret !== undefined && secret !== "" && !confidential.includes(secret)) confidential.push(secret);
  };
  concealFixed(endpoint, user, conceal);
  const { signal, end } = endOf(options);
  const first = await authenticator.current(signal);
  const secret = first.ok ? (first.value.token ?? first.value.basic?.password) : undefined;
  const clear = !endpoint.secure && secret !== undefined && !isLoopback(endpoint.host);
  if (!first.ok || clear) end();
  if (!first.ok) throw new UsageError(first.message);
  if (clear) {
    throw new UsageError("the kubeconfig would send credentials over plain http", "use an https server");
  }
  const userAgent = `scs-conformance/${options.version ?? "0"}`;
  const timeoutMilliseconds = options.requestTimeoutMilliseconds ?? 10_000;
  const requests: RequestRecord[] = [];
  const settings = {
    endpoint,
    authenticator,
    headers,
    userAgent,
    compression: options.compression ?? !isLoopback(endpoint.host),
    connections: Math.max(2, options.maxConnections ?? 4),
    timeoutMilliseconds,
    requestsPerSecond: options.maxRequestsPerSecond,
    retries: { ...usualRetries, ...options.retries },
    conceal,
    confidential,
    requests,
  };
  const channel = createChannel({ ...settings, signal });
  const opener = createStreamOpener({ ...settings, signal }, (request) => void requests.push(request));
  const streams = createStreams(opener, confidential);
  const laterMilliseconds = options.laterMilliseconds ?? 30_000;
  return {
    reader: createReader({
      channel,
      endpoint,
      timeoutMilliseconds,
      maxBytes: options.maxBytes ?? 32 * mebibyte,
      signal,
      clientCertificate: user === undefined ? undefined : pemOf(user, "client-certificate", "user"),
    }),
    asker: createAsker(channel),
    streams,
    listeners: createListenerReader({ streams, userAgent, timeoutMilliseconds, laterMilliseconds, signal }),
    context: name,
    requests,
    confidential,
    endpoint: { family: familyOf(endpoint) },
    channel,
    signal,
    further: (until) => createChannel({ ...settings, connections: 2, signal: until }),
    furtherAs: (token, until) => {
      const bearer = { current: async () => read({ token }), renew: () => false };
      // eight requests at once show whether there is a limit
      return createChannel({ ...settings, headers: {}, authenticator: bearer, connections: 9, signal: until });
    },
    clusterDigest: digestOf([endpoint.host, endpoint.port, endpoint.prefix]),
    close: () => {
      end();
      channel.close();
      opener.close();
    },
  };
}
