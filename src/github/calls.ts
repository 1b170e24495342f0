/** Calls to GitHub's API: every answer is read by the shape that is needed of it, every refusal becomes one kind of fault. */
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { hostOf, isLoopback } from "../http/target.ts";
import { type Answer, faultOf, GithubFault } from "./fault.ts";
import { type FetchOptions, fetchFrom } from "./fetch.ts";

export { pause } from "../http/gate.ts";

export interface GithubOptions extends FetchOptions {
  readonly token: string | undefined;
  /** Names and version of this tool. */
  readonly userAgent: string;
}

export type Parameters = { readonly [name: string]: unknown };

export interface Github {
  /** `doing`: a clause for messages, such as `opening a pull request`. Rejects with GithubFault. */
  call<T extends TSchema>(doing: string, route: string, parameters: Parameters, shape: T): Promise<Static<T>>;
  /** The same, undefined when it is not there. */
  find<T extends TSchema>(
    doing: string,
    route: string,
    parameters: Parameters,
    shape: T,
  ): Promise<Static<T> | undefined>;
  /** All pages of a list; a fault when there are more than `most` items. */
  list<T extends TSchema>(
    doing: string,
    route: string,
    parameters: Parameters,
    item: T,
    most: number,
  ): Promise<readonly Static<T>[]>;
}

/** Longest wait that a limit may ask for, in seconds. */
const longestWait = 60;
const perPage = 100;

const Client = Octokit.plugin(throttling, retry);

/** UsageError for a proxy that cannot be used. Asks nothing yet. */
export function openGithub(options: GithubOptions): Github {
  const client = clientFor(options);
  const send = async (doing: string, route: string, parameters: Parameters): Promise<Answer> => {
    // what creates something is not repeated without looking whether it is there
    const once = route.startsWith("GET ") ? {} : { request: { retries: 0 } };
    try {
      const answer: Answer = await client.request(route, { ...parameters, ...once });
      if (answer.status >= 300) throw faultOf(doing, answer);
      return answer;
    } catch (error) {
      throw asFault(doing, error);
    }
  };
  const read = <T extends TSchema>(doing: string, shape: T, { data }: Answer): Static<T> => {
    if (Value.Check(shape, data)) return data;
    const found = [...Value.Errors(shape, data)][0];
    const text = `${doing}: GitHub's answer is not what its API describes (${found?.path || "the whole"})`;
    throw new GithubFault("unknown", text, "Look whether --github-url names GitHub's API.");
  };
  const call: Github["call"] = async (doing, route, parameters, shape) =>
    read(doing, shape, await send(doing, route, parameters));
  return {
    call,
    find: async (doing, route, parameters, shape) => {
      try {
        return await call(doing, route, parameters, shape);
      } catch (error) {
        if (error instanceof GithubFault && error.status === 404) return undefined;
        throw error;
      }
    },
    list: async (doing, route, parameters, item, most) => {
      const items: Static<typeof item>[] = [];
      for (let page = 1; ; page++) {
        const answer = await send(doing, route, { ...parameters, per_page: perPage, page });
        if (!Array.isArray(answer.data)) throw read(doing, item, { ...answer, data: undefined });
        for (const data of answer.data) items.push(read(doing, item, { ...answer, data }));
        if (items.length > most) {
          throw new GithubFault("invalid", `${doing}: there are more than ${most}`, "That is more than is looked at.");
        }
        if (!/rel="next"/.test(String(answer.headers.link ?? ""))) return items;
      }
    },
  };
}

function clientFor(options: GithubOptions) {
  const { api, token, userAgent } = options;
  const waits = (retryAfter: number, _: unknown, __: unknown, retried: number) =>
    retryAfter <= longestWait && retried < 2;
  // GitHub asks for pauses between writes; a server of one's own on this machine does not
  const real = !isLoopback(hostOf(api.base));
  const silent = () => undefined;
  return new Client({
    baseUrl: api.base.href.replace(/\/$/, ""),
    ...(token !== undefined && { auth: token }),
    userAgent,
    request: { fetch: fetchFrom(options) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    throttle: real ? { onRateLimit: waits, onSecondaryRateLimit: waits } : { enabled: false },
    retry: { retries: 2, ...(!real && { retryAfterBaseValue: 1 }) },
  });
}

function asFault(doing: string, error: unknown): GithubFault {
  if (error instanceof GithubFault) return error;
  const { cause, response, status } = error as { cause?: unknown; response?: Answer; status?: unknown };
  if (cause instanceof GithubFault) return new GithubFault(cause.kind, `${doing}: ${cause.message}`, cause.advice);
  if (response !== undefined) return faultOf(doing, response);
  if (typeof status === "number") return faultOf(doing, { status, headers: {}, data: undefined });
  throw error;
}
