import { request } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { forbidden, kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { type LoopbackHandler, type LoopbackOptions, startLoopbackServer } from "../support/loopback-server.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(handler: LoopbackHandler, options?: LoopbackOptions) {
  const server = await startLoopbackServer(handler, options);
  open.push(server);
  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number | undefined; body: string; date: string | undefined }>((resolve, reject) => {
      const url = new URL(server.url + path);
      const call = request(url, { ca: server.caPem, headers, agent: false }, (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (text) => {
          body += text;
        });
        answer.on("end", () => resolve({ status: answer.statusCode, body, date: answer.headers.date }));
        answer.on("error", reject);
      });
      call.on("error", reject);
      call.end();
    });
  return { server, get };
}

const pods = Array.from({ length: 5 }, (_, index) => ({
  metadata: { name: `pod-${index}`, labels: { parity: index % 2 === 0 ? "even" : "odd" } },
  spec: {},
}));

describe("startLoopbackServer", () => {
  it.each(["127.0.0.1", "::1"] as const)(
    "serves with a certificate that its own CA vouches for, on %s",
    async (address) => {
      const { server, get } = await start(() => ({ body: { hello: 1 } }), { address });
      const answer = await get("/version?x=1");
      expect(answer).toMatchObject({ status: 200, body: '{"hello":1}' });
      expect(answer.date).toBeDefined();
      expect(server.requests).toMatchObject([{ method: "GET", path: "/version?x=1" }]);
      expect(server.connections).toBe(1);
    },
  );

  it("answers an unknown path as an API server does", async () => {
    const { get } = await start(() => undefined);
    const answer = await get("/apis/nothing");
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ kind: "Status", reason: "NotFound", code: 404 });
  });

  it("cuts the path prefix off and refuses what lies outside", async () => {
    const { server, get } = await start(({ url }) => ({ body: url.pathname }), { pathPrefix: "/k8s/c" });
    expect((await get("/version")).body).toBe("/version");
    expect(server.kubeconfig).toContain(`${server.url}\n`);
    expect(server.url.endsWith("/k8s/c")).toBe(true);
  });

  it.each(["reset", "cut", "never-tls"] as const)("fault %s breaks the call", async (fault) => {
    const { get } = await start(() => ({ body: "0123456789", fault }));
    await expect(get("/")).rejects.toThrow();
  });
});

describe("kubernetesRoutes", () => {
  const accept = { accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" };

  it("pages, continues and selects by label", async () => {
    const { get } = await start(kubernetesRoutes({ "/api/v1/pods": pods }));
    const first = JSON.parse((await get("/api/v1/pods?limit=2")).body);
    expect(first).toMatchObject({ metadata: { remainingItemCount: 3 }, items: [{}, {}] });
    const second = JSON.parse((await get(`/api/v1/pods?limit=3&continue=${first.metadata.continue}`)).body);
    expect(second.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
      "pod-2",
      "pod-3",
      "pod-4",
    ]);
    expect(second.metadata.continue).toBeUndefined();
    const odd = JSON.parse((await get("/api/v1/pods?labelSelector=parity%3Dodd")).body);
    expect(odd.items).toHaveLength(2);
    const all = JSON.parse((await get("/api/v1/pods?limit=2&resourceVersion=0")).body);
    expect(all.items).toHaveLength(5);
  });

  it("says null for an empty metadata list, and [] for an empty full one", async () => {
    const { get } = await start(kubernetesRoutes({ "/api/v1/pods": [] }));
    expect(JSON.parse((await get("/api/v1/pods", accept)).body).items).toBeNull();
    expect(JSON.parse((await get("/api/v1/pods")).body).items).toEqual([]);
  });

  it("expires a continue token once, and obeys overrides", async () => {
    const { get } = await start(
      kubernetesRoutes(
        { "/api/v1/pods": pods },
        { expireOnce: ["/api/v1/pods"], overrides: { "/api/v1/nodes": forbidden() } },
      ),
    );
    expect((await get("/api/v1/pods?limit=2&continue=Mg")).status).toBe(410);
    expect((await get("/api/v1/pods?limit=2&continue=Mg")).status).toBe(200);
    expect((await get("/api/v1/nodes")).status).toBe(403);
  });
});
