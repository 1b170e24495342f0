import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes, notFound, unauthorized } from "../../support/kubernetes-routes.ts";
import type { LoopbackResponse } from "../../support/loopback-response.ts";

const version = { [paths.version]: served("v1.36.0") };
const node = (metadata: object, more: object = {}) => ({
  metadata: { name: "a", creationTimestamp: "2026-01-01T00:00:00Z", ...metadata },
  ...more,
});

describe("a cluster that forbids, lacks or breaks things", () => {
  it("forbids everything but the version: every fact says which right it needs", async () => {
    const { gathering, value } = await gatherFrom(({ url }) =>
      url.pathname === paths.version ? { body: served("v1.36.0") } : forbidden(),
    );
    expect(value("kube/version").gitVersion).toBe("v1.36.0");
    const reasons = Object.entries(gathering.items).flatMap(([id, fact]) =>
      // what asks the API server, at a tier of its own, was not tried
      fact.status === "unavailable" && fact.reason !== "tier-not-allowed" ? [[id, fact.reason, fact.resolve]] : [],
    );
    expect(reasons).toEqual([
      ["kube/api-server-instances", "forbidden", "the right to list leases in kube-system"],
      ["kube/api-server-metrics", "forbidden", "the right to get /metrics"],
      ["kube/backup-jobs", "forbidden", "the right to list cronjobs"],
      ["kube/cluster-ca", "forbidden", "the right to get the ConfigMap kube-system/kube-root-ca.crt"],
      ["kube/compaction-horizon", "forbidden", "the rights to list events and list leases in kube-system"],
      ["kube/control-plane-pods", "forbidden", "the right to list pods in kube-system"],
      ["kube/csi-drivers", "forbidden", "the right to list csidrivers"],
      ["kube/csi-nodes", "forbidden", "the right to list csinodes"],
      ["kube/custom-resources", "forbidden", "the right to list customresourcedefinitions"],
      ["kube/etcd-snapshots", "forbidden", "the right to list etcdsnapshotfiles"],
      ["kube/flagz", "forbidden", "the right to get /flagz"],
      ["kube/identity", "forbidden", "the right to get the namespace kube-system"],
      ["kube/ingress-addresses", "forbidden", "the rights to list ingresses and list gateways"],
      ["kube/ingress-classes", "forbidden", "the right to list ingressclasses"],
      ["kube/kubeadm-config", "forbidden", "the right to get the ConfigMap kube-system/kubeadm-config"],
      ["kube/kubelet-configuration", "forbidden", "the right to get the ConfigMap kube-system/kubelet-config"],
      ["kube/kubelet-serving-requests", "forbidden", "the right to list certificatesigningrequests"],
      ["kube/leader-leases", "forbidden", "the right to list leases in kube-system"],
      ["kube/load-balancers", "forbidden", "the right to list services"],
      ["kube/node-args", "forbidden", "the right to list nodes"],
      ["kube/nodes", "forbidden", "the right to list nodes"],
      ["kube/persistent-volumes", "forbidden", "the right to list persistentvolumes"],
      ["kube/pod-security-labels", "forbidden", "the right to list namespaces"],
      ["kube/priority-levels", "forbidden", "the right to list prioritylevelconfigurations"],
      ["kube/readyz", "forbidden", "the right to get /readyz"],
      [
        "kube/service-ranges",
        "forbidden",
        "the rights to list servicecidrs and get the Service default/kubernetes and list services in kube-system",
      ],
      ["kube/storage-classes", "forbidden", "the right to list storageclasses"],
      ["kube/system-pods", "forbidden", "the right to list pods in kube-system"],
      [
        "kube/velero-backups",
        "forbidden",
        "the rights to list backups and list schedules and list backupstoragelocations",
      ],
    ]);
    expect(value("kube/platform")).toEqual({ name: "unknown", controlPlane: "unknown", signs: [] });
    expect(value("kube/serving-certificate")).toMatchObject({ trusted: true, issuedByClusterCa: null });
  });

  it("does not take the credentials: one request tells it all", async () => {
    const { gathering, loopback, reason } = await gatherFrom(() => unauthorized);
    expect(reason("kube/nodes")).toBe("unauthorized");
    expect(gathering.items["kube/serving-certificate"]).toMatchObject({
      resolve: "credentials that the cluster accepts",
    });
    expect(new Set(loopback.requests.map(({ path }) => path))).toEqual(new Set([paths.version]));
  });

  it.each<
    [
      string,
      "kube/kubeadm-config" | "kube/flagz" | "kube/priority-levels" | "kube/readyz",
      LoopbackResponse,
      string | undefined,
    ]
  >([
    ["404 of an object", "kube/kubeadm-config", notFound(), "not-found"],
    ["404 of a path", "kube/flagz", { status: 404, body: "404 page not found\n" }, "not-served"],
    ["406 for both forms", "kube/flagz", { status: 406, body: "" }, "not-served"],
    [
      "500 with checks",
      "kube/readyz",
      { status: 500, body: "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n" },
      undefined,
    ],
    ["200 without checks", "kube/readyz", { body: "ok" }, "malformed"],
    ["200 that is a page", "kube/flagz", { body: "<html>" }, "malformed"],
  ])("%s at %s", async (_, id, response, expected) => {
    const { reason } = await gatherFrom(
      ({ url }) => (url.pathname === paths.version ? { body: served("v1.36.0") } : response),
      [id],
    );
    expect(reason(id)).toBe(expected);
  });

  it("never asks for flagz before 1.32", async () => {
    const { reason, loopback } = await gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.31.4") }), [
      "kube/flagz",
    ]);
    expect(reason("kube/flagz")).toBe("not-served");
    expect(loopback.requests).toHaveLength(1);
  });

  it("expires a list in the middle: nothing is counted twice", async () => {
    const nodes = Array.from({ length: 1200 }, (_, index) => node({ name: `node-${index}` }));
    const pods = nodes.map(({ metadata }) => ({
      metadata: { name: metadata.name, labels: { app: "agent" } },
      status: { phase: "Running" },
    }));
    const { value, loopback } = await gatherFrom(
      kubernetesRoutes(
        { ...version, [paths.nodes]: nodes, [paths.pods]: pods },
        { expireOnce: [paths.nodes, paths.pods] },
      ),
      ["kube/nodes", "kube/system-pods"],
    );
    expect(new Set(value("kube/nodes").nodes.map(({ name }) => name)).size).toBe(1200);
    expect(value("kube/nodes").nodes).toHaveLength(1200);
    expect(value("kube/system-pods").workloads).toEqual([
      { ownerKind: "none", name: "agent", images: [], pods: 1200, running: 1200 },
    ]);
    for (const { path } of loopback.requests.filter((request) => request.path.startsWith("/api"))) {
      expect(path).toMatch(/[?&]limit=[1-9]/);
      expect(path).not.toContain("resourceVersion");
    }
  });

  it("has nothing: empty lists are facts, also when metadata lists say null", async () => {
    const lists = [
      paths.nodes,
      paths.pods,
      paths.leases,
      paths.storageClasses,
      paths.csiDrivers,
      paths.csiNodes,
      paths.persistentVolumes,
      paths.cronJobs,
      paths.services,
      paths.ingressClasses,
      paths.customResources,
      paths.priorityLevels,
      paths.namespaces,
      paths.signingRequests,
    ];
    const { value, reason } = await gatherFrom(
      kubernetesRoutes({ ...version, ...Object.fromEntries(lists.map((path) => [path, []])) }),
    );
    expect(value("kube/nodes")).toEqual({ nodes: [] });
    expect(value("kube/node-args")).toEqual({ nodes: [] });
    const none = { privileged: 0, baseline: 0, restricted: 0, other: 0 };
    expect(value("kube/pod-security-labels")).toEqual({ namespaces: 0, enforce: none, audit: none, warn: none });
    expect(value("kube/kubelet-serving-requests")).toMatchObject({ nodes: [] });
    expect(value("kube/custom-resources")).toEqual({ total: 0, relevant: [] });
    expect(value("kube/api-server-instances")).toMatchObject({ instances: [] });
    expect(reason("kube/identity")).toBe("not-served");
  });
});
