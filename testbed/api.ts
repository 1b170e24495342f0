import { Agent, request } from "node:https";
import type { Credential } from "./kubeconfig.ts";

export interface ApiResponse {
  readonly status: number;
  readonly body: string;
}

/** Plain requests to an API server over kept connections. Rejects only when there is no answer. */
export interface Api {
  readonly url: string;
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiResponse>;
  /** The parsed answer; anything but 2xx is an error that cites it. */
  json(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown>;
  close(): void;
}

export interface ApiOptions {
  /** Parallel connections, default 4. */
  readonly connections?: number;
  /** Limit of one request, default 10 s. */
  readonly timeoutMs?: number;
  /** Takes any serving certificate, such as an expired one. */
  readonly anyCertificate?: boolean;
}

/** A client of one API server. A string as body is sent as it is, anything else as JSON. */
export function openApi(url: string, ca: string, credential: Credential, options: ApiOptions = {}): Api {
  const identity = "token" in credential ? {} : { cert: credential.certificate, key: credential.key };
  const agent = new Agent({
    keepAlive: true,
    maxSockets: options.connections ?? 4,
    ca,
    rejectUnauthorized: options.anyCertificate !== true,
    ...identity,
  });
  const authorization = "token" in credential ? { authorization: `Bearer ${credential.token}` } : {};

  const send = (method: string, path: string, body?: unknown, contentType = "application/json") =>
    new Promise<ApiResponse>((resolve, reject) => {
      const timeout = options.timeoutMs ?? 10_000;
      const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
      const headers = { ...authorization, ...(text === undefined ? {} : { "content-type": contentType }) };
      const sent = request(new URL(path, url), { method, agent, headers, timeout }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${timeout} ms`)));
      sent.on("error", reject);
      sent.end(text);
    });

  const json = async (method: string, path: string, body?: unknown, contentType?: string): Promise<unknown> => {
    const response = await send(method, path, body, contentType);
    if (response.status < 200 || response.status > 299) {
      throw new Error(`${method} ${path}: ${response.status} ${response.body.slice(0, 500)}`);
    }
    return JSON.parse(response.body);
  };
  return { url, request: send, json, close: () => agent.destroy() };
}
