import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { statusObject } from "../../../tests/support/loopback-response.ts";
import {
  acceptWebSocket,
  channelMessage,
  clientFrames,
  goodbye,
  serverFrame,
  serveWebSocket,
  type WebSocketServer,
} from "../../../tests/support/loopback-websocket.ts";
import { exitCodeOf } from "./exec.ts";

const pod = { namespace: "own", name: "worker" };
const command = ["sh", "-c", "echo one & two"];
const success = JSON.stringify({ metadata: {}, status: "Success" });

/** Runs the command against a server that opens the websocket in good order and then does as told. */
async function execAgainst(serve: WebSocketServer, { milliseconds = 5000, protocol = "v5.channel.k8s.io" } = {}) {
  const { connection, loopback } = await connectedLoopback(() => undefined, {
    upgrade: serveWebSocket(protocol, serve),
  });
  const result = await connection.streams.exec(pod, command, { milliseconds });
  return { result, connection, loopback };
}

const nonZero = (code: string) =>
  JSON.stringify({
    metadata: {},
    status: "Failure",
    message: "command terminated with non-zero exit code",
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: code }] },
  });

describe("a command that ran", () => {
  test("left both outputs and its code, in pieces and with pings in between", async () => {
    const { result, connection, loopback } = await execAgainst((socket) => {
      const out = channelMessage(1, "first ");
      socket.write(out.subarray(0, 5));
      socket.write(out.subarray(5));
      socket.write(serverFrame({ opcode: 9, payload: "still there?" }));
      socket.write(serverFrame({ payload: "\x01sec", final: false }));
      socket.write(serverFrame({ opcode: 9 }));
      socket.write(serverFrame({ opcode: 0, payload: "ond" }));
      socket.write(channelMessage(2, "a complaint"));
      socket.write(channelMessage(3, nonZero("17")));
      socket.write(goodbye);
    });
    expect(result).toEqual({ ok: true, value: { exitCode: 17, stdout: "first second", stderr: "a complaint" } });
    expect(loopback.requests).toMatchObject([
      {
        method: "GET",
        path: "/api/v1/namespaces/own/pods/worker/exec?stdout=true&stderr=true&command=sh&command=-c&command=echo+one+%26+two",
        headers: {
          authorization: "Bearer loopback-token",
          "sec-websocket-version": "13",
          "sec-websocket-protocol": "v5.channel.k8s.io, v4.channel.k8s.io",
        },
      },
    ]);
    expect(connection.requests).toMatchObject([{ method: "GET", status: 101, attempt: 1 }]);
  });

  test("is the same over the older protocol, from a server that breaks off without a goodbye", async () => {
    const serve: WebSocketServer = (socket) =>
      socket.end(Buffer.concat([channelMessage(1, "out"), channelMessage(3, success)]));
    const { result } = await execAgainst(serve, { protocol: "v4.channel.k8s.io" });
    expect(result).toEqual({ ok: true, value: { exitCode: 0, stdout: "out", stderr: "" } });
  });

  test("is kept to 64 KiB a stream", async () => {
    const { result } = await execAgainst((socket) => {
      for (let count = 0; count < 5; count += 1) socket.write(channelMessage(1, "x".repeat(30_000)));
      socket.write(channelMessage(3, success));
      socket.write(goodbye);
    });
    expect(result).toEqual({ ok: true, value: { exitCode: 0, stdout: "x".repeat(65_536), stderr: "" } });
  });

  test("answers pings and says goodbye, all of it masked", async () => {
    const received: Buffer[] = [];
    let over: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      over = resolve;
    });
    await execAgainst((socket) => {
      socket.on("data", (part: Buffer) => received.push(part));
      socket.on("close", over);
      socket.write(serverFrame({ opcode: 9, payload: "still there?" }));
      socket.write(channelMessage(3, success));
      socket.write(goodbye);
    });
    await ended;
    expect(clientFrames(Buffer.concat(received))).toEqual([
      { opcode: 10, payload: Buffer.from("still there?") },
      { opcode: 8, payload: Buffer.of(0x03, 0xe8) },
    ]);
  });
});

