import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { connect } from "../../src/kubernetes/connect.ts";
import { histogramOf } from "../../src/model/etcd/latency-histogram.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubernetesVersion } from "../../testbed/recipe.ts";
import { hosted, type PoorUsers, rbacPoor, twoApiServersDifferentFlags } from "../../testbed/variants.ts";
import { gatherOver, lookedAt } from "../support/gathering.ts";

async function gatherBy(kubeconfig: string) {
  const connection = await connect({ kubeconfig, environment: {} });
  onTestFinished(() => connection.close());
  return gatherOver(connection);
}

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";

describe.skipIf(skipped)("all probes on two real API servers with different flags", () => {
  let cluster: ControlPlane;
  let seen: Awaited<ReturnType<typeof gatherBy>>;
  beforeAll(async () => {
    cluster = await twoApiServersDifferentFlags();
    const connection = await connect({ kubeconfig: await cluster.kubeconfig(), environment: {} });
    seen = await gatherOver(connection);
    connection.close();
  });
  afterAll(() => cluster?.stop());

  it("collects every fact with reads alone", () => {
    const open = lookedAt.filter((id) => seen.reason(id) !== undefined);
    expect(open).toEqual([]);
    expect(new Set(seen.gathering.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(seen.gathering.requests.length).toBeLessThan(80);
    for (const { path } of seen.gathering.requests) expect(path).not.toMatch(/resourceVersion=0|secrets/);
  });

  it("sees both API servers live, and their different flags", () => {
    const { instances, endpoints } = seen.value("kube/api-server-instances");
    expect(instances.filter(({ live }) => live).map(({ hostname }) => hostname)).toEqual(
      expect.arrayContaining(["cp-1", "cp-2"]),
    );
    expect(endpoints).toBe(2);
    const servers = seen
      .value("kube/control-plane-pods")
      .pods.filter(({ component }) => component === "kube-apiserver");
    expect(servers.map(({ node, flags }) => [node, flags.values["max-requests-inflight"]])).toEqual([
      ["cp-1", "400"],
      ["cp-2", undefined],
    ]);
  });

  it("sees the limits, the plugin and the limiter of the one that answers", () => {
    const { values } = seen.value("kube/flagz").flags;
    expect(values).toMatchObject({
      "max-requests-inflight": "400",
      "max-mutating-requests-inflight": "200",
      "min-request-timeout": "1800",
    });
    const { series, startedAt } = seen.value("kube/api-server-metrics");
    expect(startedAt).toBeDefined();
    const seats = series.apiserver_flowcontrol_nominal_limit_seats ?? [];
    expect(seats.reduce((sum, { value }) => sum + value, 0)).toBe(602);
    const { levels } = seen.value("kube/priority-levels");
    expect(levels.map(({ uid }) => uid)).toContain(seen.value("kube/flow-control-headers").priorityLevelUid);
    const { checks } = seen.value("kube/readyz");
    expect(checks).toContainEqual({ name: "poststarthook/priority-and-fairness-filter", ok: true });
  });

  it("sees who leads, how long etcd takes to write, and what the nodes have", () => {
    const { leases } = seen.value("kube/leader-leases");
    expect(leases.map(({ component }) => component)).toEqual(["kube-controller-manager", "kube-scheduler"]);
    for (const { holder } of leases) expect(holder).toBeDefined();
    const { series } = seen.value("kube/api-server-metrics");
    const histogram = histogramOf(series.etcd_request_duration_seconds_bucket ?? []);
    expect(histogram?.count).toBeGreaterThan(50);
    expect(series.etcd_request_duration_seconds_bucket?.length).toBeLessThan(100);
    expect(series.apiserver_storage_size_bytes?.[0]?.value).toBeGreaterThan(0);
    for (const { capacity } of seen.value("kube/nodes").nodes)
      expect(capacity).toEqual({ cpu: expect.any(Number), memoryBytes: expect.any(Number), ...capacity });
  });

  it("sees whose certificate it is, and what kind of cluster", () => {
    expect(seen.value("kube/serving-certificate")).toMatchObject({ trusted: true, issuedByClusterCa: true });
    expect(seen.value("kube/client-certificate").certificate?.issuerRef).toBe(
      seen.value("kube/cluster-ca").clientCa?.[0]?.subjectRef,
    );
    expect(seen.value("kube/platform")).toMatchObject({ name: "kubeadm", controlPlane: "visible" });
    expect(seen.value("kube/version").gitVersion).toBe(kubernetesVersion);
    expect(seen.value("kube/nodes").nodes).toHaveLength(3);
    expect(seen.value("kube/kubeadm-config").apiVersion).toMatch(/^kubeadm\.k8s\.io\/v1beta/);
  });
});

describe.skipIf(skipped)("users without rights on a real API server", () => {
  let poor: PoorUsers;
  beforeAll(async () => {
    poor = await rbacPoor();
  });
  afterAll(() => poor?.cluster.stop());

  it("a user with no right sees what everybody sees, and which rights are missing", async () => {
    const seen = await gatherBy(poor.nobody);
    const collected = lookedAt.filter((id) => seen.reason(id) === undefined);
    expect(collected).toEqual([
      "kube/api-endpoint",
      "kube/client-certificate",
      "kube/flow-control-headers",
      "kube/platform",
      "kube/readyz",
      "kube/serving-certificate",
      "kube/version",
    ]);
    expect(seen.gathering.items["kube/nodes"]).toMatchObject({
      reason: "forbidden",
      resolve: "the right to list nodes",
    });
    expect(seen.value("kube/platform")).toEqual({ name: "unknown", controlPlane: "unknown", signs: [] });
    expect(JSON.stringify(seen.gathering)).not.toMatch(/system:serviceaccount|nobody/);
  });

  it("a user without the right to nodes misses nodes alone", async () => {
    const seen = await gatherBy(poor.noNodes);
    expect(lookedAt.filter((id) => seen.reason(id) !== undefined)).toEqual(["kube/node-args", "kube/nodes"]);
  });
});

describe.skipIf(skipped)("a hosted control plane", () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await hosted();
  });
  afterAll(() => cluster?.stop());

  it("shows no pod, no node and no configuration of its own", async () => {
    const seen = await gatherBy(await cluster.kubeconfig());
    expect(seen.value("kube/control-plane-pods")).toEqual({ pods: [] });
    expect(seen.reason("kube/kubeadm-config")).toBe("not-found");
    expect(seen.value("kube/platform").controlPlane).toBe("hidden");
    expect(seen.value("kube/api-server-instances").instances.filter(({ live }) => live)).toHaveLength(1);
  });
});
