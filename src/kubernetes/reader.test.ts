import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { kubernetesRoutes } from "../../tests/support/kubernetes-routes.ts";

const version = { major: "1", minor: "36", gitVersion: "v1.36.3" };

describe("reads", () => {
  it("sends the token, names itself, and gives status, headers and raw body", async () => {
    const { loopback, reader, connection } = await connectedLoopback(
      () => ({ body: version, headers: { "X-Kubernetes-Pf-Flowschema-Uid": "u" } }),
      {},
      { version: "1.2.3" },
    );
    const answer = await reader.get("/version?x=1");
    expect(answer).toMatchObject({
      ok: true,
      value: { status: 200, headers: { "x-kubernetes-pf-flowschema-uid": "u" }, body: JSON.stringify(version) },
    });
    expect(await reader.json("/version")).toEqual({ ok: true, value: version });
    expect(loopback.requests[0]).toMatchObject({
      path: "/version?x=1",
      headers: {
        authorization: "Bearer loopback-token",
        "user-agent": "scs-conformance/1.2.3",
        accept: "application/json",
      },
    });
    expect(connection.requests).toMatchObject([
      { method: "GET", path: "/version?x=1", status: 200, attempt: 1, bytes: JSON.stringify(version).length },
      { path: "/version" },
    ]);
  });

  it("takes a status for an answer only when asked to", async () => {
    const { reader } = await connectedLoopback(() => ({ status: 500, body: "[-]etcd failed\n" }));
    expect(await reader.get("/readyz?verbose", { answers: [500] })).toMatchObject({
      ok: true,
      value: { status: 500, body: "[-]etcd failed\n" },
    });
    expect(await reader.get("/readyz?verbose")).toMatchObject({ ok: false, reason: "server-error" });
  });

  it("sends nothing of ours when anonymous", async () => {
    const { loopback, reader } = await connectedLoopback(
      ({ clientName }) => ({ body: { clientName: clientName ?? "nobody" } }),
      {
        clientCertificates: true,
      },
    );
    expect(await reader.json("/version")).toEqual({ ok: true, value: { clientName: "loopback-user" } });
    expect(await reader.json("/version", { anonymous: true })).toEqual({ ok: true, value: { clientName: "nobody" } });
    expect(loopback.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each([
    ["an IPv6 address", { address: "::1" }, "IPv6"],
    ["a path prefix", { pathPrefix: "/k8s/clusters/c-1" }, "IPv4"],
    ["a server name that only tls-server-name knows", { serverName: "api.example.test" }, "IPv4"],
  ] as const)("reaches %s", async (_, server, family) => {
    const { reader, connection } = await connectedLoopback(({ url }) => ({ body: url.pathname }), server);
    expect(await reader.get("/readyz")).toMatchObject({ ok: true, value: { body: "/readyz" } });
    expect(connection.endpoint.family).toBe(family);
    expect(connection.requests[0]?.path).toBe("/readyz");
  });

  it("asks for gzip where it pays, and unpacks it", async () => {
    const text = "line\n".repeat(10_000);
    const { loopback, reader, connection } = await connectedLoopback(
      () => ({ body: text }),
      { gzip: true },
      { compression: true },
    );
    expect(await reader.get("/metrics")).toMatchObject({ ok: true, value: { body: text } });
    expect(loopback.requests[0]?.headers["accept-encoding"]).toBe("gzip");
    expect(connection.requests[0]?.bytes).toBeLessThan(1_000);
  });

  it("uses few connections for many requests, and keeps to a rate", async () => {
    const { loopback, reader } = await connectedLoopback(() => ({ body: version }), {}, { maxRequestsPerSecond: 500 });
    const readings = await Promise.all(Array.from({ length: 30 }, () => reader.json("/version")));
    await Promise.all([reader.get("/version", { anonymous: true }), reader.handshake()]);
    expect(readings.every((reading) => reading.ok)).toBe(true);
    expect(loopback.requests).toHaveLength(31);
    expect(loopback.connections).toBeLessThanOrEqual(5);
  });

  it("lets nobody ask for what is not a path", async () => {
    const { reader } = await connectedLoopback(() => ({ body: version }));
    await expect(reader.get("version")).rejects.toThrow("not a path");
    await expect(reader.get("/version\r\nx: y")).rejects.toThrow("not a path");
  });
});

describe("kubernetesRoutes behind the reader", () => {
  it("reads objects and says what is not served", async () => {
    const { reader } = await connectedLoopback(kubernetesRoutes({ "/version": version }));
    expect(await reader.json("/version")).toEqual({ ok: true, value: version });
    expect(await reader.json("/apis/x")).toMatchObject({ ok: false, reason: "not-served" });
  });
});
