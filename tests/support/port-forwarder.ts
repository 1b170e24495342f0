/** The kubelet's side of port-forwards: websockets that lead to servers on this machine. */
import type { IncomingMessage } from "node:http";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import { acceptWebSocket, channelMessage, clientFrames, goodbye } from "./loopback-websocket.ts";

/** Ports of this machine that pods' ports stand for: `{ "etcd-a": { 2381: 40123 } }`. */
export type Forwards = { readonly [pod: string]: { readonly [port: number]: number } };

const path = /\/namespaces\/([^/]+)\/pods\/([^/]+)\/portforward\?ports=(\d+)$/;

/** Whole frames at the beginning of the bytes, and what is left of them. */
function split(bytes: Buffer): { whole: Buffer; rest: Buffer } {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (at + 2 + extended > bytes.length) break;
    const length =
      extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const end = at + 6 + extended + length;
    if (end > bytes.length) break;
    at = end;
  }
  return { whole: bytes.subarray(0, at), rest: bytes.subarray(at) };
}

/** For the `upgrade` of a loopback server. A port that is not named is refused as runtimes refuse it. */
export function portForwarder(forwards: () => Forwards): (request: IncomingMessage, socket: Duplex) => boolean {
  return (request, socket) => {
    const [, , pod = "", written = ""] = path.exec(request.url ?? "") ?? [];
    const port = Number(written);
    if (pod === "") return false;
    acceptWebSocket(request, socket, "v4.channel.k8s.io");
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(port);
    socket.write(Buffer.concat([channelMessage(0, bytes), channelMessage(1, bytes)]));
    const leave = () => void socket.end(goodbye);
    const local = forwards()[pod]?.[port];
    if (local === undefined) {
      socket.write(channelMessage(1, `dial tcp 127.0.0.1:${port}: connect: connection refused`));
      leave();
      return true;
    }
    const target = connect({ host: "127.0.0.1", port: local });
    let rest: Buffer = Buffer.alloc(0);
    socket.on("data", (part: Buffer) => {
      const { whole, rest: left } = split(Buffer.concat([rest, part]));
      rest = left;
      for (const frame of clientFrames(whole)) {
        if (frame.opcode === 2) target.write(frame.payload.subarray(1));
        if (frame.opcode === 8) target.destroy();
      }
    });
    socket.on("close", () => target.destroy());
    target.on("data", (part: Buffer) => {
      for (let at = 0; at < part.length; at += 30_000) socket.write(channelMessage(0, part.subarray(at, at + 30_000)));
    });
    target.on("error", () => leave());
    target.on("end", leave);
    return true;
  };
}

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return (server.address() as AddressInfo).port;
}

type Answerer = (request: IncomingMessage) => { readonly status?: number; readonly body?: string };

/** A plain HTTP server on this machine; closed when the test is over. */
export function httpListener(answer: Answerer): Promise<number> {
  return listening(
    createHttpServer((request, response) => {
      const { status = 200, body = "" } = answer(request);
      response.writeHead(status).end(body);
    }),
  );
}

/** The same in TLS. */
export function tlsListener(options: ServerOptions, answer: Answerer = () => ({})): Promise<number> {
  const server = createHttpsServer(options, (request, response) => {
    const { status = 200, body = "" } = answer(request);
    response.writeHead(status).end(body);
  });
  server.on("tlsClientError", () => undefined);
  return listening(server);
}

/** Takes connections, says what it is given to say, or nothing. */
export function tcpListener(greeting?: string): Promise<number> {
  return listening(
    createTcpServer((socket) => {
      socket.on("error", () => undefined);
      if (greeting !== undefined) socket.end(greeting);
    }),
  );
}