describe("a server that goes wrong", () => {
  const rows: readonly [string, WebSocketServer, string, RegExp][] = [
    ["ends without a status", (s) => s.write(goodbye), "malformed", /without a word on how/],
    ["breaks off", (s) => s.destroy(), "unreachable", /broke the websocket off|broken off/],
    [
      "closes with a fault",
      (s) => s.write(serverFrame({ opcode: 8, payload: Buffer.of(0x03, 0xf3) })),
      "server-error",
      /closed the websocket with 1011/,
    ],
    ["closes with half a code", (s) => s.write(serverFrame({ opcode: 8, payload: "x" })), "malformed", /half a code/],
    ["masks", (s) => s.write(serverFrame({ payload: "abcd", masked: true })), "malformed", /masks its frames/],
    ["lies about a length", (s) => s.write(serverFrame({ length: 2n ** 63n })), "malformed", /more than 1048576 bytes/],
    ["continues nothing", (s) => s.write(serverFrame({ opcode: 0 })), "malformed", /out of order/],
    [
      "begins a message within another",
      (s) => s.write(Buffer.concat([serverFrame({ final: false, payload: "a" }), serverFrame({ payload: "b" })])),
      "malformed",
      /out of order/,
    ],
    ["sends text", (s) => s.write(serverFrame({ opcode: 1, payload: "hello" })), "malformed", /sends text/],
    ["speaks HTTP again", (s) => s.write("HTTP/1.1 200 OK\r\n\r\n"), "malformed", /breaks RFC 6455/],
    [
      "gives a status that is none",
      (s) => s.write(Buffer.concat([channelMessage(3, "no json"), goodbye])),
      "malformed",
      /no Status/,
    ],
    [
      "never ends a message",
      (s) =>
        endless(
          s,
          serverFrame({ payload: "x".repeat(60_000), final: false }),
          serverFrame({ opcode: 0, payload: "x".repeat(60_000), final: false }),
        ),
      "malformed",
      /message without an end/,
    ],
    [
      "never ends a message of nothing",
      (s) => endless(s, serverFrame({ final: false }), serverFrame({ opcode: 0, final: false })),
      "malformed",
      /message without an end/,
    ],
    [
      "never ends its output",
      (s) => endless(s, channelMessage(1, "x".repeat(60_000)), channelMessage(1, "x".repeat(60_000))),
      "too-large",
      /over 16777216 bytes/,
    ],
  ];
  for (const [name, serve, reason, message] of rows) {
    test(name, async () => {
      const { result } = await execAgainst(serve);
      expect(result).toEqual({ ok: false, reason, message: expect.stringMatching(message) });
    });
  }

  test("says nothing more: it is given up in time", async () => {
    const { result } = await execAgainst((socket) => socket.write(channelMessage(1, "begun")), { milliseconds: 60 });
    expect(result).toEqual({ ok: false, reason: "timeout", message: "the API server did not end within 60 ms" });
  });

  test("pings on and on without reading: it is given up in time, and nothing piles up", async () => {
    const ping = Buffer.concat(Array.from({ length: 500 }, () => serverFrame({ opcode: 9, payload: "p".repeat(125) })));
    const { result } = await execAgainst(
      (socket) => {
        socket.pause();
        endless(socket, ping, ping);
      },
      { milliseconds: 200 },
    );
    expect(result).toMatchObject({ ok: false, reason: "timeout" });
  });
});

/** Writes on and on, as long as somebody reads. */
function endless(socket: Duplex, first: Buffer, then: Buffer): void {
  socket.write(first);
  const more = () => {
    while (!socket.destroyed && socket.writable && socket.write(then));
  };
  socket.on("drain", more);
  more();
}

