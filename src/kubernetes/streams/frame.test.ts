import { describe, expect, test } from "vitest";
import { clientFrames, type ServerFrame, serverFrame } from "../../../tests/support/loopback-websocket.ts";
import { clientFrame, createFrameReader, type Frame, opcodes } from "./frame.ts";

const limit = 100_000;

/** Everything that comes out of the bytes, given in pieces of a size. */
function framesOf(bytes: Buffer, pieces = bytes.length): (Frame | { readonly fault: string })[] {
  const reader = createFrameReader(limit);
  const found: (Frame | { readonly fault: string })[] = [];
  for (let at = 0; at < bytes.length; at += pieces) {
    reader.push(bytes.subarray(at, at + pieces));
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
      found.push(frame);
      if ("fault" in frame) return found;
    }
  }
  return found;
}

describe("what a client writes", () => {
  for (const length of [0, 1, 3, 125, 126, 65_535, 65_536, 70_001]) {
    test(`${length} bytes, masked and whole`, () => {
      const payload = Buffer.alloc(length, "payload of some length ");
      const frames = clientFrames(clientFrame(opcodes.binary, payload));
      // comparing byte by byte takes a second for the long ones
      expect(frames.map((frame) => [frame.opcode, frame.payload.equals(payload)])).toEqual([[2, true]]);
    });
  }

  test("two masks are not the same", () => {
    const frames = Array.from({ length: 8 }, () => clientFrame(opcodes.binary, Buffer.alloc(4)).toString("hex"));
    expect(new Set(frames).size).toBeGreaterThan(1);
  });
});

describe("what a server may write", () => {
  const text = (frames: readonly object[]) =>
    frames.map((frame) => ("payload" in frame ? { ...frame, payload: String(frame.payload) } : frame));
  const stream = Buffer.concat([
    // the examples of RFC 6455, 5.7
    Buffer.from("810548656c6c6f", "hex"),
    Buffer.from("010348656c", "hex"),
    Buffer.from("80026c6f", "hex"),
    Buffer.from("890548656c6c6f", "hex"),
    serverFrame({ payload: "x".repeat(256) }),
    serverFrame({ payload: "y".repeat(65_536) }),
  ]);
  const expected = [
    { final: true, opcode: 1, payload: "Hello" },
    { final: false, opcode: 1, payload: "Hel" },
    { final: true, opcode: 0, payload: "lo" },
    { final: true, opcode: 9, payload: "Hello" },
    { final: true, opcode: 2, payload: "x".repeat(256) },
    { final: true, opcode: 2, payload: "y".repeat(65_536) },
  ];

  for (const pieces of [stream.length, 1, 2, 3, 7, 9, 10, 11, 4096]) {
    test(`the same in pieces of ${pieces} bytes`, () => {
      expect(text(framesOf(stream, pieces))).toEqual(expected);
    });
  }
});

describe("what a server may not write", () => {
  const cases: readonly [string, ServerFrame, RegExp][] = [
    ["a masked frame", { payload: "abcd", masked: true }, /masks its frames/],
    ["an extension's bit", { reserved: 0x40 }, /extensions/],
    ["another extension's bit", { reserved: 0x10 }, /extensions/],
    ["an unknown kind", { opcode: 3 }, /unknown kind/],
    ["an unknown control kind", { opcode: 11 }, /unknown kind/],
    ["a control frame in parts", { opcode: 9, final: false }, /control frame/],
    ["a control frame that is too long", { opcode: 9, payload: "p".repeat(126) }, /control frame/],
    ["more than is taken", { length: BigInt(limit + 1) }, /more than 100000 bytes/],
    ["a length beyond all numbers", { length: 2n ** 64n - 1n }, /more than 100000 bytes/],
  ];
  for (const [name, frame, fault] of cases) {
    test(name, () => {
      expect(framesOf(serverFrame(frame))).toEqual([{ fault: expect.stringMatching(fault) }]);
    });
  }

  test("a length that is never reached gives no frame", () => {
    expect(framesOf(serverFrame({ payload: "short", length: 50_000n }))).toEqual([]);
  });
});
