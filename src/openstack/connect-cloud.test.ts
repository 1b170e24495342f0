import { describe, expect, it, onTestFinished } from "vitest";
import { createCertificateAuthority } from "../../tests/support/certificates.ts";
import { startLoopbackProxy } from "../../tests/support/loopback-proxy.ts";
import type { LoopbackResponse } from "../../tests/support/loopback-response.ts";
import { connectedCloud } from "../../tests/support/openstack/connected-cloud.ts";
import { applicationSecret, password, project } from "../../tests/support/openstack/imitation.ts";
import { connectCloud } from "./connect-cloud.ts";

const server = "84e2b49d-39a9-4d32-9100-e62161c236db";
const contents = { servers: [{ id: server, hostId: "h1" }] };
const path = `/servers/${server}`;

describe("who we are", () => {
  it.each(["loopback", "by-password", "by-token"])("%s is let in, with one token for all services", async (cloud) => {
    const { reader, requests } = await connectedCloud({ contents }, { cloud });
    const [one, two] = await Promise.all([
      reader.get("compute", path, { microversion: "2.71" }),
      reader.list("network", "/v2.0/floatingips", "floatingips"),
    ]);
    expect(one).toEqual({ ok: true, value: { server: contents.servers[0] } });
    expect(two).toEqual({ ok: true, value: [] });
    expect(requests.map(({ method, path: shown }) => `${method} ${shown}`).sort()).toEqual([
      "GET /compute/servers/{id}",
      "GET /network/v2.0/floatingips?limit=500",
      "POST /identity/v3/auth/tokens",
    ]);
  });

  it("is asked once when it is refused, however many want to read", async () => {
    const { reader, requests } = await connectedCloud({ contents }, { cloud: "wrong-password" });
    const readings = await Promise.all([1, 2, 3].map(() => reader.get("compute", path)));
    const refusal = { ok: false, reason: "unauthorized", message: "Keystone answered 401" };
    expect(readings).toEqual([refusal, refusal, refusal]);
    expect(requests).toHaveLength(1);
  });

  it("is told in the form of Identity API v3", async () => {
    const bodies: unknown[] = [];
    const instead = ({ method, body }: { method: string; body: string }) => {
      if (method === "POST") bodies.push(JSON.parse(body));
      return undefined;
    };
    for (const cloud of ["loopback", "by-password"]) {
      const { reader } = await connectedCloud({ contents, instead }, { cloud });
      await reader.get("compute", path);
    }
    const credential = { id: "b5b3a3", secret: applicationSecret };
    const user = { name: "alice", domain: { name: "Default" }, password };
    const scope = { project: { name: "kaas", domain: { id: "default" } } };
    expect(bodies).toEqual([
      { auth: { identity: { methods: ["application_credential"], application_credential: credential } } },
      { auth: { identity: { methods: ["password"], password: { user } }, scope } },
    ]);
  });
});

