import { afterEach, describe, expect, test } from "vitest";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { fill } from "../../testbed/load.ts";
import {
  bare,
  hosted,
  kubeadmLike,
  rbacPoor,
  singleMachine,
  throttled,
  twoApiServersDifferentFlags,
} from "../../testbed/variants.ts";

interface Listed {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
    readonly spec: { readonly containers?: readonly { readonly command?: readonly string[] }[] };
    readonly status: { readonly nodeInfo?: { readonly bootID: string }; readonly phase?: string };
  }[];
}

const controlPlaneRole = "node-role.kubernetes.io/control-plane";
const throttling = /^--(max-requests-inflight|max-mutating-requests-inflight|min-request-timeout)=/;

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

async function started(starting: Promise<ControlPlane>): Promise<ControlPlane> {
  const cluster = await starting;
  stop = () => cluster.stop();
  return cluster;
}

async function list(cluster: ControlPlane, path: string): Promise<Listed["items"]> {
  return ((await cluster.api.json("GET", path)) as Listed).items;
}

/** Names of the static pods that show the flag, without node names. */
async function podsWith(cluster: ControlPlane, flag: RegExp): Promise<string[]> {
  const pods = await list(cluster, "/api/v1/namespaces/kube-system/pods");
  return pods
    .filter((pod) => pod.spec.containers?.[0]?.command?.some((one) => flag.test(one)))
    .map((pod) => pod.metadata.name);
}

async function bootIds(cluster: ControlPlane): Promise<number> {
  const nodes = await list(cluster, "/api/v1/nodes");
  const masters = nodes.filter((node) => node.metadata.labels?.[controlPlaneRole] !== undefined);
  return new Set(masters.map((node) => node.status.nodeInfo?.bootID)).size;
}

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("the named clusters", () => {
  test("kubeadm-like with kwok: five nodes on machines of their own, everything in kube-system runs", async () => {
    const cluster = await started(kubeadmLike({ apiServers: 1, withKwok: true }));
    expect(await list(cluster, "/api/v1/nodes")).toHaveLength(5);
    expect(await bootIds(cluster)).toBe(3);
    const pods = await list(cluster, "/api/v1/namespaces/kube-system/pods");
    expect(pods).toHaveLength(24);
    expect(pods.filter((pod) => pod.status.phase !== "Running")).toEqual([]);
    expect(await podsWith(cluster, /^--auto-compaction-mode=periodic$/)).toEqual([
      "etcd-cp-1",
      "etcd-cp-2",
      "etcd-cp-3",
    ]);
    const [storage] = await list(cluster, "/apis/storage.k8s.io/v1/storageclasses");
    expect(storage).toMatchObject({ provisioner: "cinder.csi.openstack.org" });
  });

  test("static pods name no place of this machine", async () => {
    const cluster = await started(singleMachine());
    const pods = await list(cluster, "/api/v1/namespaces/kube-system/pods");
    expect(JSON.stringify(pods)).not.toContain(cluster.folder);
    expect(await bootIds(cluster)).toBe(1);
  });

  test("throttled: flags and EventRateLimit on the one API server", async () => {
    const cluster = await started(throttled());
    expect(await podsWith(cluster, throttling)).toEqual(["kube-apiserver-cp-1"]);
    expect(await podsWith(cluster, /EventRateLimit/)).toEqual(["kube-apiserver-cp-1"]);
    const metrics = await cluster.api.request("GET", "/metrics");
    expect(metrics.body).toMatch(
      /^apiserver_admission_controller_admission_duration_seconds_count\{name="EventRateLimit"/m,
    );
  });

  test("two API servers, one of which lacks the flags", async () => {
    const cluster = await started(twoApiServersDifferentFlags());
    expect(await podsWith(cluster, throttling)).toEqual(["kube-apiserver-cp-1"]);
    expect(await podsWith(cluster, /^--service-account-issuer=/)).toHaveLength(2);
  });

  test("hosted: workers only, nothing in kube-system", async () => {
    const cluster = await started(hosted());
    expect((await list(cluster, "/api/v1/nodes")).map((node) => node.metadata.name)).toEqual([
      "worker-1",
      "worker-2",
      "worker-3",
    ]);
    expect(await list(cluster, "/api/v1/namespaces/kube-system/pods")).toEqual([]);
  });

  test("bare: empty, and can be filled", async () => {
    const cluster = await started(bare({ withControllerManager: false, withScheduler: false }));
    expect(await list(cluster, "/api/v1/nodes")).toEqual([]);
    const api = await cluster.connect({ connections: 16 });
    await fill(api, { nodes: 20, pods: 60, namespaces: 3, parallel: 16 });
    api.close();
    expect(await list(cluster, "/api/v1/nodes")).toHaveLength(20);
    expect(await list(cluster, "/api/v1/namespaces/load-002/pods")).toHaveLength(20);
  });

  test("poor users: one may nothing, the other all but nodes", async () => {
    const { cluster, nobody, noNodes } = await rbacPoor();
    stop = () => cluster.stop();
    const may = async (kubeconfig: string, what: string) =>
      (await cluster.kubectl(["--kubeconfig", kubeconfig, "auth", "can-i", "list", what]).catch(() => "no")).trim();
    expect(await may(nobody, "pods")).toBe("no");
    expect(await may(noNodes, "pods")).toBe("yes");
    expect(await may(noNodes, "nodes")).toBe("no");
  });
});
