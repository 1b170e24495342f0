import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ControlPlane, startControlPlane } from "../../testbed/control-plane.ts";
import { kubernetesVersion } from "../../testbed/recipe.ts";
import { commandLineOf } from "../support/command-line.ts";
import { withVictim } from "../support/victim.ts";

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";
const leases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

/** Starts a small control plane, says which processes it has, and waits to be killed. */
const victimSource = `
  import { startControlPlane } from "../../testbed/control-plane.ts";
  const cluster = await startControlPlane({ withControllerManager: false, withScheduler: false });
  const pids = [...cluster.processes.values()].map((running) => running.pid);
  console.log(JSON.stringify({ pids, folder: cluster.folder }));
  setInterval(() => {}, 1_000_000);
`;

const isRunning = (pid: number) => commandLineOf(pid) !== "";

describe.skipIf(skipped)("a control plane with two API servers", () => {
  let cluster: ControlPlane;

  beforeAll(async () => {
    const apiServers = [{ extraFlags: ["--max-requests-inflight=123"], eventRateLimit: true }, {}];
    cluster = await startControlPlane({ apiServers, dualStack: true });
  });
  afterAll(() => cluster?.stop());

  test("is ready and of the pinned release", async () => {
    for (const { api } of cluster.servers) {
      expect(await api.request("GET", "/readyz")).toEqual({ status: 200, body: "ok" });
      expect(await api.json("GET", "/version")).toMatchObject({ gitVersion: kubernetesVersion });
    }
  });

  test("has an identity lease per API server, and leaders", async () => {
    const list = (await cluster.api.json("GET", leases)) as {
      items: { metadata: { name: string; labels?: Record<string, string> } }[];
    };
    const servers = list.items.filter(
      ({ metadata }) => metadata.labels?.["apiserver.kubernetes.io/identity"] === "kube-apiserver",
    );
    expect(servers.map(({ metadata }) => metadata.labels?.["kubernetes.io/hostname"]).sort()).toEqual(["cp-1", "cp-2"]);
    const names = list.items.map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(["kube-controller-manager", "kube-scheduler"]));
  });

  test("advertises two addresses", async () => {
    const place = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes";
    const slice = (await cluster.api.json("GET", place)) as { endpoints: { addresses: string[] }[] };
    expect(slice.endpoints.flatMap(({ addresses }) => addresses).sort()).toEqual(["10.0.0.11", "10.0.0.12"]);
  });

  test("gives each API server its own flags", () => {
    const [first, second] = cluster.servers.map((server) => server.process.command);
    expect(first).toContain("--max-requests-inflight=123");
    expect(first).toContain("--enable-admission-plugins=NodeRestriction,EventRateLimit");
    expect(second).not.toContain("--max-requests-inflight=123");
    expect(second).toContain("--enable-admission-plugins=NodeRestriction");
  });

  test("knows users by their certificates and service accounts by their tokens", async () => {
    const jane = await cluster.connect({}, { name: "jane", groups: ["guests"] });
    const answer = await jane.request("GET", "/api/v1/nodes");
    jane.close();
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('User \\"jane\\"');
    const file = await cluster.serviceAccountKubeconfig("default", "default");
    await expect(cluster.kubectl(["--kubeconfig", file, "auth", "whoami"])).resolves.toContain(
      "system:serviceaccount:default:default",
    );
    await expect(cluster.kubectl(["get", "nothings"])).rejects.toThrow(/kubectl get nothings failed: .*nothings/);
  });

  test("ends with stop: no process, no folder", async () => {
    const pids = [...cluster.processes.values()].map((running) => running.pid);
    expect(pids.every(isRunning)).toBe(true);
    await cluster.stop();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(existsSync(cluster.folder)).toBe(false);
  });
});

describe.skipIf(skipped)("what goes wrong at the start", () => {
  test("an API server that does not start is named, with the end of its log", async () => {
    const options = { apiServers: [{ extraFlags: ["--no-such-flag=1"] }] };
    await expect(startControlPlane(options)).rejects.toThrow(
      /kube-apiserver-1 ended with exit code 1[\s\S]*no-such-flag/,
    );
  });

  test("a control plane that takes too long is given up", async () => {
    await expect(startControlPlane({ startTimeoutMs: 0 })).rejects.toThrow(/Time is over for "kube-apiserver-1/);
  });
});

test.skipIf(skipped)("nothing stays when the process that started it is killed", async () => {
  await withVictim(victimSource, async ({ said, kill }) => {
    const { pids, folder } = said as { readonly pids: readonly number[]; readonly folder: string };
    expect(pids.filter(isRunning)).toHaveLength(2);
    kill();
    const left = () => ({ running: pids.filter(isRunning), folder: existsSync(folder) });
    await expect.poll(left, { timeout: 20_000, interval: 50 }).toEqual({ running: [], folder: false });
  });
});
