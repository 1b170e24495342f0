/** One cluster of real nodes, and what every test on such clusters relies on: kubelets, networks, volumes, policies. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { kubernetesVersion } from "../../testbed/recipe.ts";
import { httpByBash } from "../support/http-by-bash.ts";
import { addressesOf, connects, runIn, startPod } from "../support/node-pods.ts";
import { noTraces, tracesOf } from "../support/node-traces.ts";

interface NodeObject {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly status: {
    readonly addresses: readonly { readonly type: string; readonly address: string }[];
    readonly nodeInfo: Readonly<Record<string, string>>;
    readonly conditions: readonly { readonly type: string; readonly status: string }[];
  };
}

const namespace = "real-nodes-test";
let cluster: RealNodes;

beforeAll(async () => {
  cluster = await realNodes();
  await cluster.kubectl(["create", "namespace", namespace]);
});
afterAll(() => cluster?.stop());

async function listed<T>(place: string): Promise<readonly T[]> {
  return ((await cluster.api.json("GET", place)) as { readonly items: readonly T[] }).items;
}

describe("nodes", () => {
  test("are Ready, of the pinned release, with addresses of both families and ids of their own", async () => {
    const nodes = await listed<NodeObject>("/api/v1/nodes");
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(["cp-1", "worker-1", "worker-2"]);
    for (const { status } of nodes) {
      expect(status.conditions.find(({ type }) => type === "Ready")?.status).toBe("True");
      expect(status.nodeInfo.kubeletVersion).toBe(kubernetesVersion);
      expect(status.addresses.filter(({ type }) => type === "InternalIP")).toHaveLength(2);
    }
    for (const id of ["machineID", "bootID", "systemUUID"]) {
      expect(new Set(nodes.map(({ status }) => status.nodeInfo[id])).size, id).toBe(3);
    }
  });

  test("run the control plane as static pods, whose mirror pods are seen", async () => {
    const pods = await listed<{
      metadata: { name: string; annotations?: Record<string, string>; ownerReferences?: { kind: string }[] };
      spec: { containers: { command: string[] }[] };
    }>("/api/v1/namespaces/kube-system/pods?labelSelector=tier%3Dcontrol-plane");
    const components = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(components.map((name) => `${name}-cp-1`));
    for (const { metadata, spec } of pods) {
      expect(metadata.annotations?.["kubernetes.io/config.source"]).toBe("file");
      expect(metadata.ownerReferences?.map(({ kind }) => kind)).toEqual(["Node"]);
      expect(spec.containers[0]?.command.join(" ")).not.toContain("/tmp/");
    }
  });

  test("answer on loopback as kubeadm's do, and to the API server", async () => {
    const [first] = cluster.nodes;
    await expect(first?.run(httpByBash("127.0.0.1", 2381, "/health"))).resolves.toContain('"health":"true"');
    const config = (await cluster.api.json("GET", "/api/v1/nodes/worker-1/proxy/configz")) as {
      kubeletconfig: { readOnlyPort?: number; authentication: { anonymous: { enabled: boolean } } };
    };
    expect(config.kubeletconfig.authentication.anonymous.enabled).toBe(false);
  });
});

describe("pods", () => {
  beforeAll(async () => {
    const claim = (name: string, storageClassName: string, mode: string) => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace },
      spec: { storageClassName, accessModes: [mode], resources: { requests: { storage: "1Gi" } } },
    });
    const claims = [claim("everywhere", "network", "ReadWriteMany"), claim("here", "local", "ReadWriteOnce")];
    await cluster.apply(claims.map((object) => JSON.stringify(object)).join("\n---\n"));
    await Promise.all([
      startPod(cluster, namespace, { name: "one", node: "worker-1", claims: { "/everywhere": "everywhere" } }),
      startPod(cluster, namespace, { name: "near", node: "worker-1" }),
      startPod(cluster, namespace, {
        name: "far",
        node: "worker-2",
        claims: { "/everywhere": "everywhere", "/here": "here" },
      }),
    ]);
  });

  test("reach each other by both families, on one node and across nodes", async () => {
    for (const target of ["near", "far"]) {
      const addresses = await addressesOf(cluster, namespace, target);
      expect(addresses.map((address) => address.includes(":"))).toEqual([false, true]);
      for (const address of addresses) {
        await expect(connects(cluster, namespace, "one", address), `${target} ${address}`).resolves.toBe(true);
      }
    }
  });

  test("share a volume of the network, and have a local one where they run", async () => {
    await runIn(cluster, namespace, "one", "echo written > /everywhere/file");
    await expect(runIn(cluster, namespace, "far", "cat /everywhere/file && touch /here/file")).resolves.toBe(
      "written\n",
    );
    const volumes = await listed<{
      spec: { storageClassName: string; nodeAffinity?: unknown; claimRef: { name: string } };
    }>("/api/v1/persistentvolumes");
    const affinity = (name: string) => volumes.find(({ spec }) => spec.claimRef.name === name)?.spec.nodeAffinity;
    expect(affinity("everywhere")).toBeUndefined();
    expect(JSON.stringify(affinity("here"))).toContain('"worker-2"');
  });

  test("get larger volumes", async () => {
    const larger = JSON.stringify({ spec: { resources: { requests: { storage: "2Gi" } } } });
    for (const name of ["everywhere", "here"]) {
      await cluster.kubectl(["patch", `--namespace=${namespace}`, "pvc", name, "--patch", larger]);
      const grown = [
        "wait",
        `--namespace=${namespace}`,
        `pvc/${name}`,
        "--for=jsonpath={.status.capacity.storage}=2Gi",
      ];
      await cluster.kubectl([...grown, "--timeout=60s"]);
    }
  });

  test("are guarded by policies, by both families, on one node and across nodes", async () => {
    const policy = (name: string, ingress: readonly object[]) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name, namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress },
    });
    const seen = async () => {
      const found: Record<string, boolean> = {};
      for (const from of ["one", "far"]) {
        for (const [index, address] of (await addressesOf(cluster, namespace, "near")).entries()) {
          found[`${from} by ${["IPv4", "IPv6"][index]}`] = await connects(cluster, namespace, from, address);
        }
      }
      return found;
    };
    const all = (one: boolean, far: boolean) => ({
      "one by IPv4": one,
      "one by IPv6": one,
      "far by IPv4": far,
      "far by IPv6": far,
    });
    await cluster.apply(JSON.stringify(policy("nobody", [])));
    await expect.poll(seen, { timeout: 60_000 }).toEqual(all(false, false));
    const from = [{ podSelector: { matchLabels: { app: "far" } } }];
    await cluster.apply(JSON.stringify(policy("far-only", [{ from }])));
    await expect.poll(seen, { timeout: 60_000 }).toEqual(all(false, true));
    await cluster.kubectl(["delete", `--namespace=${namespace}`, "networkpolicy", "--all"]);
    await expect.poll(seen, { timeout: 60_000 }).toEqual(all(true, true));
  });
});

test("services stay when kube-proxy starts anew and writes all its rules again", async () => {
  const selector = { app: "near" };
  const spec = { selector, ipFamilyPolicy: "RequireDualStack", ports: [{ port: 8080 }] };
  await cluster.apply(
    JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name: "near", namespace }, spec }),
  );
  const { clusterIPs } = (
    (await cluster.api.json("GET", `/api/v1/namespaces/${namespace}/services/near`)) as {
      readonly spec: { readonly clusterIPs: readonly string[] };
    }
  ).spec;
  const reached = () => Promise.all(clusterIPs.map((address) => connects(cluster, namespace, "one", address)));
  await expect.poll(reached, { timeout: 30_000 }).toEqual([true, true]);

  const daemons = ["--namespace=kube-system", "--selector=k8s-app=kube-proxy"];
  await cluster.kubectl(["delete", "pods", ...daemons, "--wait"]);
  await expect.poll(fullSyncs, { timeout: 90_000, interval: 500 }).toEqual([1, 1]);
  expect(await reached()).toEqual([true, true]);
});

/** How often the kube-proxy of worker-1 has written all rules, by family; none while it does not answer. */
async function fullSyncs(): Promise<readonly number[]> {
  const text = await cluster.nodes[1]?.run(httpByBash("127.0.0.1", 10249, "/metrics"));
  const counts = (text ?? "").matchAll(/^kubeproxy_sync_full_proxy_rules_duration_seconds_count\{.*\} (\d+)$/gm);
  return [...counts].map(([, count]) => Number(count));
}

test("a node that loses power is noticed, and the others go on", async () => {
  await cluster.killNode("worker-2");
  await expect(cluster.killNode("worker-9")).rejects.toThrow(/no node "worker-9"; there are cp-1, worker-1, worker-2/);
  const readiness = async () => {
    const nodes = await listed<NodeObject>("/api/v1/nodes");
    return nodes.map(({ status }) => status.conditions.find(({ type }) => type === "Ready")?.status);
  };
  await expect.poll(readiness, { timeout: 120_000, interval: 1000 }).toEqual(["True", "True", "Unknown"]);
});

test("everything is gone after stop", async () => {
  const { bridge } = cluster.plan;
  expect(tracesOf(bridge.name, cluster.folder)).not.toEqual(noTraces);
  await cluster.stop();
  expect(tracesOf(bridge.name, cluster.folder)).toEqual(noTraces);
});
