import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actingOver } from "../../../tests/support/acting.ts";
import { connectedLoopback } from "../../../tests/support/connected-loopback.ts";
import { objectStore } from "../../../tests/support/object-store.ts";

async function acting(given: Parameters<typeof actingOver>[1] = {}) {
  const store = objectStore();
  const { connection, loopback } = await connectedLoopback(store.handler);
  const run = actingOver(connection, given);
  const { actor } = run;
  const pods = async () => {
    const namespace = await actor.namespace();
    if (!namespace.ok) throw new Error(namespace.message);
    return `/api/v1/namespaces/${namespace.value}/pods`;
  };
  return { store, loopback, connection, run, actor, pods };
}

const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers: [] } });

describe("an actor", () => {
  it("makes its namespace once, labelled, and objects in it, and takes all away again", async () => {
    const { store, run, actor, pods } = await acting();
    const name = actor.name("writer");
    const [said] = await Promise.all([actor.create(await pods(), pod(name)), actor.namespace()]);
    expect(said).toMatchObject({ ok: true, value: { status: 201 } });
    const namespace = store.objects.get(`/api/v1/namespaces/scs-conformance-${run.run}`);
    expect(namespace?.metadata).toMatchObject({
      labels: {
        "app.kubernetes.io/managed-by": "scs-conformance",
        "scs-conformance/run": run.run,
        "pod-security.kubernetes.io/enforce": "restricted",
      },
    });
    expect(store.objects.get(`${await pods()}/${name}`)?.metadata).toMatchObject({
      labels: { "scs-conformance/run": run.run },
      annotations: { "scs-conformance/object": `${await pods()}/${name}` },
    });
    expect(readdirSync(run.folder)).toHaveLength(1);
    expect(await run.end(1_000)).toEqual({ created: 2, remains: [] });
    expect([...store.objects.keys()]).toEqual([]);
    expect(readdirSync(run.folder)).toEqual([]);
  });

  it("gives a helper of the cluster to its namespace", async () => {
    const { store, run, actor } = await acting();
    const name = actor.name("reject");
    const flow = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
    await actor.createClusterScoped(flow, { kind: "FlowSchema", metadata: { name } });
    const namespace = store.objects.get(`/api/v1/namespaces/scs-conformance-${run.run}`);
    expect(store.objects.get(`${flow}/${name}`)?.metadata.ownerReferences).toEqual([
      { apiVersion: "v1", kind: "Namespace", name: namespace?.metadata.name, uid: namespace?.metadata.uid },
    ]);
    expect(await run.end(1_000)).toEqual({ created: 2, remains: [] });
    expect([...store.objects.keys()]).toEqual([]);
  });

  it("acts in the one namespace that was named, and leaves that", async () => {
    const { store, run, actor } = await acting({ namespace: "tenant" });
    expect(await actor.namespace()).toEqual({ ok: true, value: "tenant" });
    expect(await actor.namespace({ purpose: "peers" })).toMatchObject({ ok: false, reason: "not-given" });
    await actor.create("/api/v1/namespaces/tenant/pods", pod(actor.name("writer")));
    expect(store.objects.size).toBe(1);
    expect(await run.end(1_000)).toEqual({ created: 1, remains: [] });
    expect(store.objects.size).toBe(0);
  });

  it("throws when a probe leaves the run's own", async () => {
    const { actor, pods } = await acting();
    const own = await pods();
    expect(() => actor.create("/api/v1/namespaces/default/pods", pod(actor.name("a")))).toThrow("not a path in");
    await expect(actor.create(own, pod("without-the-run"))).rejects.toThrow("does not bear the run's name");
    await expect(actor.remove("/api/v1/namespaces/kube-system/pods/etcd")).rejects.toThrow("not a path in");
    await expect(actor.patch("/api/v1/nodes/a", {})).rejects.toThrow("not a path in");
  });
});
