/**
 * The SCS compliance monitor on loopback: signatures are checked by the system's ssh-keygen, what is kept is JSON without key
 * order, and what stands before it may interfere.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Json } from "../../src/model/json.ts";
import { createCertificateAuthority } from "./certificates.ts";
import { type EndpointOptions, monitorEndpoints } from "./loopback-monitor-endpoints.ts";

/** What stands between, or what goes wrong: an answer instead of the monitor's, before or after it did its work. */
export interface Interference {
  readonly status: number;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The request is worked on first; only its answer is lost. */
  readonly after?: true;
  /** No answer at all: the connection is cut, or nothing is said. */
  readonly silence?: "cut" | "hang";
}

export interface LoopbackMonitorOptions extends EndpointOptions {
  /** Which request is interfered with, the first being 1. */
  readonly interfere?: (request: {
    readonly method: string;
    readonly path: string;
    readonly attempt: number;
  }) => Interference | undefined;
  readonly tls?: boolean;
}

export interface LoopbackMonitor {
  readonly url: string;
  readonly caPem: string;
  /** Stored documents by uuid. */
  readonly reports: ReadonlyMap<string, Json>;
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly contentType: string | undefined;
  }[];
  /** Base64 of `subject:key`, as a token file holds it. */
  token(subject: string): string;
  close(): Promise<void>;
}

export async function startLoopbackMonitor(options: LoopbackMonitorOptions): Promise<LoopbackMonitor> {
  const { reports, answerTo } = monitorEndpoints(options);
  const requests: { method: string; path: string; contentType: string | undefined }[] = [];
  const attempts = new Map<string, number>();

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url: target = "" } = request;
    const path = new URL(target, "http://loopback").pathname;
    requests.push({ method, path, contentType: request.headers["content-type"] });
    const attempt = (attempts.get(`${method} ${path}`) ?? 0) + 1;
    attempts.set(`${method} ${path}`, attempt);
    const body = await bodyOf(request);
    const odd = options.interfere?.({ method, path, attempt });
    const given = odd && odd.after !== true ? undefined : answerTo(request, body);
    if (odd?.silence === "cut") return request.socket.destroy();
    if (odd?.silence === "hang") return undefined;
    if (odd) return response.writeHead(odd.status, odd.headers).end(odd.body ?? "");
    const { status, text, type } = given ?? { status: 500, text: "", type: "text/plain" };
    return response.writeHead(status, { "content-type": type }).end(text);
  };

  const respond = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch(() => response.destroy());
  };
  const authority = options.tls ? await createCertificateAuthority() : undefined;
  const certificate = await authority?.issue({ commonName: "loopback-monitor", names: ["localhost", "127.0.0.1"] });
  const server: Server = certificate
    ? createTlsServer({ key: certificate.keyPem, cert: certificate.pem }, respond)
    : createServer(respond);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate ? "https" : "http"}://127.0.0.1:${port}/`,
    caPem: authority?.pem ?? "",
    reports,
    requests,
    token(subject) {
      const account = options.accounts.find((one) => one.subject === subject);
      return Buffer.from(`${subject}:${account?.key ?? ""}`, "utf8").toString("base64");
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
