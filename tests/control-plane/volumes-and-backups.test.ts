/** Storage, backups, load balancers and IPv6 on a real API server: what it serves, selects and defaults is not imitated. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { yamlStream } from "../../testbed/manifests.ts";
import { waitUntil } from "../../testbed/readiness.ts";
import { bare, kubeadmLike } from "../../testbed/variants.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import {
  anyResource,
  backupJob,
  boundVolume,
  csiNode,
  etcdSnapshotFile,
  namespace,
  veleroObject,
  webService,
} from "../support/reach-objects.ts";

const cinder = "cinder.csi.openstack.org";
const merge = "application/merge-patch+json";
const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";
const proposed = { selection: { includeProposed: true } } as const;

interface Volumes {
  readonly items: readonly { readonly status: { readonly phase: string } }[];
}

async function allBound(cluster: ControlPlane): Promise<void> {
  const bound = async () => {
    const { items } = (await cluster.api.json("GET", "/api/v1/persistentvolumes")) as Volumes;
    return items.every(({ status }) => status.phase === "Bound");
  };
  await waitUntil("volumes are bound", bound, [...cluster.processes.values()], Date.now() + 30_000);
}

describe.skipIf(skipped)("a cluster of both families with volumes, backups and a load balancer", () => {
  let cluster: ControlPlane;
  let seen: CheckedCluster;

  beforeAll(async () => {
    cluster = await kubeadmLike({ controlPlanes: 1, workers: 3, apiServers: 1 });
    const { api } = cluster;
    await cluster.apply(
      yamlStream([
        namespace,
        ...boundVolume("zoned", { zone: "zone-1" }),
        ...boundVolume("anywhere", {}),
        ...boundVolume("tied", { storageClass: "fast", driver: "local.example.org", node: "worker-2" }),
        csiNode("worker-1", cinder),
        csiNode("worker-2", cinder, "local.example.org"),
        csiNode("worker-3"),
        backupJob,
        webService,
        anyResource("velero.io", "Backup", "backups", "Namespaced"),
        anyResource("velero.io", "Schedule", "schedules", "Namespaced"),
        anyResource("velero.io", "BackupStorageLocation", "backupstoragelocations", "Namespaced"),
      ]),
    );
    const status = { lastSuccessfulTime: "2026-11-23T03:00:05Z", lastScheduleTime: "2026-11-23T03:00:00Z" };
    await api.json("PATCH", "/apis/batch/v1/namespaces/kube-system/cronjobs/nightly/status", { status }, merge);
    const ingress = [{ ip: "203.0.113.7" }, { ip: "2001:db8::7" }];
    const service = "/api/v1/namespaces/example-tests/services/web/status";
    await api.json("PATCH", service, { status: { loadBalancer: { ingress } } }, merge);
    await cluster.apply(
      yamlStream([
        veleroObject("Backup", "last", {
          status: { phase: "Completed", completionTimestamp: "2026-11-23T01:00:00Z" },
        }),
        veleroObject("BackupStorageLocation", "default", { status: { phase: "Available" } }),
      ]),
    );
    await allBound(cluster);
    seen = await checkCluster(await cluster.kubeconfig(), proposed);
  });
  afterAll(() => cluster?.stop());

  it("shows which volumes are tied to a node, and that the default class serves ReadWriteOnce", () => {
    const fact = seen.fact("kube/persistent-volumes");
    expect(fact).toMatchObject({
      value: {
        volumes: 3,
        nodes: 4,
        groups: [
          { storageClass: "cinder-default", bound: 2, reach: { anywhere: 1, several: 1, one: 0 } },
          { storageClass: "fast", bound: 1, reach: { one: 1 }, onOneNode: ["tied"] },
        ],
      },
    });
    expect(seen.outcomes["scs-0211-v1/read-write-once"]).toBe("pass");
    expect(seen.outcomes["scs-0211-v1/node-lifecycle"]).toBe("pass");
    expect(seen.result("scs-0211-v2/default-class").findings).toMatchObject([
      { code: "class-misses-nodes", actual: 1, message: expect.stringMatching(/worker-3$/) },
    ]);
  });

  it("shows a backup by its CronJob, and that Velero is none of etcd", () => {
    expect(seen.outcomes["scs-0215-v1/etcd-backup-weekly"]).toBe("pass");
    expect(seen.outcomes["scs-0215-v1/etcd-backup"]).toBe("undetermined");
    expect(seen.result("scs-0215-v1/etcd-backup").findings.map(({ code }) => code)).toEqual([
      "backup-job-idle",
      "objects-only",
    ]);
    expect(seen.fact("kube/velero-backups")).toMatchObject({
      value: { installed: true, locations: { Available: 1 }, completedAt: "2026-11-23T01:00:00Z" },
    });
  });

  it("shows IPv6 of nodes, ranges and load balancers; of the endpoint nothing from here", () => {
    expect(seen.fact("kube/service-ranges")).toMatchObject({
      value: {
        apiVersion: "networking.k8s.io/v1",
        ranges: [{ name: "kubernetes", families: ["IPv4", "IPv6"] }],
        kubernetes: ["IPv4"],
      },
    });
    expect(seen.fact("kube/load-balancers")).toMatchObject({
      value: { services: 1, groups: [{ families: ["IPv4", "IPv6"], plain: true }] },
    });
    expect(seen.outcomes["draft-load-balancer-v1/service-works"]).toBe("pass");
    expect(seen.outcomes["proposed-ipv6-v1/nodes"]).toBe("pass");
    expect(seen.outcomes["proposed-ipv6-v1/pods-and-services"]).toBe("pass");
    expect(seen.outcomes["proposed-ipv6-v1/load-balancer"]).toBe("pass");
    expect(seen.outcomes["proposed-ipv6-v1/api-endpoint"]).toBe("undetermined");
    expect(seen.outcomes["proposed-storage-kinds-v1/network-read-write-once"]).toBe("pass");
    expect(JSON.stringify(seen.gathering)).not.toMatch(/203\.0\.113|2001:db8/);
  });

  it("asks with reads alone, and within the budget", () => {
    expect(seen.gathering.requests.length).toBeLessThan(80);
    for (const { method, path } of seen.gathering.requests) {
      expect(method).toBe("GET");
      expect(path).not.toMatch(/secrets|resourceVersion=0/);
    }
  });
});

describe.skipIf(skipped)("a default class whose volumes are tied to a node, whatever its name", () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await kubeadmLike({ controlPlanes: 1, workers: 2, apiServers: 1, conformant: false });
    const storageClass = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "fast", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "network-sounding.example.org",
    };
    const volume = { storageClass: "fast", driver: "network-sounding.example.org", node: "worker-1" };
    await cluster.apply(yamlStream([namespace, storageClass, ...boundVolume("tied", volume)]));
    await allBound(cluster);
  });
  afterAll(() => cluster?.stop());

  it("fails where the first version forbids it, and is left open by the second", async () => {
    const { outcomes, result } = await checkCluster(await cluster.kubeconfig());
    expect(outcomes["scs-0211-v1/node-lifecycle"]).toBe("fail");
    expect(result("scs-0211-v1/node-lifecycle").because).toMatch(/1 volume of fast can be used on one of 3 nodes only/);
    expect(outcomes["scs-0211-v1/read-write-once"]).toBe("pass");
    expect(outcomes["scs-0211-v2/failure-safe-node-lifecycle"]).toBe("undetermined");
  });
});

describe.skipIf(skipped)("a cluster of one family with records of snapshots, as k3s and RKE2 keep them", () => {
  let cluster: ControlPlane;
  let seen: CheckedCluster;
  beforeAll(async () => {
    cluster = await bare();
    await cluster.apply(yamlStream([anyResource("k3s.cattle.io", "ETCDSnapshotFile", "etcdsnapshotfiles", "Cluster")]));
    await cluster.apply(
      yamlStream([
        etcdSnapshotFile("local", "2026-11-23T00:00:05Z", "file:///var/lib/rancher/rke2/server/db/snapshots/x"),
        etcdSnapshotFile("s3", "2026-11-22T12:00:05Z", "s3://bucket/x"),
      ]),
    );
    seen = await checkCluster(await cluster.kubeconfig(), proposed);
  });
  afterAll(() => cluster?.stop());

  it("shows when they were taken, and that they are kept elsewhere", () => {
    expect(seen.outcomes["scs-0215-v1/etcd-backup"]).toBe("pass");
    expect(seen.outcomes["scs-0215-v1/etcd-backup-weekly"]).toBe("pass");
    expect(seen.outcomes["proposed-backup-restore-v1/kept-elsewhere"]).toBe("pass");
  });

  it("shows one range, of which no verdict on IPv6 follows", () => {
    expect(seen.fact("kube/service-ranges")).toMatchObject({
      value: { ranges: [{ families: ["IPv4"] }], kubernetes: ["IPv4"] },
    });
    for (const id of ["nodes", "pods-and-services", "load-balancer", "api-endpoint"])
      expect(seen.outcomes[`proposed-ipv6-v1/${id}`]).toBe("undetermined");
  });
});
