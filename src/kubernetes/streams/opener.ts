/** Opens websockets to the API server: with its credentials, a few at a time, every try noted among the requests. */
import type { OutgoingHttpHeaders } from "node:http";
import { createAgent, createAgents } from "../../http/agent.ts";
import { createGate, createPacer } from "../../http/gate.ts";
import { runOver } from "../../http/one-try.ts";
import { waitedForNext } from "../../http/retry.ts";
import type { RequestRecord } from "../../model/cluster.ts";
import { type Reading, read, unread } from "../../model/fact.ts";
import { authorizationOf, type Credentials } from "../auth.ts";
import type { ChannelSettings } from "../channel.ts";
import { refusalOf } from "../faults.ts";
import { upgrade } from "./upgrade.ts";
import { createWebSocket, type WebSocketLink } from "./web-socket.ts";

export interface OpenOptions {
  /** Subprotocols, the preferred one first. */
  readonly protocols: readonly string[];
  /** For all of it, from the answer to the upgrade to the close. */
  readonly milliseconds: number;
}

export interface StreamOpener {
  /** @param path below the server URL, query included */
  open(path: string, options: OpenOptions): Promise<Reading<WebSocketLink>>;
  close(): void;
}

/** Streams at once: they hold connections of their own, beside those of requests. */
const mostAtOnce = 4;

/** @param note told of every try */
export function createStreamOpener(settings: ChannelSettings, note: (request: RequestRecord) => void): StreamOpener {
  const { endpoint, authenticator, signal, timeoutMilliseconds } = settings;
  const gate = createGate(mostAtOnce, createPacer(settings.requestsPerSecond));
  const agents = createAgents();
  const agentFor = (credentials: Credentials) =>
    agents.get(credentials.certificate ?? "", () =>
      createAgent(endpoint, credentials, { connections: mostAtOnce, keepAlive: false, timeoutMilliseconds }),
    );

  // Not by the try of a request: the place is kept until the stream ends.
  const once = async (path: string, options: OpenOptions, credentials: Credentials, attempt: number) => {
    const leave = await gate.enter(signal);
    if (leave === undefined) return undefined;
    const start = performance.now();
    const headers: OutgoingHttpHeaders = {
      "user-agent": settings.userAgent,
      ...settings.headers,
      ...authorizationOf(credentials),
    };
    const { protocols } = options;
    const agent = agentFor(credentials);
    const result = await upgrade({ target: endpoint, agent, path, headers, protocols, timeoutMilliseconds, signal });
    const status = result.kind === "open" ? 101 : result.kind === "refusal" ? result.status : 0;
    const milliseconds = Math.round(performance.now() - start);
    note({ method: "GET", path, status, milliseconds, bytes: 0, attempt });
    if (result.kind !== "open") leave();
    return { result, leave };
  };

  return {
    open: async (path, options) => {
      let renewed = false;
      for (let tried = 1; ; tried += 1) {
        const credentials = await authenticator.current(signal);
        if (!credentials.ok) return credentials;
        settings.conceal(credentials.value.token);
        const outcome = await once(path, options, credentials.value, tried);
        if (outcome === undefined) return runOver;
        const { result, leave } = outcome;
        if (result.kind === "open") {
          const { milliseconds } = options;
          return read(createWebSocket({ ...result, peer: endpoint.peer, milliseconds, signal, leave }));
        }
        // Whether a command ran behind an answer that got lost, nobody knows: only what was refused is asked for again.
        if (result.kind === "failure") return unread(result.failure.reason, result.failure.message);
        const { status, text, headers } = result;
        if (status === 401 && !renewed && authenticator.renew()) {
          renewed = true;
          continue;
        }
        const refused = { kind: "refusal", value: text, status, headers, bytes: 0 } as const;
        if (await waitedForNext(refused, tried, settings.retries, signal)) continue;
        return refusalOf(status, text, settings.confidential);
      }
    },
    close: agents.close,
  };
}
