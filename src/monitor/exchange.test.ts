import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { startLoopbackServer } from "../../tests/support/loopback-server.ts";
import { monitorAddress } from "./address.ts";
import { type Exchange, exchangeWith } from "./exchange.ts";

const never = new AbortController().signal;
const credentials = { account: "me", token: "bWU6c2VjcmV0" };

function exchangeAt(url: string, timeout = 10_000, signal = never): Exchange {
  return exchangeWith({ address: monitorAddress(url), credentials, timeout, signal, environment: {} });
}

async function served(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const get = { method: "GET", path: "reports/x" } as const;

describe("a request to the monitor", () => {
  test("carries credentials, the exact content type and the exact bytes", async () => {
    const seen: { headers?: IncomingMessage["headers"]; url?: string; body?: string } = {};
    const url = await served((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        Object.assign(seen, { headers: request.headers, url: request.url, body: Buffer.concat(parts).toString() });
        response.end("null");
      });
    });
    const body = "signature\n&---\nwörter\n";
    const contentType = "application/x-signed-yaml";
    const answer = await exchangeAt(`${url}/below/`)({ method: "POST", path: "reports", contentType, body });
    expect(answer).toEqual({ status: 200, text: "null" });
    expect(seen).toMatchObject({ url: "/below/reports", body });
    expect(seen.headers).toMatchObject({
      authorization: "Basic bWU6c2VjcmV0",
      "content-type": contentType,
      "content-length": String(Buffer.byteLength(body)),
      accept: "application/json",
    });
  });

  test("is not carried on by a redirect", async () => {
    const reached: string[] = [];
    const elsewhere = await served((request, response) => {
      reached.push(request.url ?? "");
      response.end();
    });
    const url = await served((_, response) => response.writeHead(307, { location: `${elsewhere}/x?y` }).end());
    expect(await exchangeAt(url)(get)).toEqual({ status: 307, text: "", redirect: elsewhere });
    const nowhere = await served((_, response) => response.writeHead(302).end());
    expect(await exchangeAt(nowhere)(get)).toEqual({ status: 302, text: "", redirect: "nowhere" });
    expect(reached).toEqual([]);
  });

  test.each<[name: string, handler: (request: IncomingMessage, response: ServerResponse) => void]>([
    ["cut before an answer", (request) => request.socket.destroy()],
    [
      "cut in the middle of one",
      (request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("half", () => request.socket.destroy());
      },
    ],
  ])("that is %s", async (_, handler) => {
    expect(await exchangeAt(await served(handler))(get)).toMatchObject({ reason: "unreachable", broken: true });
  });

  test.each<[name: string, handler: (request: IncomingMessage, response: ServerResponse) => void]>([
    ["never", () => undefined],
    ["by halves", (_, response) => void response.writeHead(200, { "content-length": "100" }).write("half")],
  ])("that is answered %s ends after its time", async (_, handler) => {
    expect(await exchangeAt(await served(handler), 200)(get)).toMatchObject({ reason: "timeout" });
  });

  test("to nobody was not sent", async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(await exchangeAt(`http://127.0.0.1:${port}`)(get)).toMatchObject({ reason: "unreachable", broken: false });
  });

  test("to a certificate that nobody vouches for was not sent", async () => {
    const server = await startLoopbackServer(() => ({ status: 200, body: "null" }));
    onTestFinished(() => server.close());
    expect(await exchangeAt(server.url)(get)).toMatchObject({ reason: "tls" });
    expect(server.requests).toEqual([]);
  });

  test("ends with its signal", async () => {
    const controller = new AbortController();
    const url = await served(() => controller.abort());
    expect(await exchangeAt(url, 10_000, controller.signal)(get)).toMatchObject({
      reason: "timeout",
      message: expect.stringContaining("the run was over") as string,
    });
  });
});
