import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";

describe("bodies", () => {
  it.each([
    ["broken JSON", { body: "{" }, "malformed"],
    ["bytes that are not UTF-8", { body: new Uint8Array([0x22, 0xff, 0x22]) }, "malformed"],
    ["a compression nobody asked for", { body: "{}", headers: { "content-encoding": "br" } }, "malformed"],
    ["bytes that are not gzip", { body: "{}", headers: { "content-encoding": "gzip" } }, "malformed"],
    ["more than the limit", { body: " ".repeat(2_000) }, "too-large"],
    ["a Content-Length short of the body", { body: '{"a":1}', headers: { "content-length": "3" } }, "malformed"],
  ] as const)("%s is %s", async (_, response, reason) => {
    const { reader } = await connectedLoopback(() => response);
    expect(await reader.json("/x", { maxBytes: 1_000 })).toMatchObject({ ok: false, reason });
  });

  it("stops a gzip bomb at the limit, and a body without length too", async () => {
    const { reader } = await connectedLoopback(
      () => ({ body: Buffer.alloc(20_000_000, 32) }),
      { gzip: true },
      { compression: true },
    );
    expect(await reader.get("/bomb", { maxBytes: 1_000_000 })).toMatchObject({ ok: false, reason: "too-large" });
    const chunked = await connectedLoopback(() => ({
      body: " ".repeat(2_000),
      headers: { "transfer-encoding": "chunked" },
    }));
    expect(await chunked.reader.get("/x", { maxBytes: 1_000 })).toMatchObject({ ok: false, reason: "too-large" });
  });

  it("streams lines across pieces, with and without a last line feed", async () => {
    const text = `${Array.from({ length: 20_000 }, (_, index) => `metric{é="${index}"} ${index}`).join("\n")}\n\nlast`;
    const { reader } = await connectedLoopback(() => ({ body: text }));
    const lines: string[] = [];
    expect(await reader.lines("/metrics", (line) => lines.push(line))).toEqual({ ok: true, value: { lines: 20_002 } });
    expect(lines.join("\n")).toBe(text);
  });

  it("does not show lines twice, and hands on what the caller throws", async () => {
    const { reader, loopback } = await connectedLoopback(() => ({ body: "a\n".repeat(1_000), fault: "cut" }));
    expect(await reader.lines("/metrics", () => undefined)).toMatchObject({ ok: false, reason: "unreachable" });
    expect(loopback.requests).toHaveLength(1);
    const thrower = () => {
      throw new Error("mine");
    };
    await expect(reader.lines("/metrics", thrower)).rejects.toThrow("mine");
  });

  it("refuses a line without end", async () => {
    const { reader } = await connectedLoopback(() => ({ body: "x".repeat(3_000_000) }));
    expect(await reader.lines("/metrics", () => undefined)).toMatchObject({ ok: false, reason: "malformed" });
  });
});
