/** An open websocket: messages in both directions, control frames answered, an end that is always told (RFC 6455). */
import type { Duplex } from "node:stream";
import { type Failure, failure, failureOf } from "../../http/failure.ts";
import type { Peer } from "../../http/target.ts";
import { clientFrame, createFrameReader, type Frame, opcodes } from "./frame.ts";

/** Kubernetes copies streams in pieces of at most 32 KiB. */
const longestMessage = 1024 * 1024;
/** Bytes that wait to be sent before answers to pings are left out (5.5.3: only the latest ping has to be answered). */
const mostWaiting = 65_536;

export interface WebSocketEvents {
  /** A whole message; it is only valid during the call. */
  message(payload: Buffer): void;
  /** Called once, last: undefined when the server closed in good order. */
  closed(fault: Failure | undefined): void;
  drained?(): void;
}

export interface WebSocketLink {
  /** One of those offered. */
  readonly protocol: string;
  /** Begins to listen; what came before is not lost. */
  listen(events: WebSocketEvents): void;
  /** A binary message. False when `drained` should be waited for. */
  send(payload: Uint8Array): boolean;
  pause(): void;
  resume(): void;
  /** Says goodbye and ends; nothing is told after it. */
  close(): void;
}

export interface WebSocketSettings {
  readonly socket: Duplex;
  /** Bytes that came with the answer to the upgrade. */
  readonly head: Buffer;
  readonly protocol: string;
  readonly peer: Peer;
  /** Until the link must be over, whatever is going on. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** Frees the place of this connection; called once. */
  readonly leave: () => void;
}

export function createWebSocket(settings: WebSocketSettings): WebSocketLink {
  const { socket, peer, signal } = settings;
  const reader = createFrameReader(longestMessage);
  let parts: Buffer[] = [];
  let size = 0;
  let events: WebSocketEvents | undefined;
  let ended: { readonly fault: Failure | undefined } | undefined;

  const end = (fault: Failure | undefined, code: number | undefined) => {
    if (ended !== undefined) return;
    ended = { fault };
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupted);
    const goodbye = Buffer.alloc(2);
    if (code !== undefined) goodbye.writeUInt16BE(code);
    if (socket.writable) socket.end(clientFrame(opcodes.close, code === undefined ? Buffer.alloc(0) : goodbye));
    // A server that keeps its side open gets no chance to hold ours.
    setTimeout(() => socket.destroy(), 100).unref();
    settings.leave();
    events?.closed(fault);
  };
  const bad = (what: string) => end(failure("malformed", `${peer.name}'s websocket breaks RFC 6455: ${what}`), 1002);
  const interrupted = () => end(failure("timeout", `the run was over before ${peer.name} had answered`), 1001);
  const late = () => end(failure("timeout", `${peer.name} did not end within ${settings.milliseconds} ms`), 1001);
  const timer = setTimeout(late, settings.milliseconds);

  const closeFrame = (payload: Buffer) => {
    if (payload.length === 1) return bad("its close frame holds half a code");
    const code = payload.length === 0 ? 1005 : payload.readUInt16BE(0);
    const good = code === 1000 || code === 1001 || code === 1005;
    end(good ? undefined : failure("server-error", `${peer.name} closed the websocket with ${code}`), 1000);
  };

  const take = ({ opcode, payload, final }: Frame) => {
    if (opcode === opcodes.close) return closeFrame(payload);
    if (opcode === opcodes.ping) {
      if (socket.writableLength < mostWaiting) socket.write(clientFrame(opcodes.pong, payload));
      return;
    }
    if (opcode === opcodes.pong) return;
    if (opcode === opcodes.text) return bad("it sends text where bytes were agreed on");
    if ((opcode === opcodes.continuation) !== parts.length > 0) return bad("its fragments are out of order");
    parts.push(payload);
    size += payload.length;
    if (size > longestMessage || parts.length > 1024) return bad("it sends a message without an end");
    if (!final) return;
    const message = parts.length === 1 ? payload : Buffer.concat(parts, size);
    parts = [];
    size = 0;
    events?.message(message);
  };

  const received = (chunk: Buffer) => {
    reader.push(chunk);
    for (let frame = reader.next(); frame !== undefined && ended === undefined; frame = reader.next()) {
      if ("fault" in frame) return bad(frame.fault);
      take(frame);
    }
  };
  const brokenOff = () => end(failure("unreachable", `${peer.name} broke the websocket off`, true), undefined);

  socket.on("error", (error) => end(failureOf(error, peer), undefined));
  socket.on("close", brokenOff);
  socket.on("end", brokenOff);
  signal.addEventListener("abort", interrupted);
  if (signal.aborted) interrupted();

  return {
    protocol: settings.protocol,
    listen: (given) => {
      events = given;
      if (ended !== undefined) return given.closed(ended.fault);
      socket.on("drain", () => given.drained?.());
      if (settings.head.length > 0) received(settings.head);
      socket.on("data", received);
    },
    send: (payload) => ended !== undefined || socket.write(clientFrame(opcodes.binary, payload)),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => {
      events = undefined;
      end(undefined, 1000);
    },
  };
}
