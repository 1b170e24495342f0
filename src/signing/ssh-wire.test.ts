import { describe, expect, it } from "vitest";
import { decodeBase64, MalformedError, mpint, string, uint32, WireReader } from "./ssh-wire.ts";

const hex = (text: string) => Buffer.from(text, "hex");

describe("mpint", () => {
  // RFC 4251, section 5, and its neighbours
  it.each([
    ["00", "00000000"],
    ["09a378f9b2e332a7", "0000000809a378f9b2e332a7"],
    ["80", "000000020080"],
    ["0080", "000000020080"],
    ["00007f", "000000017f"],
  ])("of %s is written as %s", (magnitude, written) => {
    expect(mpint(hex(magnitude)).toString("hex")).toBe(written);
  });

  it.each(["7f", "80", "ff00", "0100"])("%s comes back", (magnitude) => {
    expect(new WireReader(mpint(hex(magnitude))).mpint("number").toString("hex")).toBe(magnitude);
  });

  it.each([
    ["zero", "00000000", "out of range"],
    ["a negative number", "0000000180", "negative"],
    ["a superfluous zero", "00000002007f", "shortest form"],
    ["a lone zero", "0000000100", "shortest form"],
    ["16,392 bits", `00000802${"7f".repeat(2050)}`, "out of range"],
  ])("refuses %s", (_, bytes, reason) => {
    expect(() => new WireReader(hex(bytes)).mpint("number")).toThrow(reason);
  });
});

describe("WireReader", () => {
  it("never reads past the end", () => {
    const reads = [
      (reader: WireReader) => reader.string("part"),
      (reader: WireReader) => reader.uint32("part"),
      (reader: WireReader) => reader.take(4, "part"),
    ];
    for (const bytes of ["", "000000", "0000", "00"]) {
      for (const read of reads) expect(() => read(new WireReader(hex(bytes)))).toThrow(MalformedError);
    }
    expect(() => new WireReader(hex("00000002ff")).string("part")).toThrow("it ends inside the part");
    expect(() => new WireReader(hex("ffffffff")).string("part")).toThrow("it ends inside the part");
  });

  it("reads a view into a larger buffer", () => {
    const whole = Buffer.concat([Buffer.alloc(3, 0xff), string("ssh-ed25519"), uint32(7)]);
    const reader = new WireReader(whole.subarray(3));
    expect(reader.name("name")).toBe("ssh-ed25519");
    expect(reader.uint32("number")).toBe(7);
    expect(() => reader.end("number")).not.toThrow();
  });

  it.each(["", "a b", "a\0", "ü", "x".repeat(65)])("takes no name like %j", (text) => {
    expect(() => new WireReader(string(text)).name("name")).toThrow("the name is not a name");
  });
});

it.each(["YQ", "YQ=", "YR==", "YQ==\n", " YQ==", "YQ==YQ==", "Y-_=", "YQ==="])("base64 %j is not canonical", (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
