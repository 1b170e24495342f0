import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { tooManyRequests } from "../../tests/support/kubernetes-routes.ts";

const short = { requestTimeoutMilliseconds: 150 };

describe("silence", () => {
  it.each([
    ["no TLS handshake", {}, { neverTls: true }, "the API server did not finish the TLS handshake within 150 ms"],
    ["no answer", { fault: "hang-after-accept" }, {}, "the API server did not answer within 150 ms"],
    [
      "headers and half a body",
      { body: "0123456789", fault: "hang-after-headers" },
      {},
      "the API server did not go on with its answer within 150 ms",
    ],
    [
      "a body byte by byte",
      { body: "0".repeat(1_000), fault: "drip" },
      {},
      "the API server did not go on with its answer within 150 ms",
    ],
  ] as const)("%s is a timeout, asked once", async (_, response, server, message) => {
    const { reader, connection } = await connectedLoopback(() => response, server, short);
    expect(await reader.get("/version")).toEqual({ ok: false, reason: "timeout", message });
    expect(connection.requests).toHaveLength(1);
  });

  it("does not count the wait for a turn", async () => {
    const { reader } = await connectedLoopback(
      () => ({ body: "ok", delayMilliseconds: 60 }),
      {},
      { requestTimeoutMilliseconds: 1_000 },
    );
    const readings = await Promise.all(Array.from({ length: 60 }, () => reader.get("/version")));
    expect(readings.filter((reading) => !reading.ok)).toEqual([]);
  });

  it("lets a slow but living body finish", async () => {
    const { reader } = await connectedLoopback(
      () => ({ body: "0123456789", fault: "drip" }),
      {},
      { requestTimeoutMilliseconds: 3_000 },
    );
    expect(await reader.get("/version")).toMatchObject({ ok: true, value: { body: "0123456789" } });
  });
});

describe("the end of the run", () => {
  it("ends what is under way, what waits for its turn, and what waits to be tried again", async () => {
    const controller = new AbortController();
    const { reader, loopback } = await connectedLoopback(
      ({ url }) => {
        if (url.pathname === "/busy") return tooManyRequests(3600);
        return { fault: "hang-after-accept" };
      },
      {},
      { signal: controller.signal, retries: { longestMilliseconds: 3_600_000 } },
    );
    const busy = reader.get("/busy");
    await expect.poll(() => loopback.requests.length).toBe(1);
    const hanging = Array.from({ length: 6 }, () => reader.get("/version"));
    const aside = reader.get("/version", { anonymous: true });
    await expect.poll(() => loopback.requests.length).toBe(5);
    controller.abort();
    for (const reading of await Promise.all([...hanging, aside]))
      expect(reading).toMatchObject({ ok: false, reason: "timeout" });
    expect(await busy).toMatchObject({ ok: false, reason: "server-error", message: expect.stringContaining("429") });
    expect(await reader.get("/version")).toMatchObject({ ok: false, reason: "timeout" });
    expect(await reader.handshake()).toMatchObject({ ok: false, reason: "timeout" });
    expect(loopback.requests).toHaveLength(5);
  });

  it.each([
    ["the overall deadline", () => ({ overallTimeoutMilliseconds: 300 })],
    ["a timeout signal that nobody else holds", () => ({ signal: AbortSignal.timeout(300) })],
  ])("comes with %s, whatever the garbage collector does meanwhile", async (_, options) => {
    const { reader } = await connectedLoopback(() => ({ fault: "hang-after-accept" }), {}, options());
    const hanging = reader.get("/version");
    setFlagsFromString("--expose-gc");
    for (let round = 0; round < 3; round += 1) {
      await pause(20);
      runInNewContext("gc")();
    }
    expect(await hanging).toMatchObject({
      ok: false,
      reason: "timeout",
      message: expect.stringContaining("the run was over"),
    });
  });

  it("closes every connection", async () => {
    const { reader, connection } = await connectedLoopback(() => ({ fault: "hang-after-accept" }));
    const hanging = reader.get("/version");
    connection.close();
    expect(await hanging).toMatchObject({ ok: false, reason: "timeout" });
  });
});

describe("unreachable servers", () => {
  it("names a closed port", async () => {
    const { reader, loopback } = await connectedLoopback(() => ({ body: "ok" }));
    await loopback.close();
    expect(await reader.get("/version")).toEqual({
      ok: false,
      reason: "unreachable",
      message: "the API server's address refuses connections",
    });
  });
});
