import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actingOver } from "../../../tests/support/acting.ts";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { statusObject } from "../../../tests/support/loopback-response.ts";
import type { LoopbackRequest } from "../../../tests/support/loopback-server.ts";
import { objectStore, put } from "../../../tests/support/object-store.ts";

const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers: [] } });

async function begun(given: Parameters<typeof actingOver>[1] = {}) {
  const store = objectStore();
  const { connection, loopback } = await connectedLoopback(store.handler);
  const run = actingOver(connection, given);
  return { store, run, actor: run.actor, loopback };
}

/** Begun, with its namespace and a pod in it. */
async function withPod() {
  const all = await begun();
  const namespace = await all.actor.namespace();
  if (!namespace.ok) throw new Error(namespace.message);
  const path = `/api/v1/namespaces/${namespace.value}`;
  const name = all.actor.name("writer");
  const said = await all.actor.create(`${path}/pods`, pod(name));
  return { ...all, path, pod: `${path}/pods/${name}`, said };
}

const isMaking = ({ method, url }: LoopbackRequest, what: string) => method === "POST" && url.pathname.endsWith(what);

describe("making", () => {
  it.each<[string, number]>([
    ["an answer that was lost after it was carried out", 1],
    ["answers that are lost again and again", 2],
  ])("survives %s", async (_, times) => {
    const { store, run, actor } = await begun();
    let lost = 0;
    store.before = (request) => {
      if (!isMaking(request, "/namespaces") || lost === times) return undefined;
      lost += 1;
      if (lost === 1) {
        const object = JSON.parse(request.body) as { metadata: { name: string } };
        put(store, `/api/v1/namespaces/${object.metadata.name}`, object);
        put(store, `/api/v1/namespaces/${object.metadata.name}/serviceaccounts/default`);
      }
      return { fault: "reset" };
    };
    expect(await actor.namespace()).toEqual({ ok: true, value: `scs-conformance-${run.run}` });
    expect(await run.end(3_000)).toEqual({ created: 1, remains: [] });
    expect(store.objects.size).toBe(0);
  });

  it("does not take for its own what somebody else made under the name meanwhile", async () => {
    const { store, run, actor } = await begun();
    let lost = false;
    store.before = (request) => {
      if (!isMaking(request, "/namespaces") || lost) return undefined;
      lost = true;
      put(store, `/api/v1/namespaces/scs-conformance-${run.run}`);
      return { fault: "reset" };
    };
    expect(await actor.namespace()).toMatchObject({ ok: false });
    expect(await run.end(3_000)).toMatchObject({ created: 0, remains: [] });
    expect([...store.objects.keys()]).toEqual([`/api/v1/namespaces/scs-conformance-${run.run}`]);
  });

  it("waits when it is told to, and makes nothing twice", async () => {
    const { store, actor, loopback } = await begun();
    let told = false;
    store.before = (request) => {
      if (!isMaking(request, "/namespaces") || told) return undefined;
      told = true;
      return { status: 429, headers: { "retry-after": "0" }, body: statusObject(429, "slow down") };
    };
    expect(await actor.namespace()).toMatchObject({ ok: true });
    const making = loopback.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/namespaces"));
    expect(making).toHaveLength(2);
  });

  it.each([403, 409, 422])("hands on a refusal with %i", async (status) => {
    const { store, actor, run } = await begun();
    const namespace = await actor.namespace();
    store.before = (request) =>
      isMaking(request, "/pods") ? { status, body: statusObject(status, "quota") } : undefined;
    const path = `/api/v1/namespaces/${namespace.ok ? namespace.value : ""}/pods`;
    expect(await actor.create(path, pod(actor.name("a")))).toMatchObject({ ok: true, value: { status } });
    expect(await run.end(1_000)).toEqual({ created: 1, remains: [] });
  });

  it.each(["get", "list", "delete"])("makes no namespace that it may not %s", async (verb) => {
    const { store, actor, run } = await begun();
    store.before = ({ url, body }) => {
      if (!url.pathname.endsWith("/selfsubjectaccessreviews")) return undefined;
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes: { verb: string } } };
      return { status: 201, body: { status: { allowed: spec.resourceAttributes.verb !== verb } } };
    };
    expect(await actor.namespace()).toEqual({
      ok: false,
      reason: "forbidden",
      message: `nothing is made that could not be removed, and this user may not ${verb} it`,
    });
    expect(store.objects.size).toBe(0);
    expect(await run.end(1_000)).toEqual({ created: 0, remains: [] });
  });

  it.each([
    ["helper of the cluster", "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", "list flowschemas", "list it"],
    ["Deployment", "/apis/apps/v1/namespaces/tenant/deployments", "list deployments", "list it"],
    ["Deployment", "/apis/apps/v1/namespaces/tenant/deployments", "list pods", "list its pods"],
  ])("makes no %s in %s without the right to %s", async (_, collection, right, lacking) => {
    const { store, actor, run } = await begun({ namespace: "tenant" });
    store.before = ({ url, body }) => {
      if (!url.pathname.endsWith("/selfsubjectaccessreviews")) return undefined;
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes: { verb: string; resource: string } } };
      const { verb, resource } = spec.resourceAttributes;
      return { status: 201, body: { status: { allowed: `${verb} ${resource}` !== right } } };
    };
    const object = pod(actor.name("a"));
    const making = collection.includes("/namespaces/")
      ? actor.create(collection, object)
      : actor.createClusterScoped(collection, object);
    expect(await making).toEqual({
      ok: false,
      reason: "forbidden",
      message: `nothing is made that could not be removed, and this user may not ${lacking}`,
    });
    expect(store.objects.size).toBe(0);
    expect(await run.end(1_000)).toEqual({ created: 0, remains: [] });
  });

  it("says that it may not make a namespace, and leaves nothing to clean up", async () => {
    const { store, actor, run, loopback } = await begun();
    store.before = (request) =>
      isMaking(request, "/namespaces") ? { status: 403, body: statusObject(403, "no") } : undefined;
    expect(await actor.namespace()).toMatchObject({ ok: false, reason: "forbidden" });
    expect(await actor.createClusterScoped("/apis/a.example/v1/things", pod(actor.name("a")))).toMatchObject({
      reason: "forbidden",
    });
    expect(await run.end(1_000)).toEqual({ created: 0, remains: [] });
    expect(loopback.requests.filter(({ path }) => path === "/api/v1/namespaces")).toHaveLength(1);
    expect(readdirSync(run.folder)).toEqual([]);
  });
});

