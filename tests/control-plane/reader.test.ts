import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Connection, type ConnectOptions, connect } from "../../src/kubernetes/connect.ts";
import { type ControlPlane, startControlPlane } from "../../testbed/control-plane.ts";
import { kubernetesVersion } from "../../testbed/recipe.ts";

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";
const namespaces = 25;

describe.skipIf(skipped)("the reader on a real API server", () => {
  let cluster: ControlPlane;

  beforeAll(async () => {
    cluster = await startControlPlane({ withControllerManager: false, withScheduler: false });
    const made = Array.from({ length: namespaces }, (_, index) =>
      cluster.api.json("POST", "/api/v1/namespaces", {
        metadata: { name: `many-${index}`, labels: { many: "yes" }, annotations: { filler: "x".repeat(20_000) } },
      }),
    );
    await Promise.all(made);
  });
  afterAll(() => cluster?.stop());

  const open = async (kubeconfig: string, options: ConnectOptions = {}): Promise<Connection> => {
    const connection = await connect({ kubeconfig, environment: {}, ...options });
    onTestFinished(() => connection.close());
    return connection;
  };

  test("gives raw JSON, headers, text and metrics line by line", async () => {
    const { reader } = await open(await cluster.kubeconfig());
    expect(await reader.json("/version")).toMatchObject({ ok: true, value: { gitVersion: kubernetesVersion } });
    const namespace = await reader.get("/api/v1/namespaces/kube-system");
    expect(namespace).toMatchObject({
      ok: true,
      value: { headers: { "x-kubernetes-pf-flowschema-uid": expect.any(String) } },
    });
    expect(await reader.get("/readyz?verbose", { answers: [500] })).toMatchObject({
      ok: true,
      value: { body: expect.stringContaining("[+]etcd ok") },
    });
    const flagz = "application/json;v=v1beta1;g=config.k8s.io;as=Flagz";
    expect(await reader.json("/flagz", { accept: flagz })).toMatchObject({ ok: true, value: { kind: "Flagz" } });
    let seats = 0;
    const metrics = await reader.lines("/metrics", (line) => {
      if (line.startsWith("apiserver_flowcontrol_nominal_limit_seats{")) seats += 1;
    });
    expect(metrics).toMatchObject({ ok: true });
    expect(seats).toBeGreaterThan(1);
  });

  test.each([
    { compression: false, metadataOnly: false },
    { compression: true, metadataOnly: true },
  ])("pages through a list, %j", async ({ compression, metadataOnly }) => {
    const { reader, requests } = await open(await cluster.kubeconfig(), { compression });
    const names: unknown[] = [];
    const listed = await reader.list(
      "/api/v1/namespaces",
      { limit: 10, labelSelector: "many=yes", metadataOnly },
      (namespace) => names.push(namespace),
      () => names.splice(0),
    );
    expect(listed).toMatchObject({ ok: true, value: { count: namespaces, serverTime: expect.stringMatching(/Z$/) } });
    expect(names).toHaveLength(namespaces);
    expect(requests).toHaveLength(3);
    const empty = await reader.list(
      "/api/v1/pods",
      { metadataOnly: true },
      () => undefined,
      () => undefined,
    );
    expect(empty).toMatchObject({ ok: true, value: { count: 0 } });
    const bytes = requests.slice(0, 3).reduce((sum, request) => sum + request.bytes, 0);
    expect(bytes > 400_000).toBe(!compression);
  });

  test("tells what is not there from what is not served", async () => {
    const { reader } = await open(await cluster.kubeconfig());
    expect(await reader.json("/api/v1/namespaces/nothing")).toMatchObject({ ok: false, reason: "not-found" });
    expect(await reader.json("/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses")).toMatchObject({
      ok: false,
      reason: "not-served",
    });
    expect(await reader.json("/api/v1/nothings")).toMatchObject({ ok: false, reason: "not-served" });
    expect(await reader.json("/flagz", { accept: "application/json" })).toMatchObject({
      ok: false,
      reason: "not-served",
    });
  });

  test("says what a caller without rights may not, without the caller's name", async () => {
    const { reader } = await open(await cluster.kubeconfig({ name: "nobody-of-note" }));
    expect(await reader.json("/version")).toMatchObject({ ok: true });
    const nodes = await reader.list(
      "/api/v1/nodes",
      {},
      () => undefined,
      () => undefined,
    );
    expect(nodes).toMatchObject({
      ok: false,
      reason: "forbidden",
      message: expect.stringContaining('cannot list resource "nodes"'),
    });
    expect(JSON.stringify(nodes)).not.toContain("nobody-of-note");
    expect(await reader.get("/metrics")).toMatchObject({ ok: false, reason: "forbidden" });
  });

  test("sends a token, or nothing when asked to be anonymous; a wrong token is unauthorized", async () => {
    await cluster.api.json("POST", "/api/v1/namespaces/default/serviceaccounts", { metadata: { name: "poor" } });
    const file = await cluster.serviceAccountKubeconfig("default", "poor");
    const { reader } = await open(file);
    expect(await reader.get("/apis")).toMatchObject({ ok: true });
    expect(await reader.get("/apis", { anonymous: true })).toMatchObject({ ok: false, reason: "forbidden" });
    expect(await reader.get("/readyz", { anonymous: true })).toMatchObject({ ok: true, value: { body: "ok" } });
    const wrong = join(cluster.folder, "wrong-token.kubeconfig");
    writeFileSync(wrong, readFileSync(file, "utf8").replace(/token: .+/, "token: not-a-token"));
    expect(await (await open(wrong)).reader.get("/apis")).toMatchObject({ ok: false, reason: "unauthorized" });
  });

  test("shows the serving chain over the cluster's own CA", async () => {
    const { reader, endpoint } = await open(await cluster.kubeconfig());
    const peer = await reader.handshake();
    expect(peer).toMatchObject({ ok: true, value: { trusted: true, family: "IPv4" } });
    const [leaf] = peer.ok ? peer.value.chain : [];
    expect(new X509Certificate(leaf ?? "").subjectAltName).toContain("kubernetes.default.svc");
    expect(endpoint.family).toBe("IPv4");
  });

  test("asks thirty things over few connections", async () => {
    const { reader } = await open(await cluster.kubeconfig());
    const readings = await Promise.all(Array.from({ length: 30 }, () => reader.json("/api/v1/namespaces/kube-system")));
    expect(readings.every((reading) => reading.ok)).toBe(true);
  });
});
