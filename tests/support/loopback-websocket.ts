/** The server's side of a websocket, as well behaved or as hostile as a test wants it. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface ServerFrame {
  readonly opcode?: number;
  readonly payload?: Uint8Array | string;
  readonly final?: boolean;
  /** Sets the mask bit, as only clients may. */
  readonly masked?: boolean;
  /** Reserved bits, 0x40 to 0x10. */
  readonly reserved?: number;
  /** What the head says, whatever the payload has. */
  readonly length?: bigint;
}

/** A binary frame unless told otherwise; longer lengths than needed are written where `length` lies. */
export function serverFrame({ opcode = 2, payload = "", ...given }: ServerFrame): Buffer {
  const body = Buffer.from(payload);
  const first = (given.final === false ? 0 : 0x80) | (given.reserved ?? 0) | opcode;
  const mask = given.masked === true ? 0x80 : 0;
  const length = given.length ?? BigInt(body.length);
  if (length < 126n) return Buffer.concat([Buffer.of(first, mask | Number(length)), body]);
  const long = length >= 65_536n;
  const head = Buffer.alloc(long ? 10 : 4);
  head[0] = first;
  head[1] = mask | (long ? 127 : 126);
  if (long) head.writeBigUInt64BE(length, 2);
  else head.writeUInt16BE(Number(length), 2);
  return Buffer.concat([head, body]);
}

/** A binary message of one of Kubernetes' channels. */
export const channelMessage = (channel: number, payload: Uint8Array | string): Buffer =>
  serverFrame({ payload: Buffer.concat([Buffer.of(channel), Buffer.from(payload)]) });

/** Frames of a client, unmasked; throws for one that is not masked. */
export function clientFrames(bytes: Buffer): { opcode: number; payload: Buffer }[] {
  const frames: { opcode: number; payload: Buffer }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [first = 0, second = 0] = bytes.subarray(at);
    if ((second & 0x80) === 0) throw new Error("a frame of the client is not masked");
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length =
      extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const mask = bytes.subarray(at + 2 + extended, at + 6 + extended);
    const start = at + 6 + extended;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    for (let index = 0; index < payload.length; index += 1) {
      payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
    }
    frames.push({ opcode: first & 0x0f, payload });
    at = start + length;
  }
  return frames;
}

/** The headers of a websocket's opening answer; `changes` replaces some, `undefined` leaves one out. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  protocol: string,
  changes: { readonly [name: string]: string | undefined } = {},
): void {
  const key = request.headers["sec-websocket-key"] ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const headers: { [name: string]: string | undefined } = {
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Accept": accept,
    "Sec-WebSocket-Protocol": protocol,
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
}

/** Ends a websocket in good order (RFC 6455, 7.4.1: 1000). */
export const goodbye = serverFrame({ opcode: 8, payload: Buffer.of(0x03, 0xe8) });

export type WebSocketServer = (socket: Duplex, request: IncomingMessage) => void;

/** For the `upgrade` of a loopback server: opens every websocket in good order and then does as told. */
export function serveWebSocket(protocol: string, serve: WebSocketServer) {
  return (request: IncomingMessage, socket: Duplex): true => {
    acceptWebSocket(request, socket, protocol);
    serve(socket, request);
    return true;
  };
}