describe("a websocket that does not open", () => {
  const answers: readonly [string, WebSocketServer, string, RegExp][] = [
    [
      "another key's answer",
      (s, r) => acceptWebSocket(r, s, "v5.channel.k8s.io", { "Sec-WebSocket-Accept": "x" }),
      "malformed",
      /does not fit the key/,
    ],
    [
      "no key's answer",
      (s, r) => acceptWebSocket(r, s, "v5.channel.k8s.io", { "Sec-WebSocket-Accept": undefined }),
      "malformed",
      /does not fit the key/,
    ],
    [
      "a protocol of its own",
      (s, r) => acceptWebSocket(r, s, "base64.channel.k8s.io"),
      "malformed",
      /none of the protocols/,
    ],
    [
      "no protocol",
      (s, r) => acceptWebSocket(r, s, "", { "Sec-WebSocket-Protocol": undefined }),
      "malformed",
      /none of the protocols/,
    ],
    [
      "an extension",
      (s, r) => acceptWebSocket(r, s, "v5.channel.k8s.io", { "Sec-WebSocket-Extensions": "permessage-deflate" }),
      "malformed",
      /extensions/,
    ],
    ["what is no HTTP", (s) => s.write("hello\r\n\r\n"), "malformed", /not HTTP/],
    ["nothing", () => undefined, "timeout", /did not answer within 300 ms/],
    ["an end", (s) => s.destroy(), "unreachable", /broken off/],
  ];
  for (const [name, answer, reason, message] of answers) {
    test(name, async () => {
      const upgrade = (request: IncomingMessage, socket: Duplex) => {
        answer(socket, request);
        return true;
      };
      const { connection } = await connectedLoopback(() => undefined, { upgrade }, { requestTimeoutMilliseconds: 300 });
      const result = await connection.streams.exec(pod, command, { milliseconds: 5000 });
      expect(result).toEqual({ ok: false, reason, message: expect.stringMatching(message) });
    });
  }

  const refusals: readonly [number, string, string, RegExp][] = [
    [
      403,
      'pods "worker" is forbidden: User "jane" cannot create resource "pods/exec"',
      "forbidden",
      /403: pods "worker" is forbidden: the caller cannot/,
    ],
    [404, 'pods "worker" not found', "not-found", /404: pods "worker" not found/],
    [400, "unable to upgrade connection", "server-error", /400: unable to upgrade/],
    [500, "container not found", "server-error", /500: container not found/],
    [401, "Unauthorized", "unauthorized", /401/],
    [503, "try again", "server-error", /503/],
  ];
  for (const [status, said, reason, message] of refusals) {
    test(`${status}`, async () => {
      const { connection } = await connectedLoopback(() => ({ status, body: statusObject(status, said) }));
      const result = await connection.streams.exec(pod, command, { milliseconds: 5000 });
      expect(result).toEqual({ ok: false, reason, message: expect.stringMatching(message) });
      expect(connection.requests.map((request) => request.status)).toEqual(status === 503 ? [503, 503, 503] : [status]);
    });
  }

  test("429 is waited for, and then it runs", async () => {
    let asked = 0;
    const { connection } = await connectedLoopback(() => undefined, {
      upgrade: (request, socket) => {
        asked += 1;
        if (asked === 1) {
          socket.end("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
          return true;
        }
        acceptWebSocket(request, socket, "v5.channel.k8s.io");
        socket.write(Buffer.concat([channelMessage(3, success), goodbye]));
        return true;
      },
    });
    const result = await connection.streams.exec(pod, command, { milliseconds: 5000 });
    expect(result).toMatchObject({ ok: true, value: { exitCode: 0 } });
    expect(connection.requests.map(({ status, attempt }) => [status, attempt])).toEqual([
      [429, 1],
      [101, 2],
    ]);
  });

  test("after the end of the run", async () => {
    const { connection } = await connectedLoopback(() => undefined);
    connection.close();
    const result = await connection.streams.exec(pod, command, { milliseconds: 5000 });
    expect(result).toMatchObject({ ok: false, reason: "timeout" });
  });
});

describe("the last word on a command", () => {
  const rows: readonly [string, object | string, object][] = [
    ["success", { status: "Success" }, { ok: true, value: 0 }],
    ["a code", JSON.parse(nonZero("137")) as object, { ok: true, value: 137 }],
    ["a code that is no number", JSON.parse(nonZero("1e3")) as object, { ok: false, reason: "server-error" }],
    [
      "a failure without a code",
      { status: "Failure", message: 'exec: "/bin/sh": no such file', reason: "InternalError" },
      { ok: false, reason: "server-error", message: 'the command could not be run: exec: "/bin/sh": no such file' },
    ],
    [
      "a secret in the message",
      { status: "Failure", message: "the-secret-host said no" },
      { ok: false, message: "the command could not be run: (redacted) said no" },
    ],
    [
      "causes of any kind",
      { status: "Failure", reason: "NonZeroExitCode", details: { causes: [null, 7, "x"] } },
      { ok: false },
    ],
    ["a list", [1], { ok: false, reason: "malformed" }],
    ["no JSON", "{", { ok: false, reason: "malformed" }],
  ];
  for (const [name, status, expected] of rows) {
    test(name, () => {
      const text = typeof status === "string" ? status : JSON.stringify(status);
      expect(exitCodeOf(text, ["the-secret-host"])).toMatchObject(expected);
    });
  }
});
