import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fc } from "../../tests/support/fast-check.ts";
import { withPublicHalf } from "./private-key.ts";
import { parsePublicBlob, parsePublicLine, printable, publicLineOf } from "./public-key.ts";
import { verifyBytes } from "./raw-signature.ts";
import { MalformedError, mpint, string } from "./ssh-wire.ts";

const ed25519 = withPublicHalf(generateKeyPairSync("ed25519").privateKey).publicKey;
const ecdsa = withPublicHalf(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey).publicKey;
const rsa = withPublicHalf(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey).publicKey;
const keys = [ed25519, ecdsa, rsa];

const modulus = Buffer.alloc(256, 0xc1);
const rsaBlob = (e: Buffer, n: Buffer) => Buffer.concat([string("ssh-rsa"), mpint(e), mpint(n)]);
const ecBlob = (curve: string, point: Buffer) =>
  Buffer.concat([string("ecdsa-sha2-nistp256"), string(curve), string(point)]);

describe("public keys", () => {
  it.each(keys.map((key) => [key.type, key] as const))("%s come back from their line", (_, key) => {
    expect(parsePublicLine(`${publicLineOf(key)} a comment\n`).blob).toEqual(key.blob);
  });

  it.each([
    ["bytes behind", Buffer.concat([ed25519.blob, Buffer.of(0)]), "1 bytes follow"],
    [
      "a short ed25519 key",
      Buffer.concat([string("ssh-ed25519"), string(Buffer.alloc(31))]),
      "has 32 bytes, this one 31",
    ],
    [
      "a point off the curve",
      ecBlob("nistp256", Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)])),
      "not a public key",
    ],
    ["a compressed point", ecBlob("nistp256", Buffer.concat([Buffer.of(2), Buffer.alloc(32, 1)])), "uncompressed form"],
    ["the point at infinity", ecBlob("nistp256", Buffer.of(0)), "uncompressed form"],
    ["another curve", ecBlob("nistp384", Buffer.alloc(97, 4)), "not the one of the key type"],
    ["an RSA exponent of 1", rsaBlob(Buffer.of(1), modulus), "exponent is out of range"],
    ["an endless RSA exponent", rsaBlob(Buffer.alloc(9, 3), modulus), "exponent is out of range"],
    ["2,047 bits", rsaBlob(Buffer.of(1, 0, 1), Buffer.alloc(256, 0x41)), "this one has 2047"],
    ["an unknown type", string("ssh-\u0007"), "not a name"],
    ["a type of the prototype", string("constructor"), "constructor is not known"],
  ])("with %s are refused", (_, blob, reason) => {
    expect(() => parsePublicBlob(blob)).toThrow(MalformedError);
    expect(() => parsePublicBlob(blob)).toThrow(reason);
  });

  it.each([
    ["no base64", "ssh-ed25519", "not a line"],
    ["another type in front", publicLineOf(ed25519).replace("ssh-ed25519", "ssh-rsa"), "the key in it is ssh-ed25519"],
  ])("in a line with %s are refused", (_, line, reason) => {
    expect(() => parsePublicLine(line)).toThrow(reason);
  });

  it("changed anyhow either parse or are malformed, and never verify or throw otherwise", () => {
    const change = fc.record({ which: fc.nat(2), at: fc.nat(600), value: fc.integer({ min: 1, max: 255 }) });
    const property = fc.property(change, ({ which, at, value }) => {
      const { type, blob } = keys[which] ?? ed25519;
      const changed = Buffer.from(blob);
      changed[at % blob.length] = (changed[at % blob.length] ?? 0) ^ value;
      try {
        const algorithm = type === "ssh-rsa" ? "rsa-sha2-512" : type;
        const numbers = Buffer.concat([mpint(Buffer.of(1)), mpint(Buffer.of(1))]);
        const value64 = type === "ssh-ed25519" ? Buffer.alloc(64, 1) : numbers;
        const signature = Buffer.concat([
          string(algorithm),
          string(type === "ssh-rsa" ? Buffer.alloc(256, 1) : value64),
        ]);
        expect(verifyBytes(parsePublicBlob(changed), Buffer.of(1), signature)).toBeUndefined();
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    });
    fc.assert(property, { numRuns: 500, seed: 20261123 });
  });
});

it("hostile text is made fit for one line", () => {
  expect(printable("a\u001b[31mb\nc\u202ed")).toBe("a?[31mb?c?d");
  expect(printable("x".repeat(100))).toHaveLength(80);
});