describe("cleaning up", () => {
  it("goes on when the API server is silent for a while", async () => {
    const { store, run } = await withPod();
    let silent = 0;
    store.before = ({ method }) => {
      if (method !== "GET" || silent === 6) return undefined;
      silent += 1;
      return { fault: "reset" };
    };
    expect(await run.end(10_000)).toEqual({ created: 2, remains: [] });
    expect(store.objects.size).toBe(0);
  });

  it("names what it could not take away, why, and keeps the ledger", async () => {
    const { store, run, path } = await withPod();
    store.before = ({ method }) =>
      method === "DELETE" ? { status: 403, body: statusObject(403, "not you") } : undefined;
    const { created, remains } = await run.end(1_000);
    expect({ created, remains }).toMatchObject({ created: 2, remains: [{ path, because: /403/ }] });
    expect(remains).toHaveLength(1);
    expect(readdirSync(run.folder)).toHaveLength(1);
  });

  it("has an end when finalizers have none, and says what they are", async () => {
    const { store, run, path } = await withPod();
    store.held.add(path);
    const namespace = store.objects.get(path);
    if (namespace)
      namespace.status = {
        conditions: [
          {
            type: "NamespaceContentRemaining",
            status: "True",
            message: "Some resources are remaining: services. has 1 resource instances, pods. has 2 resource instances",
          },
          {
            type: "NamespaceFinalizersRemaining",
            status: "True",
            message:
              "Some content in the namespace has finalizers remaining: service.kubernetes.io/load-balancer-cleanup in 1 resource instances",
          },
        ],
      };
    const { remains } = await run.end(600);
    expect(remains).toEqual([
      {
        path,
        because:
          "it is being deleted and waits for services, pods and for the finalizers service.kubernetes.io/load-balancer-cleanup",
      },
    ]);
  });

  it("leaves what bears the name of an object that is gone", async () => {
    const { store, run, path } = await withPod();
    store.objects.delete(path);
    put(store, path);
    expect(await run.end(1_000)).toEqual({ created: 2, remains: [] });
    expect(store.objects.has(path)).toBe(true);
  });

  it("reports a volume that is retained, and waits for one that is not", async () => {
    const { store, run, path, actor } = await withPod();
    const claim = actor.name("data");
    await actor.create(`${path}/persistentvolumeclaims`, { kind: "PersistentVolumeClaim", metadata: { name: claim } });
    const namespace = path.split("/").at(-1) ?? "";
    const volume = (name: string, policy: string, claimed = namespace) =>
      put(store, `/api/v1/persistentvolumes/${name}`, {
        spec: { persistentVolumeReclaimPolicy: policy, claimRef: { namespace: claimed, name: claim } },
      });
    volume("pvc-kept", "Retain");
    volume("pvc-slow", "Delete");
    volume("pvc-foreign", "Retain", "somebody-else");
    const { created, remains } = await run.end(600);
    expect(created).toBe(3);
    expect(remains).toEqual([
      {
        path: "/api/v1/persistentvolumes/pvc-kept",
        because: "its class retains volumes, so that only you can delete it",
      },
      { path: "/api/v1/persistentvolumes/pvc-slow", because: "its claim is gone and the volume is not" },
    ]);
  });

  it("asks at the end for what bears its label, also what a controller made", async () => {
    const { store, run, actor } = await begun({ namespace: "tenant" });
    const deployments = "/apis/apps/v1/namespaces/tenant/deployments";
    const template = { metadata: { labels: { app: "a" } } };
    const name = actor.name("web");
    await actor.create(deployments, { kind: "Deployment", metadata: { name }, spec: { template } });
    const made = store.objects.get(`${deployments}/${name}`) as { spec?: { template?: { metadata: object } } };
    put(store, "/api/v1/namespaces/tenant/pods/web-1", { metadata: { ...made.spec?.template?.metadata } as never });
    put(store, "/api/v1/namespaces/tenant/pods/not-ours", {});
    const { remains } = await run.end(1_000);
    expect(remains).toEqual([
      { path: "/api/v1/namespaces/tenant/pods/web-1", because: "it still bears the run's label" },
    ]);
  });

  it("says where it may not ask for that, although each object was seen gone", async () => {
    const { store, run, actor } = await begun();
    const flows = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
    await actor.createClusterScoped(flows, { kind: "FlowSchema", metadata: { name: actor.name("reject") } });
    store.before = ({ method, url }) =>
      method === "GET" && url.pathname === flows ? { status: 403, body: statusObject(403, "not you") } : undefined;
    const { created, remains } = await run.end(1_000);
    expect(created).toBe(2);
    expect(remains).toEqual([
      { path: `${flows}/all`, because: expect.stringMatching(/^whether more of the run is there is not seen: .*403/) },
    ]);
    expect(store.objects.size).toBe(0);
  });

  it("asks that of no more than it made: the lists that the plan grants", async () => {
    const { run, actor, loopback } = await begun({ namespace: "tenant" });
    await actor.create("/api/v1/namespaces/tenant/configmaps", pod(actor.name("a")));
    expect(await run.end(1_000)).toEqual({ created: 1, remains: [] });
    const lists = loopback.requests.filter(({ path }) => path.includes("labelSelector="));
    expect(lists.map(({ path }) => path.split("?")[0])).toEqual(["/api/v1/namespaces/tenant/configmaps"]);
  });

  it("is hurried by an interrupt", async () => {
    const { store, run, path } = await withPod();
    store.held.add(path);
    const hurry = new AbortController();
    hurry.abort();
    const { remains } = await run.end(6_000, hurry.signal);
    expect(remains.map((one) => one.path)).toEqual([path]);
  });

  it("waits for what is being made, and makes nothing after", async () => {
    const { store, run, actor } = await begun();
    const making = actor.namespace();
    const ended = await run.end(5_000);
    await making;
    expect(ended.remains).toEqual([]);
    expect(store.objects.size).toBe(0);
    expect(await actor.createClusterScoped("/apis/a.example/v1/things", pod(actor.name("a")))).toMatchObject({
      ok: false,
    });
    expect(store.objects.size).toBe(0);
  });
});
