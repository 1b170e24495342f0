/** An HTTPS server on loopback that answers, or misbehaves, as a test tells it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { type Certificate, type CertificateAuthority, createCertificateAuthority } from "./certificates.ts";
import { loopbackKubeconfig } from "./loopback-kubeconfig.ts";
import { type LoopbackResponse, sendResponse, statusObject } from "./loopback-response.ts";

export interface LoopbackRequest {
  readonly method: string;
  /** Below the path prefix, query included. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** How often this path and query was asked for, this time included. */
  readonly attempt: number;
  /** Common name of the client certificate shown, if any. */
  readonly clientName: string | undefined;
  readonly body: string;
}

export type LoopbackHandler = (
  request: LoopbackRequest,
) => LoopbackResponse | undefined | Promise<LoopbackResponse | undefined>;

export interface LoopbackOptions {
  /** "127.0.0.1" by default. */
  readonly address?: "127.0.0.1" | "::1";
  /** Ask for client certificates; the kubeconfig then carries one (CN `loopback-user`) instead of a token. */
  readonly clientCertificates?: boolean;
  /** The only name in the server's certificate; the kubeconfig gets it as `tls-server-name`. */
  readonly serverName?: string;
  /** Compress every body for clients that accept gzip. */
  readonly gzip?: boolean;
  /** `/k8s/clusters/c-1`: the server URL gets it, anything outside is 404. */
  readonly pathPrefix?: string;
  /** Accept TCP connections and never say a word, not even TLS. */
  readonly neverTls?: boolean;
  /** Certificate to serve instead of one for the loopback names. */
  readonly certificate?: Certificate;
  /** The kubeconfig says insecure-skip-tls-verify and names no CA. */
  readonly unverified?: boolean;
  /** The CA that the kubeconfig trusts, instead of one made at start. */
  readonly authority?: CertificateAuthority;
  /** Takes what asks for an upgrade; false: it gets an ordinary answer. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex) => boolean;
}

export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  readonly caPem: string;
  /** YAML text: cluster, user and context `loopback`, bearer token `loopback-token`. */
  readonly kubeconfig: string;
  readonly kubeconfigFile: string;
  /** A new folder of this server, gone after `close`. */
  readonly folder: string;
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
  }[];
  /** TCP connections accepted so far. */
  readonly connections: number;
  close(): Promise<void>;
}

const readBody = async (request: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

const clientNameOf = (socket: Socket): string | undefined => {
  const name = (socket as TLSSocket).getPeerCertificate?.()?.subject?.CN;
  return typeof name === "string" ? name : undefined;
};

/** Starts on a free port. `undefined` from the handler is a Kubernetes 404; a handler that throws is a 500 with its message. */
export async function startLoopbackServer(
  handler: LoopbackHandler,
  options: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const address = options.address ?? "127.0.0.1";
  const prefix = options.pathPrefix ?? "";
  const authority = options.authority ?? (await createCertificateAuthority());
  const names = options.serverName === undefined ? ["localhost", "127.0.0.1", "::1"] : [options.serverName];
  const served = options.certificate ?? (await authority.issue({ commonName: "loopback-server", names }));
  const requests: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
  const attempts = new Map<string, number>();
  const sockets = new Set<Socket>();
  let connections = 0;
  let silent = options.neverTls === true;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? "GET";
    const path = request.url ?? "/";
    requests.push({ method, path, headers: request.headers });
    if (!path.startsWith(prefix)) return sendResponse(request, response, { status: 404, body: "404 page not found\n" });
    const attempt = (attempts.get(`${method} ${path}`) ?? 0) + 1;
    attempts.set(`${method} ${path}`, attempt);
    const url = new URL(path.slice(prefix.length), "https://loopback");
    const clientName = clientNameOf(request.socket);
    const body = await readBody(request);
    const given = await handler({ method, url, headers: request.headers, attempt, clientName, body });
    if (given?.fault === "never-tls") silent = true;
    const missing = { status: 404, body: statusObject(404, "the server could not find the requested resource") };
    return sendResponse(request, response, given ?? missing, options.gzip === true);
  };

  const https = createHttpsServer(
    {
      key: served.keyPem,
      cert: served.pem + authority.pem,
      ca: authority.pem,
      requestCert: options.clientCertificates === true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else void sendResponse(request, response, { status: 500, body: statusObject(500, String(error)) });
      });
    },
  );
  https.on("tlsClientError", () => undefined);
  const { upgrade } = options;
  if (upgrade !== undefined) {
    https.on("upgrade", (request, socket) => {
      requests.push({ method: request.method ?? "GET", path: request.url ?? "/", headers: request.headers });
      socket.on("error", () => undefined);
      if (!upgrade(request, socket)) socket.end("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    });
  }
  const front = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    if (!silent) https.emit("connection", socket);
  });
  await new Promise<void>((resolve, reject) => {
    front.once("error", reject);
    front.listen(0, address, resolve);
  });
  const { port } = front.address() as AddressInfo;
  const url = `https://${address === "::1" ? "[::1]" : address}:${port}${prefix}`;
  const client = await authority.issue({ commonName: "loopback-user", organization: "loopback-group" });
  const kubeconfig = loopbackKubeconfig({
    url,
    caPem: options.unverified === true ? undefined : authority.pem,
    serverName: options.serverName,
    client: options.clientCertificates === true ? client : undefined,
  });
  const folder = mkdtempSync(join(tmpdir(), "loopback-"));
  const kubeconfigFile = join(folder, "kubeconfig");
  writeFileSync(kubeconfigFile, kubeconfig, { mode: 0o600 });

  return {
    url,
    port,
    caPem: authority.pem,
    kubeconfig,
    kubeconfigFile,
    folder,
    requests,
    get connections() {
      return connections;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => front.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      https.close();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
