import { describe, expect, test } from "vitest";
import { type SeenHandshake, watchHandshake } from "./tls-messages.ts";

const u16 = (value: number) => Buffer.of(value >> 8, value & 255);
const u24 = (value: number) => Buffer.of(value >> 16, (value >> 8) & 255, value & 255);
const record = (type: number, body: Buffer, length = body.length) =>
  Buffer.concat([Buffer.of(type, 3, 3), u16(length), body]);
const message = (type: number, body: Buffer, length = body.length) =>
  Buffer.concat([Buffer.of(type), u24(length), body]);
const certificate = (...certificates: readonly string[]) => {
  const list = Buffer.concat(certificates.map((der) => Buffer.concat([u24(der.length), Buffer.from(der)])));
  return message(11, Buffer.concat([u24(list.length), list]));
};
const hello = message(2, Buffer.alloc(40));
const request = message(13, Buffer.from("0100", "hex"));
const done = message(14, Buffer.alloc(0));
const refusal = record(21, Buffer.of(2, 42));

function seen(bytes: Buffer, pieces = bytes.length): SeenHandshake {
  const watch = watchHandshake();
  for (let at = 0; at < bytes.length; at += pieces) watch.see(bytes.subarray(at, at + pieces));
  return watch.seen();
}

const texts = ({ chain, ...rest }: SeenHandshake) => ({
  ...rest,
  chain: chain.map((der) => Buffer.from(der).toString()),
});

const whole = {
  chain: ["leaf", "intermediate"],
  asksForCertificate: true,
  complete: true,
  alert: 42,
  plain: false,
};

describe("a server's part of a handshake", () => {
  const flight = Buffer.concat([hello, certificate("leaf", "intermediate"), request, done]);
  const forms: readonly [string, Buffer][] = [
    ["one record for all", Buffer.concat([record(22, flight), refusal])],
    ["a record for each byte", Buffer.concat([...[...flight].map((byte) => record(22, Buffer.of(byte))), refusal])],
    [
      "a record for each message",
      Buffer.concat([
        ...[hello, certificate("leaf", "intermediate"), request, done].map((one) => record(22, one)),
        refusal,
      ]),
    ],
  ];
  for (const [name, bytes] of forms) {
    for (const pieces of [1, 7, bytes.length]) {
      test(`${name}, in pieces of ${pieces}`, () => expect(texts(seen(bytes, pieces))).toEqual(whole));
    }
  }

  test("without a question for a certificate", () => {
    const bytes = record(22, Buffer.concat([hello, certificate("leaf"), done]));
    expect(texts(seen(bytes))).toEqual({
      chain: ["leaf"],
      asksForCertificate: false,
      complete: true,
      alert: undefined,
      plain: false,
    });
  });

  test("a version that it does not speak", () => {
    expect(seen(record(21, Buffer.of(2, 70)))).toMatchObject({ alert: 70, complete: false, plain: false });
  });
});

describe("bytes of any kind", () => {
  const rows: readonly [string, Buffer, object][] = [
    ["none", Buffer.alloc(0), { complete: false, plain: false }],
    ["HTTP", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"), { complete: false, plain: true }],
    ["a record that never ends", record(22, hello, 60_000), { complete: false, chain: [] }],
    ["a message that never ends", record(22, message(11, Buffer.alloc(10), 1_000_000)), { complete: false, chain: [] }],
    [
      "a certificate that never ends",
      record(22, Buffer.concat([message(11, Buffer.concat([u24(90), u24(80), Buffer.alloc(9)])), done])),
      { complete: true, chain: [] },
    ],
    [
      "a certificate of nothing",
      record(22, Buffer.concat([message(11, Buffer.concat([u24(3), u24(0)])), done])),
      { complete: true, chain: [] },
    ],
    ["an empty list", record(22, Buffer.concat([message(11, Buffer.alloc(0)), done])), { complete: true, chain: [] }],
    ["an alert that is a warning", record(21, Buffer.of(1, 112)), { alert: undefined }],
    [
      "more certificates than are looked at",
      record(22, Buffer.concat([certificate(..."abcdefghijklmnop"), done])),
      { complete: true, chain: [..."abcdefghij"].map((der) => Buffer.from(der)) },
    ],
    [
      "what is encrypted",
      Buffer.concat([record(20, Buffer.of(1)), record(22, Buffer.concat([hello, request, done]))]),
      { complete: false, asksForCertificate: false },
    ],
  ];
  for (const [name, bytes, expected] of rows) {
    test(name, () => expect(seen(bytes)).toMatchObject(expected));
  }

  test("more than is looked at is forgotten", () => {
    const watch = watchHandshake();
    for (let count = 0; count < 200; count += 1) watch.see(record(22, Buffer.alloc(16_000)));
    expect(watch.seen()).toMatchObject({ plain: false });
  });
});
