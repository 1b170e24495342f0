import { describe, expect, it } from "vitest";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { forbidden, notFound, unauthorized } from "../../tests/support/kubernetes-routes.ts";
import { type LoopbackResponse, statusObject } from "../../tests/support/loopback-response.ts";

describe("refusals", () => {
  const status = (code: number, message: string): LoopbackResponse => ({
    status: code,
    body: statusObject(code, message),
  });
  it.each([
    ["unauthorized", unauthorized, "the API server answered 401: Unauthorized"],
    [
      "forbidden",
      forbidden('nodes is forbidden: User "alice@example.com" cannot list'),
      "the API server answered 403: nodes is forbidden: the caller cannot list",
    ],
    [
      "forbidden",
      status(403, `bad\u001b[31m\u202e\n${"x".repeat(400)}`),
      `the API server answered 403: bad [31m ${"x".repeat(290)}…`,
    ],
    ["not-found", notFound(), 'the API server answered 404: configmaps "kubeadm-config" not found'],
    [
      "not-served",
      status(404, "the server could not find the requested resource"),
      "the API server answered 404: the server could not find the requested resource",
    ],
    ["not-served", { status: 404, body: "404 page not found\n" }, "the API server answered 404"],
    ["not-served", status(406, "only the following media types are accepted"), undefined],
    ["timeout", status(408, "late"), undefined],
    ["server-error", status(410, "gone"), undefined],
    [
      "server-error",
      status(500, "dial tcp 10.1.2.3:2379: see https://etcd.internal/x and [fd00::1]:2379"),
      "the API server answered 500: dial tcp (address): see (address) and (address)",
    ],
    [
      "malformed",
      { status: 302, headers: { location: "https://elsewhere.test/" } },
      "the API server answered with a redirect (302), which is not followed",
    ],
    ["forbidden", { status: 403, body: "x".repeat(500_000) }, "the API server answered 403"],
  ] as const)("%#: %s", async (reason, response, message) => {
    const { reader, loopback } = await connectedLoopback(() => response);
    const reading = await reader.get("/x");
    expect(reading).toMatchObject({ ok: false, reason, ...(message === undefined ? {} : { message }) });
    expect(loopback.requests).toHaveLength(1);
  });

  it.each([429, 502, 503, 504])("tries %i again, three times in all", async (code) => {
    const { reader, loopback, connection } = await connectedLoopback(() => ({
      ...status(code, "busy"),
      headers: { "retry-after": "1" },
    }));
    expect(await reader.get("/x")).toMatchObject({ ok: false, reason: code === 504 ? "timeout" : "server-error" });
    expect(loopback.requests).toHaveLength(3);
    expect(connection.requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it.each(["reset", "cut"] as const)("gets over one %s", async (fault) => {
    const { reader, connection } = await connectedLoopback(({ attempt }) =>
      attempt === 1 ? { body: "0123456789", fault } : { body: "fine" },
    );
    expect(await reader.get("/x")).toMatchObject({ ok: true, value: { body: "fine" } });
    expect(connection.requests).toHaveLength(2);
  });

  it.each(["reset", "cut"] as const)("gives up on one %s after another", async (fault) => {
    const { reader } = await connectedLoopback(() => ({ body: "0123456789", fault }));
    expect(await reader.get("/x")).toMatchObject({
      ok: false,
      reason: "unreachable",
      message: "the connection to the API server was broken off",
    });
  });

  it("says of a caller without rights that it may not, for every kind of read", async () => {
    const { reader } = await connectedLoopback(() => forbidden());
    const readings = [
      await reader.get("/x"),
      await reader.json("/x"),
      await reader.lines("/x", () => undefined),
      await reader.list(
        "/x",
        {},
        () => undefined,
        () => undefined,
      ),
    ];
    expect(readings.map((reading) => (reading.ok ? "" : reading.reason))).toEqual([
      "forbidden",
      "forbidden",
      "forbidden",
      "forbidden",
    ]);
  });
});
