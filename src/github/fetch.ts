/** What Octokit fetches with: our own connections, with proxies, caps and time limits, to GitHub's API and nowhere else. */
import type { ServiceAddress } from "../http/address.ts";
import { createAgent } from "../http/agent.ts";
import { attempt } from "../http/attempt.ts";
import { textSink } from "../http/body.ts";
import type { Environment } from "../http/environment.ts";
import { chooseProxy } from "../http/proxy.ts";
import { targetBelow } from "../http/target.ts";
import { GithubFault } from "./fault.ts";

export interface FetchOptions {
  readonly api: ServiceAddress;
  /** Milliseconds for connection and headers, and again for each further piece of the answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: Environment;
}

interface Init {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** A blob of 40 MiB as base64 in JSON. */
const maxBytes = 64 * 1024 * 1024;

const peer = { name: "GitHub", settings: "this system" };
const methods = ["GET", "POST", "PATCH"] as const;

/** UsageError for a proxy that cannot be used. What it returns rejects with GithubFault when no answer came. */
export function fetchFrom({ api, timeout: timeoutMilliseconds, signal, environment }: FetchOptions) {
  const target = targetBelow(api.base, chooseProxy(api.base, undefined, environment), peer);
  return async (address: string, { method = "GET", headers = {}, body }: Init = {}): Promise<Response> => {
    const url = new URL(address);
    // a Link header or a redirect may lead anywhere; the token goes to GitHub only
    if (url.origin !== api.origin || !url.pathname.startsWith(api.base.pathname)) {
      throw new GithubFault("unknown", "GitHub's answer leads to another server", "Look at --github-url.");
    }
    const known = methods.find((one) => one === method);
    if (known === undefined) throw new Error(`${method} is not among what is sent`);
    const path = `/${url.pathname.slice(api.base.pathname.length)}${url.search}`;
    const agent = createAgent(target, {}, { connections: 1, keepAlive: false, timeoutMilliseconds });
    const sent = typeof body === "string" ? body : undefined;
    const length = sent === undefined ? {} : { "content-length": Buffer.byteLength(sent) };
    const result = await attempt(
      {
        target,
        agent,
        method: known,
        path,
        headers: { ...headers, ...length },
        timeoutMilliseconds,
        maxBytes,
        signal,
        accepts: () => true,
        ...(sent !== undefined && { body: sent }),
      },
      textSink(maxBytes),
    );
    agent.destroy();
    if (result.kind === "failure") {
      const { message } = result.failure;
      throw new GithubFault("unknown", message, "Look at the network, HTTPS_PROXY and --github-url.");
    }
    const bodiless = [101, 204, 205, 304].includes(result.status);
    return new Response(bodiless ? null : result.value, { status: result.status, headers: answered(result.headers) });
  };
}

/** Of the headers only those that are read: others may be no valid ones for a Response. */
function answered(headers: { readonly [name: string]: string }): { [name: string]: string } {
  const read = ["content-type", "link", "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"];
  const names = [...read, "x-accepted-github-permissions"];
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name].replace(/[^\x20-\x7e]/g, "?")]])),
  );
}
