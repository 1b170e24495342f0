/** The opening handshake of a websocket (RFC 6455, section 4), over the connection settings of every other request. */
import { createHash, randomBytes } from "node:crypto";
import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import type { Agent } from "../../http/agent.ts";
import { type Failure, failure, failureOf } from "../../http/failure.ts";
import type { Target } from "../../http/target.ts";

export interface Upgrading {
  readonly target: Target;
  readonly agent: Agent;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** Subprotocols, the preferred one first. */
  readonly protocols: readonly string[];
  /** Until the answer is there. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

export type Upgraded =
  | { readonly kind: "open"; readonly socket: Duplex; readonly head: Buffer; readonly protocol: string }
  /** Any other status, with the beginning of the body. */
  | {
      readonly kind: "refusal";
      readonly status: number;
      readonly text: string;
      readonly headers: { readonly [name: string]: string };
    }
  | { readonly kind: "failure"; readonly failure: Failure };

const longestRefusal = 65_536;
/** RFC 6455, 1.3. */
const acceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

function faultOf(answer: IncomingMessage, key: string, protocols: readonly string[]): string | undefined {
  const accept = createHash("sha1")
    .update(key + acceptSuffix)
    .digest("base64");
  if (answer.headers["sec-websocket-accept"] !== accept) return "its answer does not fit the key of the request";
  if (answer.headers["sec-websocket-extensions"] !== undefined) return "it uses extensions that nobody agreed on";
  return protocols.includes(answer.headers["sec-websocket-protocol"] ?? "")
    ? undefined
    : "it speaks none of the protocols that were offered";
}

export function upgrade(upgrading: Upgrading): Promise<Upgraded> {
  const { target, signal, protocols, timeoutMilliseconds } = upgrading;
  const { name } = target.peer;
  const key = randomBytes(16).toString("base64");
  return new Promise((resolve) => {
    const send = target.secure ? requestHttps : requestHttp;
    const request = send({
      agent: upgrading.agent,
      host: target.host,
      port: target.port,
      path: target.prefix + upgrading.path,
      method: "GET",
      headers: {
        ...upgrading.headers,
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": key,
        "sec-websocket-protocol": protocols.join(", "),
      },
    });
    const done = (result: Upgraded) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(result);
      if (result.kind !== "open") request.destroy();
    };
    const fail = (known: Failure) => done({ kind: "failure", failure: known });
    const stop = () => fail(failure("timeout", `the run was over before ${name} had answered`));
    const late = () => fail(failure("timeout", `${name} did not answer within ${timeoutMilliseconds} ms`));
    const timer = setTimeout(late, timeoutMilliseconds);
    request.on("upgrade", (answer, socket, head) => {
      const fault = faultOf(answer, key, protocols);
      if (fault === undefined) {
        return done({ kind: "open", socket, head, protocol: answer.headers["sec-websocket-protocol"] ?? "" });
      }
      socket.destroy();
      fail(failure("malformed", `${name}'s websocket breaks RFC 6455: ${fault}`));
    });
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      const complete = () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).flatMap(([header, value]) =>
            typeof value === "string" ? [[header, value]] : [],
          ),
        );
        const text = Buffer.concat(parts).toString("utf8");
        done({ kind: "refusal", status: response.statusCode ?? 0, text, headers });
      };
      response.on("data", (part: Buffer) => {
        parts.push(part.subarray(0, longestRefusal - size));
        size += part.length;
        if (size >= longestRefusal) complete();
      });
      response.on("end", complete);
      response.on("error", (error: unknown) => fail(failureOf(error, target.peer)));
    });
    request.on("error", (error) => fail(failureOf(error, target.peer)));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
    request.end();
  });
}
