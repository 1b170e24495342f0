/** One request to the monitor and its answer. Credentials go to this address and nowhere else: redirects are not followed. */
import type { ServiceAddress } from "../http/address.ts";
import { createAgent } from "../http/agent.ts";
import { attempt } from "../http/attempt.ts";
import { textSink } from "../http/body.ts";
import type { Environment } from "../http/environment.ts";
import type { Failure } from "../http/failure.ts";
import { chooseProxy } from "../http/proxy.ts";
import { targetBelow } from "../http/target.ts";
import type { Credentials } from "./credentials.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Scheme, host and port that a redirect leads to. */
  readonly redirect?: string;
}

export interface Request {
  readonly method: "GET" | "POST";
  /** Below the monitor's address, without a slash at the start. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** An answer, or why none came. Never rejects. */
export type Exchange = (request: Request) => Promise<Answer | Failure>;

export interface ExchangeOptions {
  readonly address: ServiceAddress;
  readonly credentials: Credentials;
  /** Milliseconds for connection and headers, and again for each further piece of the answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: Environment;
}

export { pause } from "../http/gate.ts";

/** A report comes back with keys in another order and indented; nobody's is near this. */
const maxBytes = 64 * 1024 * 1024;

const peer = { name: "the monitor", settings: "this system" };

/** UsageError for a proxy that cannot be used. */
export function exchangeWith(options: ExchangeOptions): Exchange {
  const { address, credentials, timeout: timeoutMilliseconds, signal } = options;
  const target = targetBelow(address.base, chooseProxy(address.base, undefined, options.environment), peer);
  return async ({ method, path, contentType, body }) => {
    // a connection for each: a late answer must not be taken for that to the next request
    const agent = createAgent(target, {}, { connections: 1, keepAlive: false, timeoutMilliseconds });
    const headers = {
      authorization: `Basic ${credentials.token}`,
      accept: "application/json",
      ...(contentType !== undefined && { "content-type": contentType }),
    };
    const accepts = () => true;
    const sending = {
      target,
      agent,
      method,
      path: `/${path}`,
      headers,
      timeoutMilliseconds,
      maxBytes,
      signal,
      accepts,
    };
    const result = await attempt({ ...sending, ...(body !== undefined && { body }) }, textSink(maxBytes));
    agent.destroy();
    if (result.kind === "failure") return result.failure;
    const { status, value: text, headers: named } = result;
    return { status, text, ...(status >= 300 && status < 400 && { redirect: leadsTo(named.location, address.base) }) };
  };
}

function leadsTo(location: string | undefined, base: URL): string {
  return location !== undefined && URL.canParse(location, base.href) ? new URL(location, base).origin : "nowhere";
}