describe("a token that ends in the middle", () => {
  it("is replaced once, for all who wait", async () => {
    const { reader, requests } = await connectedCloud({ contents, requestsPerToken: 3 });
    const readings = await Promise.all([1, 2, 3, 4, 5].map(() => reader.get("compute", path)));
    expect(readings.every(({ ok }) => ok)).toBe(true);
    expect(requests.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  it("is unauthorized when the new one is refused as well", async () => {
    const { reader, requests } = await connectedCloud({ contents, requestsPerToken: 0 });
    expect(await reader.get("compute", path)).toMatchObject({ reason: "unauthorized", message: "Nova answered 401" });
    expect(requests.map(({ status }) => status)).toEqual([201, 401, 201, 401]);
  });
});

describe("refusals and faults", () => {
  const only = (response: LoopbackResponse) => ({
    instead: (_: unknown, asked: string) => (asked.startsWith("/compute") ? response : undefined),
  });
  it.each<[string, LoopbackResponse, string, string]>([
    ["403", { status: 403 }, "forbidden", "Nova answered 403"],
    ["404", { status: 404 }, "not-found", "Nova answered 404"],
    ["406", { status: 406 }, "not-served", "Nova answered 406"],
    ["429 without end", { status: 429 }, "server-error", "Nova answered 429"],
    ["503 without end", { status: 503 }, "server-error", "Nova answered 503"],
    [
      "a redirect",
      { status: 302, headers: { location: "https://evil.invalid" } },
      "malformed",
      "Nova answered with a redirect (302), which is not followed",
    ],
    ["no JSON", { body: "<html>" }, "malformed", "Nova's answer is not JSON"],
    ["not UTF-8", { body: Buffer.from([0x22, 0xff, 0x22]) }, "malformed", "the answer is not UTF-8"],
    ["half an answer", { body: "0123456789", fault: "cut" }, "unreachable", "the connection to Nova was broken off"],
  ])("%s", async (_, response, reason, message) => {
    const { reader } = await connectedCloud(only(response));
    expect(await reader.get("compute", path)).toEqual({ ok: false, reason, message });
  });

  it("is a timeout when a service hangs, and the others are not kept waiting", async () => {
    const { reader } = await connectedCloud(only({ fault: "hang-after-accept" }), { requestTimeoutMilliseconds: 200 });
    const [nova, neutron] = await Promise.all([
      reader.get("compute", path),
      reader.list("network", "/v2.0/floatingips", "floatingips"),
    ]);
    expect(nova).toEqual({ ok: false, reason: "timeout", message: "Nova did not answer within 200 ms" });
    expect(neutron).toEqual({ ok: true, value: [] });
  });

  it("ends with the overall deadline", async () => {
    const { reader } = await connectedCloud(only({ fault: "hang-after-accept" }), { overallTimeoutMilliseconds: 150 });
    const readings = [await reader.get("compute", path), await reader.get("compute", path)];
    expect(readings).toMatchObject([{ reason: "timeout" }, { reason: "timeout" }]);
  });

  it("is too large beyond the limit", async () => {
    const { reader } = await connectedCloud(only({ body: `"${"x".repeat(5000)}"` }));
    expect(await reader.get("compute", path, { maxBytes: 1000 })).toMatchObject({ reason: "too-large" });
  });

  it.each([
    ["no token", { status: 201, body: { token: {} } }, "Keystone's answer brings no token"],
    [
      "no description",
      { status: 201, headers: { "x-subject-token": "t0k3n" }, body: "[]" },
      "Keystone's answer does not describe its token",
    ],
  ])("%s from Keystone is malformed", async (_, response, message) => {
    const { reader } = await connectedCloud({ instead: () => response });
    expect(await reader.get("compute", path)).toEqual({ ok: false, reason: "malformed", message });
  });

  it("does not trust a certificate of another authority, and reaches nobody who is gone", async () => {
    const other = await createCertificateAuthority();
    const strange = await connectedCloud({ trusted: other.pem });
    expect(await strange.reader.get("compute", path)).toMatchObject({ ok: false, reason: "tls" });
    const { reader, imitation } = await connectedCloud();
    await imitation.server.close();
    const message = "Keystone's address refuses connections";
    expect(await reader.get("compute", path)).toEqual({ ok: false, reason: "unreachable", message });
  });
});

describe("what is sent and kept", () => {
  it("states the microversion, sends nothing but GET and one POST, and logs no id", async () => {
    const { reader, imitation, requests } = await connectedCloud({ contents });
    await reader.get("compute", path, { microversion: "2.71" });
    await reader.get("volume", "/types?name=secret-name&limit=3", { microversion: "3.0" });
    const sent = imitation.server.requests;
    expect(sent.map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
    expect(sent.map(({ headers }) => headers["openstack-api-version"])).toEqual([
      undefined,
      "compute 2.71",
      "volume 3.0",
    ]);
    expect(JSON.stringify(requests)).not.toMatch(new RegExp(`${server}|${project}|secret-name|gAAAA`));
    expect(requests[2]).toMatchObject({ method: "GET", path: "/volume/types?name=...&limit=3", status: 200 });
  });

  it("names what must stand in no output", async () => {
    const { reader, confidential } = await connectedCloud({ contents }, { cloud: "by-password" });
    await reader.get("compute", path);
    expect(confidential).toEqual(expect.arrayContaining([password, "alice", "gAAAAABloopback-token-1"]));
  });

  it("goes through the proxy of the environment", async () => {
    const name = "cloud.example.test";
    const { imitation } = await connectedCloud({ contents, name });
    const proxy = await startLoopbackProxy(imitation.server.port);
    const connection = connectCloud({
      cloud: "loopback",
      environment: { ...imitation.environment, HTTPS_PROXY: proxy.url },
    });
    onTestFinished(() => connection.close());
    expect((await connection.reader.get("compute", path)).ok).toBe(true);
    expect(proxy.tunnels.map(({ target }) => target)).toContain(`${name}:${imitation.server.port}`);
  });
});

describe("lists", () => {
  const flavors = Array.from({ length: 1203 }, (_, n) => ({ id: `f${n}`, name: `m${n}` }));
  it("come page by page", async () => {
    const { reader, requests } = await connectedCloud({ contents: { flavors } });
    const reading = await reader.list("compute", "/flavors/detail", "flavors");
    expect(reading).toEqual({ ok: true, value: flavors });
    expect(requests.slice(1).map(({ path: shown }) => shown)).toEqual([
      "/compute/flavors/detail?limit=500",
      "/compute/flavors/detail?limit=500&marker=...",
      "/compute/flavors/detail?limit=500&marker=...",
    ]);
  });

  it.each<[string, object, string]>([
    ["without elements", {}, "malformed"],
    ["of texts", { flavors: ["a"] }, "malformed"],
    ["without end", { flavors: [{ id: "a" }], flavors_links: [{ rel: "next" }] }, "malformed"],
  ])("%s are %s", async (_, body, reason) => {
    const instead = (__: unknown, asked: string) => (asked.startsWith("/compute") ? { body } : undefined);
    const { reader } = await connectedCloud({ instead });
    expect(await reader.list("compute", "/flavors/detail", "flavors")).toMatchObject({ ok: false, reason });
  });
});
