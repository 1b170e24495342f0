import { describe, expect, it } from "vitest";
import { armor, dearmor } from "./armor.ts";

const header = "-----BEGIN SSH SIGNATURE-----";
const footer = "-----END SSH SIGNATURE-----";
const blob = Buffer.alloc(200, "abc");
const base64 = blob.toString("base64");
const wrapped = (width: number) => (base64.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n");
const good = armor(blob);

describe("armor", () => {
  it("is written as OpenSSH writes it", () => {
    expect(good).toBe(`${header}\n${wrapped(70)}\n${footer}\n`);
    expect(dearmor(good)).toEqual(blob);
  });

  it.each([64, 70, 76])("is read when wrapped at %i", (width) => {
    expect(dearmor(`${header}\n${wrapped(width)}\n${footer}\n`)).toEqual(blob);
  });

  it.each([
    ["nothing", "", "does not start with"],
    ["text before", `hello\n${good}`, "does not start with"],
    ["a byte order mark", `\ufeff${good}`, "does not start with"],
    ["text after", `${good}hello\n`, "does not end with one newline"],
    ["an empty line after", `${good}\n`, "does not end with one newline"],
    ["no newline at the end", good.trimEnd(), "does not end with one newline"],
    ["a second signature", `${good}${good}`, "more than one signature"],
    ["carriage returns", good.replaceAll("\n", "\r\n"), "does not start with"],
    ["one carriage return", good.replace("\n-----END", "\r\n-----END"), "carriage returns"],
    ["no footer", good.slice(0, -30), "has no line"],
    ["nothing inside", `${header}\n${footer}\n`, "not evenly wrapped"],
    ["an empty line inside", `${header}\n\n${wrapped(70)}\n${footer}\n`, "not evenly wrapped"],
    ["uneven lines", `${header}\n${wrapped(70).replace("\n", "")}\n${footer}\n`, "not evenly wrapped"],
    ["short lines", `${header}\n${wrapped(40)}\n${footer}\n`, "not evenly wrapped"],
    ["one long line", `${header}\n${base64}\n${footer}\n`, "not evenly wrapped"],
    ["a blank in a line", good.replace("YWJj", "YW j"), "not base64"],
    ["no padding", good.replace("=", ""), "not base64"],
    ["spare bits", good.replace("I=\n", "J=\n"), "not base64"],
    ["base64url", good.replace("YWJj", "YW-_"), "not base64"],
    ["megabytes", `${header}\n${"A".repeat(1_000_000)}\n${footer}\n`, "too long"],
  ])("with %s is refused", (_, text, reason) => {
    expect(text).not.toBe(good);
    expect(() => dearmor(text)).toThrow(reason);
  });
});
