import { describe, expect, test } from "vitest";
import { fromPair, fromToken } from "./credentials.ts";

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");

describe("credentials", () => {
  test.each([
    ["my-cloud-1.37:secret", "my-cloud-1.37"],
    ["a:b:c", "a"],
    ["Wolke Süd:schlüssel", "Wolke Süd"],
  ])("of a token are those of %s", (pair, account) => {
    expect(fromToken(`${base64(pair)}\n`)).toEqual({ account, token: base64(pair) });
    expect(fromPair(pair)).toEqual({ account, token: base64(pair) });
  });

  test.each([
    ["nothing", ""],
    ["the pair as it is", "my-cloud:secret"],
    ["base64 without a colon", base64("my-cloud")],
    ["no user", base64(":secret")],
    ["no key", base64("my-cloud:")],
    ["a line break", base64("my-cloud:sec\nret")],
    ["no UTF-8 text", Buffer.from([0xff, 0x3a, 0x00]).toString("base64")],
    ["two lines", `${base64("a:b")}\n${base64("a:b")}`],
    ["a header", `Basic ${base64("a:b")}`],
  ])("are not read from %s", (_, token) => {
    expect(fromToken(token)).toBeUndefined();
  });

  test.each(["", ":", "a:", ":b", "a", "a:b\r\nx: y"])("are not made of %j", (pair) => {
    expect(fromPair(pair)).toBeUndefined();
  });
});
