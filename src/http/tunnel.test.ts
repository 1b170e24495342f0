import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLoopbackProxy } from "../../tests/support/loopback-proxy.ts";
import { startLoopbackServer } from "../../tests/support/loopback-server.ts";
import { type ConnectOptions, connect } from "../kubernetes/connect.ts";

/** A server known by a name that only the proxy can reach. */
async function behindProxy(
  answer: Parameters<typeof startLoopbackProxy>[1],
  how: "environment" | "proxy-url",
  user = "",
) {
  const loopback = await startLoopbackServer(() => ({ body: "ok" }), { serverName: "api.example.test" });
  onTestFinished(() => loopback.close());
  const proxy = await startLoopbackProxy(loopback.port, answer);
  const url = proxy.url.replace("//", `//${user}`);
  const kubeconfig = join(loopback.folder, "behind-proxy");
  const text = loopback.kubeconfig
    .replace(loopback.url, "https://api.example.test:6443")
    .replace(
      "tls-server-name: api.example.test",
      how === "proxy-url" ? `proxy-url: ${url}` : "insecure-skip-tls-verify: false",
    );
  writeFileSync(kubeconfig, text);
  const options: ConnectOptions = {
    kubeconfig,
    environment: how === "environment" ? { https_proxy: url } : {},
    requestTimeoutMilliseconds: answer === "silence" ? 150 : 5_000,
  };
  const connection = await connect(options);
  onTestFinished(() => connection.close());
  return { proxy, loopback, reader: connection.reader, confidential: connection.confidential };
}

describe("reads through a proxy", () => {
  it.each(["environment", "proxy-url"] as const)("tunnels by %s, with TLS to the server itself", async (how) => {
    const { proxy, loopback, reader, confidential } = await behindProxy("connect", how, "us%20er:pass@");
    for (let count = 0; count < 3; count += 1) {
      expect(await reader.get("/version")).toMatchObject({ ok: true, value: { body: "ok" } });
    }
    const authorization = `Basic ${Buffer.from("us er:pass").toString("base64")}`;
    expect(proxy.tunnels).toEqual([{ target: "api.example.test:6443", authorization }]);
    expect(loopback.requests[0]?.headers).toMatchObject({ host: "api.example.test:6443" });
    expect(loopback.requests[0]?.headers["proxy-authorization"]).toBeUndefined();
    expect(await reader.handshake()).toMatchObject({ ok: true, value: { trusted: true } });
    expect(await reader.handshake({ family: "IPv6" })).toMatchObject({ ok: false, reason: "not-served" });
    expect(confidential).toContain("pass");
  });

  it.each([
    [407, "unreachable", "the proxy asks for credentials; put them into its URL"],
    [502, "unreachable", "the proxy answered 502 instead of connecting to the API server"],
    ["garbage", "unreachable", "the proxy does not answer like an HTTP proxy"],
    ["close", "unreachable", "the proxy closed the connection"],
    ["silence", "timeout", undefined],
  ] as const)("a proxy with %s", async (answer, reason, message) => {
    const { reader } = await behindProxy(answer, "proxy-url");
    const expected = { ok: false, reason, ...(message === undefined ? {} : { message }) };
    expect(await reader.get("/version")).toMatchObject(expected);
    expect(await reader.handshake()).toMatchObject(expected);
  });
});
