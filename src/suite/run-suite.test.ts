import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { actingOver } from "../../tests/support/acting.ts";
import { connectedLoopback } from "../../tests/support/connected-loopback.ts";
import { imported } from "../../tests/support/e2e-results.ts";
import { statusObject } from "../../tests/support/loopback-response.ts";
import { type ObjectStore, objectStore, put } from "../../tests/support/object-store.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";
import type { JsonObject } from "../model/json.ts";
import { beginSuite, finishSuite, type SuiteRequest } from "./run-suite.ts";

const uid = "6a0a8a6e-4d8a-4b76-9c0e-0f7f0a1d2c3b";
const junit =
  '<testsuites><testsuite name="Kubernetes e2e suite" timestamp="2026-11-20T10:00:00" time="61.5"><properties><property name="DryRun" value="false"/></properties>' +
  '<testcase name="[It] [sig-network] Netpol API should support creating NetworkPolicy API operations" status="passed" time="1.5"></testcase></testsuite></testsuites>';
const log = "Running Suite: Kubernetes e2e suite\nWill run 1 of 3206 specs\n• [1.5 seconds]\n";

/** An API server that makes a pod of each Job, whose suite has ended already, and serves what it left. */
function cluster(files: { readonly [name: string]: object } = {}) {
  const store = objectStore();
  put(store, "/api/v1/namespaces/kube-system");
  store.objects.set("/api/v1/namespaces/kube-system", { metadata: { name: "kube-system", uid } });
  const served: { readonly [name: string]: object } = {
    "e2e.log": { status: 200, headers: { "content-type": "text/plain" }, body: log },
    "junit_01.xml": { status: 200, headers: { "content-type": "text/xml" }, body: junit },
    ...files,
  };
  store.before = ({ method, url, body }) => {
    if (url.pathname === "/version") return { body: { gitVersion: "v1.37.2+k3s1" } };
    const file = /:8001\/proxy\/results\/(.+)$/.exec(url.pathname)?.[1];
    if (file !== undefined) return served[file];
    if (url.pathname.endsWith("/log")) return { status: 200, headers: { "content-type": "text/plain" }, body: "" };
    if (method === "POST" && url.pathname.endsWith("/jobs"))
      addPod(store, url.pathname, JSON.parse(body) as JsonObject);
    return undefined;
  };
  return store;
}

const suite = {
  name: "suite",
  image: "registry.k8s.io/conformance:v1.37.2",
  imageID: `registry.k8s.io/conformance@sha256:${"a".repeat(64)}`,
  state: { terminated: { exitCode: 0 } },
};

function addPod(store: ObjectStore, jobs: string, job: JsonObject): void {
  const { name } = job.metadata as { readonly name: string };
  const pods = jobs.replace("/apis/batch/v1/", "/api/v1/").replace(/jobs$/, "pods");
  put(store, `${pods}/${name}-x1`, {
    metadata: { labels: { "batch.kubernetes.io/job-name": name } },
    status: { phase: "Running", containerStatuses: [suite] },
  });
}

async function begun(store: ObjectStore, request: Partial<SuiteRequest> = {}) {
  const { connection, reader, loopback } = await connectedLoopback(store.handler);
  const run = actingOver(connection);
  const begin = () => beginSuite(reader, run.actor, { kind: "networkpolicy", registries: [], ...request });
  return { reader, loopback, run, begin };
}

const following = {
  signal: new AbortController().signal,
  onEvent: () => undefined,
  milliseconds: 1,
  patienceMilliseconds: 60_000,
  silenceMilliseconds: 60_000,
};

const objectOf = (store: ObjectStore, pattern: RegExp): JsonObject | undefined =>
  [...store.objects].find(([name]) => pattern.test(name))?.[1] as JsonObject | undefined;

