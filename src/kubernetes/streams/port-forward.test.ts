import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { statusObject } from "../../../tests/support/loopback-response.ts";
import {
  channelMessage,
  clientFrames,
  goodbye,
  serverFrame,
  serveWebSocket,
  type WebSocketServer,
} from "../../../tests/support/loopback-websocket.ts";
import { ReadFault } from "../../http/failure.ts";

const pod = { namespace: "kube-system", name: "kube-proxy-x" };
const port = 2381;
const portBytes = Buffer.of(0x4d, 0x09);
const begun = Buffer.concat([channelMessage(0, portBytes), channelMessage(1, portBytes)]);

async function forwardTo(serve: WebSocketServer, { milliseconds = 5000, maxBytes = 1_000_000 } = {}) {
  const connected = await connectedLoopback(() => undefined, {
    upgrade: serveWebSocket("v4.channel.k8s.io", serve),
  });
  const reading = await connected.connection.streams.portForward(pod, port, { milliseconds, maxBytes });
  if (!reading.ok) throw new Error(reading.message);
  return { ...connected, stream: reading.value };
}

/** What the stream gave, or the failure that it ended with. */
async function outcomeOf(stream: Duplex): Promise<unknown> {
  try {
    return await text(stream);
  } catch (error) {
    return error instanceof ReadFault ? error.failure : error;
  }
}

describe("a connection to a port", () => {
  test("carries bytes in both directions, however they are cut", async () => {
    const received: Buffer[] = [];
    const { stream, loopback } = await forwardTo((socket) => {
      socket.write(begun);
      socket.on("data", (part: Buffer) => {
        received.push(part);
        const frames = clientFrames(Buffer.concat(received));
        const asked = Buffer.concat(frames.map(({ payload }) => payload.subarray(1))).toString();
        if (!asked.endsWith("\n")) return;
        const answer = channelMessage(0, `you said ${asked}`);
        socket.write(answer.subarray(0, 3));
        socket.write(answer.subarray(3));
        socket.write(goodbye);
      });
    });
    stream.write("one ");
    stream.write("two\n");
    expect(await outcomeOf(stream)).toBe("you said one two\n");
    const frames = clientFrames(Buffer.concat(received));
    expect(frames.filter(({ opcode }) => opcode === 2).every(({ payload }) => payload[0] === 0)).toBe(true);
    expect(loopback.requests).toMatchObject([
      { path: "/api/v1/namespaces/kube-system/pods/kube-proxy-x/portforward?ports=2381" },
    ]);
  });

  test("carries more than fits into one message, and waits where the reader does", async () => {
    const long = "0123456789abcdef".repeat(40_000);
    const { stream } = await forwardTo((socket) => {
      socket.write(begun);
      let asked = 0;
      let rest = Buffer.alloc(0);
      socket.on("data", (part: Buffer) => {
        rest = Buffer.concat([rest, part]);
        // every whole piece of the client has 32 KiB, its channel and a head of 8 bytes with the mask
        asked = rest.length;
        if (asked < long.length) return;
        for (let at = 0; at < long.length; at += 16_000) socket.write(channelMessage(0, long.slice(at, at + 16_000)));
        socket.write(goodbye);
      });
    });
    stream.write(long);
    expect(await outcomeOf(stream)).toBe(long);
  });

  test("may end without a goodbye", async () => {
    const { stream } = await forwardTo((socket) => socket.end(Buffer.concat([begun, channelMessage(0, "all")])));
    expect(await outcomeOf(stream)).toBe("all");
  });

  test("ends the websocket when it is given up", async () => {
    const received: Buffer[] = [];
    let over: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    const { stream } = await forwardTo((socket) => {
      socket.on("data", (part: Buffer) => received.push(part));
      socket.on("close", over);
      socket.write(begun);
    });
    stream.destroy();
    await ended;
    expect(clientFrames(Buffer.concat(received))).toEqual([{ opcode: 8, payload: Buffer.of(0x03, 0xe8) }]);
  });
});

describe("a connection that goes wrong", () => {
  const refused =
    'an error occurred forwarding 2381 -> 2381: error forwarding port 2381 to pod 0abc, uid : failed to connect to localhost:2381 inside namespace "0abc": dial tcp 127.0.0.1:2381: connect: connection refused';
  const rows: readonly [string, WebSocketServer, string, RegExp][] = [
    [
      "nobody listens",
      (s) => s.write(Buffer.concat([begun, channelMessage(1, refused)])),
      "unreachable",
      /^nothing listens on port 2381$/,
    ],
    [
      "another fault",
      (s) => s.write(Buffer.concat([begun, channelMessage(1, "socat not found on 10.1.2.3")])),
      "unreachable",
      /^no connection to port 2381: socat not found on \(address\)$/,
    ],
    ["another port", (s) => s.write(channelMessage(0, Buffer.of(1, 1))), "malformed", /names another port/],
    ["no port at all", (s) => s.write(channelMessage(0, "some bytes")), "malformed", /names another port/],
    ["an unknown channel", (s) => s.write(channelMessage(2, portBytes)), "malformed", /channels that were not opened/],
    ["an empty message", (s) => s.write(serverFrame({})), "malformed", /channels that were not opened/],
    ["a masked frame", (s) => s.write(serverFrame({ payload: "abcd", masked: true })), "malformed", /masks its frames/],
    [
      "more than is taken",
      (s) =>
        s.write(Buffer.concat([begun, ...Array.from({ length: 20 }, () => channelMessage(0, "x".repeat(60_000)))])),
      "too-large",
      /over 1000000 bytes/,
    ],
    [
      "a fault of the server",
      (s) => s.write(serverFrame({ opcode: 8, payload: Buffer.of(0x03, 0xf3) })),
      "server-error",
      /1011/,
    ],
  ];
  for (const [name, serve, reason, message] of rows) {
    test(name, async () => {
      const { stream } = await forwardTo(serve);
      expect(await outcomeOf(stream)).toEqual({ reason, message: expect.stringMatching(message), broken: false });
    });
  }

  test("silence is given up in time", async () => {
    const { stream } = await forwardTo((socket) => socket.write(begun), { milliseconds: 60 });
    expect(await outcomeOf(stream)).toMatchObject({ reason: "timeout" });
  });

  test("the right may be missing", async () => {
    const body = statusObject(403, 'User "jane" cannot create resource "pods/portforward"');
    const { connection } = await connectedLoopback(() => ({ status: 403, body }));
    const reading = await connection.streams.portForward(pod, port, { milliseconds: 5000, maxBytes: 10 });
    expect(reading).toMatchObject({ ok: false, reason: "forbidden" });
  });
});
