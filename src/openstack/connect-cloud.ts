/** From a name in clouds.yaml to a reader of that cloud. Everything is a GET but the one POST that asks Keystone for a token. */
import { type EndOptions, endOf } from "../http/end-of.ts";
import { chooseProxy } from "../http/proxy.ts";
import { type RetryPolicy, usualRetries } from "../http/retry.ts";
import type { CloudReader } from "../model/cloud.ts";
import type { RequestRecord } from "../model/cluster.ts";
import { createCloudChannel } from "./channel.ts";
import { cloudSettings } from "./cloud-settings.ts";
import { type CloudsFileOptions, cloudEntry } from "./clouds-file.ts";
import { createCloudReader } from "./reader.ts";
import { createSession } from "./session.ts";

export interface ConnectCloudOptions extends CloudsFileOptions, EndOptions {
  /** Our version, for the user agent. */
  readonly version?: string;
  /** For connection, TLS and headers of one request, and for each standstill of a body; 10 s by default. */
  readonly requestTimeoutMilliseconds?: number;
  readonly maxRequestsPerSecond?: number;
  /** To one service at most, 4 by default. */
  readonly maxConnections?: number;
  readonly retries?: Partial<RetryPolicy>;
}

export interface CloudConnection {
  readonly reader: CloudReader;
  /** Every try of every request so far, ids and addresses cut out of its path. */
  readonly requests: readonly RequestRecord[];
  /** Addresses, users, passwords, secrets and tokens: what must stand in no output. Grows as tokens are renewed. */
  readonly confidential: readonly string[];
  close(): void;
}

/**
 * Reads clouds.yaml; opens no connection.
 * @throws UsageError, one clear line each, for whatever in it cannot be used
 */
export function connectCloud(options: ConnectCloudOptions): CloudConnection {
  const settings = cloudSettings(cloudEntry(options));
  const environment = options.environment ?? process.env;
  // a proxy that cannot be used is told now, not at the first request
  chooseProxy(new URL("https://openstack.invalid"), undefined, environment);
  const confidential: string[] = [];
  const conceal = (secret: string) => {
    if (secret !== "" && !confidential.includes(secret)) confidential.push(secret);
  };
  for (const secret of [settings.identity.href, ...settings.auth.confidential]) conceal(secret);
  const { signal, end } = endOf(options);
  const channel = createCloudChannel({
    certificateAuthority: settings.certificateAuthority,
    environment,
    userAgent: `scs-conformance/${options.version ?? "0"}`,
    connections: options.maxConnections ?? 4,
    timeoutMilliseconds: options.requestTimeoutMilliseconds ?? 10_000,
    requestsPerSecond: options.maxRequestsPerSecond,
    retries: { ...usualRetries, ...options.retries },
    signal,
    conceal,
  });
  return {
    reader: createCloudReader(channel, createSession(channel, settings, conceal), settings),
    requests: channel.requests,
    confidential,
    close: () => {
      end();
      channel.close();
    },
  };
}