describe("a run of the suite", () => {
  it("makes a Job and a binding, brings its files, names the cluster, and leaves nothing", async () => {
    const store = cluster();
    const { reader, run, begin } = await begun(store);
    const place = await begin();
    if (!place.ok) throw new Error(place.message);
    expect(objectOf(store, /^\/api\/v1\/namespaces\/scs-conformance-[^/]+$/)?.metadata).toMatchObject({
      labels: { "scs-conformance/suite": "networkpolicy", "pod-security.kubernetes.io/enforce": "restricted" },
    });
    expect(objectOf(store, /\/clusterrolebindings\//)).toMatchObject({
      roleRef: { kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", namespace: place.value.namespace, name: run.actor.name("suite") }],
      metadata: { ownerReferences: [{ kind: "Namespace", name: place.value.namespace }] },
    });
    const folder = scratchFolder();
    expect(await finishSuite(reader, place.value, folder, following)).toEqual({
      ran: expect.objectContaining({ ok: true, value: expect.objectContaining({ exitCode: 0 }) }),
    });
    expect(await imported(folder)).toMatchObject({
      tool: `scs-conformance, registry.k8s.io/conformance:v1.37.2@sha256:${"a".repeat(64)}`,
      clusterUid: uid,
      kubernetesVersion: "v1.37.2+k3s1",
      finishedAt: "2026-11-20T10:01:01Z",
      executed: 1,
      networkPolicy: { minor: "1.37", required: 51, failed: [] },
    });
    expect(await run.end(1_000)).toEqual({ created: 4, remains: [] });
    // what lies in the namespace goes with it, in other API groups as well
    expect([...store.objects.keys()].filter((name) => !name.includes("/namespaces/scs-conformance-"))).toEqual([
      "/api/v1/namespaces/kube-system",
    ]);
  });

  it("takes upstream's image of exactly the server's release, and one spec after the other", async () => {
    const store = cluster();
    const { begin } = await begun(store, { kind: "full" });
    expect(await begin()).toMatchObject({ ok: true });
    const job = JSON.stringify(objectOf(store, /\/jobs\//));
    expect(job).toContain('"image":"registry.k8s.io/conformance:v1.37.2"');
    expect(job).toContain(
      '{"name":"E2E_PARALLEL","value":"false"},{"name":"E2E_FOCUS","value":"\\\\[Conformance\\\\]"},{"name":"E2E_SKIP","value":""}',
    );
    expect(job).toContain('"activeDeadlineSeconds":21600');
    expect(job).not.toContain("flake-attempts");
    expect(job).not.toContain("KUBE_TEST_REPO_LIST");
  });

  it("maps registries for the image and for the specs' images", async () => {
    const store = cluster();
    const registries = [{ from: "registry.k8s.io", to: "mirror.example:5000/k8s" }];
    const { begin } = await begun(store, { registries });
    expect(await begin()).toMatchObject({ ok: true });
    expect(objectOf(store, /\/configmaps\//)).toMatchObject({
      data: {
        "repositories.yaml": expect.stringContaining('promoterE2eRegistry: "mirror.example:5000/k8s/e2e-test-images"'),
      },
    });
    const job = JSON.stringify(objectOf(store, /\/jobs\//));
    expect(job).toContain('"image":"mirror.example:5000/k8s/conformance:v1.37.2"');
    expect(job).toContain('{"name":"KUBE_TEST_REPO_LIST","value":"/etc/e2e/repositories.yaml"}');
  });

  it.each([
    ["a Sonobuoy", "sonobuoy", {}, "kube-sonobuoy", "e2e", "not started beside Sonobuoy in the namespace sonobuoy"],
    [
      "a Hydrophone",
      "conformance",
      {},
      "output-container",
      "conformance-container",
      "not started beside Hydrophone in the namespace conformance",
    ],
    [
      "a full run of ours",
      "scs-conformance-xxxxx",
      { "scs-conformance/suite": "full" },
      "results",
      "suite",
      "not started beside a run of this suite in the namespace scs-conformance-xxxxx",
    ],
  ])(
    "does not begin beside %s at work, but beside what that left",
    async (_, namespace, labels, keeper, working, message) => {
      const store = cluster();
      put(store, `/api/v1/namespaces/${namespace}`, {
        metadata: { labels, creationTimestamp: "2026-11-01T00:00:00Z" },
      });
      const statuses = (state: JsonObject): readonly JsonObject[] => [
        { name: keeper, state: { running: {} } },
        { name: working, state },
      ];
      const pod = `/api/v1/namespaces/${namespace}/pods/one`;
      put(store, pod, { status: { phase: "Running", containerStatuses: statuses({ running: {} }) } });
      const { begin, run } = await begun(store);
      expect(await begin()).toEqual({ ok: false, reason: "not-given", message });
      expect(await run.end(1_000)).toEqual({ created: 0, remains: [] });
      put(store, pod, { status: { phase: "Running", containerStatuses: statuses({ terminated: {} }) } });
      const later = await begun(store);
      expect(await later.begin()).toMatchObject({ ok: true });
      expect(store.objects.has(pod)).toBe(true);
    },
  );

  it.each([
    ["may make no binding", "POST", /clusterrolebindings$/, 403, "forbidden"],
    ["is refused the Job by an admission", "POST", /jobs$/, 422, "server-error"],
    ["may not look for other runs", "GET", /\/api\/v1\/namespaces$/, 403, "forbidden"],
    ["may not read the version", "GET", /\/version$/, 403, "forbidden"],
  ])("%s: an answer with its reason, and nothing is left", async (_, method, pattern, status, reason) => {
    const store = cluster();
    const { before } = store;
    store.before = (request) =>
      request.method === method && pattern.test(request.url.pathname)
        ? { status, body: statusObject(status, "no") }
        : before(request);
    const { begin, run } = await begun(store);
    expect(await begin()).toMatchObject({ ok: false, reason });
    expect(await run.end(1_000)).toMatchObject({ remains: [] });
    expect([...store.objects.keys()]).toEqual(["/api/v1/namespaces/kube-system"]);
  });

  it.each([
    ["are not served", { status: 503, body: "no endpoints" }, "server-error"],
    ["are cut off", { status: 200, headers: { "content-type": "text/plain" }, body: log, fault: "cut" }, "unreachable"],
  ])(
    "results that %s are no results; no half file is left, and they are not thrown away",
    async (_, answer, reason) => {
      const { reader, begin } = await begun(cluster({ "e2e.log": answer }));
      const place = await begin();
      if (!place.ok) throw new Error(place.message);
      const folder = scratchFolder();
      expect(await finishSuite(reader, place.value, folder, following)).toMatchObject({
        ran: { ok: false, reason, message: expect.stringMatching(/^the results could not be fetched: /) },
        unfetched: true,
      });
      expect(readdirSync(path.join(folder))).toEqual(["junit_01.xml"]);
    },
  );

  it("brings files as they are: lines of megabytes, and what is no UTF-8", async () => {
    const long = `<system-out>${"x".repeat(3 * 1024 * 1024)}</system-out></testcase>`;
    const files = {
      "junit_01.xml": { status: 200, body: junit.replace("</testcase>", long) },
      "e2e.log": { status: 200, body: Buffer.concat([Buffer.from(log), Buffer.from([0xff, 0xfe, 0x0a])]) },
    };
    const { reader, begin } = await begun(cluster(files));
    const place = await begin();
    if (!place.ok) throw new Error(place.message);
    const folder = scratchFolder();
    expect(await finishSuite(reader, place.value, folder, following)).toMatchObject({ ran: { ok: true } });
    for (const [name, { body }] of Object.entries(files))
      expect(readFileSync(path.join(folder, name)).equals(Buffer.from(body)), name).toBe(true);
    expect(await imported(folder)).toMatchObject({ executed: 1, networkPolicy: { failed: [] } });
  });

  it("asks again for files that are not served for a while", async () => {
    const store = cluster();
    const answered = store.before;
    let refusals = 0;
    store.before = (request) => {
      if (!request.url.pathname.endsWith("/e2e.log") || refusals === 3) return answered(request);
      refusals += 1;
      return { status: 503, body: "no endpoints" };
    };
    const { reader, begin } = await begun(store);
    const place = await begin();
    if (!place.ok) throw new Error(place.message);
    expect(await finishSuite(reader, place.value, scratchFolder(), following)).toMatchObject({ ran: { ok: true } });
    expect(refusals).toBe(3);
  });
});
