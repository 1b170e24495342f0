import { describe, expect, it } from "vitest";
import { gatherFrom, paths, recorded, recordedText, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";

const from = (objects: { [path: string]: string | object }, ...wanted: Parameters<typeof gatherFrom>[1] & object) =>
  gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.33.0"), ...objects }), wanted);

describe("metrics", () => {
  it("keeps the whitelisted series of a real scrape", async () => {
    const { value } = await from(
      { [paths.metrics]: recordedText("kubeadm", "metrics.txt") },
      "kube/api-server-metrics",
    );
    const { startedAt, series } = value("kube/api-server-metrics");
    expect(startedAt).toBe("2025-11-04T19:07:38Z");
    const seats = series.apiserver_flowcontrol_nominal_limit_seats ?? [];
    expect(seats.reduce((sum, { value: seat }) => sum + seat, 0)).toBe(602);
    const plugins = new Set(
      series.apiserver_admission_controller_admission_duration_seconds_count?.map(({ labels }) => labels.name),
    );
    expect([...plugins]).toEqual(expect.arrayContaining(["NodeRestriction", "PodSecurity", "ResourceQuota"]));
    expect(plugins.has("EventRateLimit")).toBe(false);
    expect(series.kubernetes_build_info).toEqual([{ labels: { git_version: "v1.33.0" }, value: 1 }]);
    expect(Object.keys(series)).not.toContain("apiserver_flowcontrol_current_limit_seats");
  });
});

describe("priority levels", () => {
  it("falls back to v1beta3", async () => {
    const { value } = await from(
      { [paths.priorityLevelsBeta]: recorded("kind", "priority-levels.json") },
      "kube/priority-levels",
    );
    const { apiVersion, levels } = value("kube/priority-levels");
    expect(apiVersion).toBe("flowcontrol.apiserver.k8s.io/v1beta3");
    expect(levels.reduce((sum, { shares }) => sum + shares, 0)).toBe(245);
    expect(levels.find(({ name }) => name === "exempt")).toMatchObject({ type: "Exempt", shares: 0 });
  });

  it("reads an explicit 0 as 0 in v1 and as 30 before", async () => {
    const level = {
      metadata: { name: "a", uid: "u" },
      spec: { type: "Limited", limited: { nominalConcurrencyShares: 0 } },
    };
    const now = await from({ [paths.priorityLevels]: [level] }, "kube/priority-levels");
    const before = await from({ [paths.priorityLevelsBeta]: [level] }, "kube/priority-levels");
    expect(now.value("kube/priority-levels").levels[0]?.shares).toBe(0);
    expect(before.value("kube/priority-levels").levels[0]?.shares).toBe(30);
  });
});

describe("storage classes", () => {
  it("keeps both annotations verbatim, and lives without any", async () => {
    const bare = {
      metadata: { name: "bare", creationTimestamp: "2026-01-01T00:00:00Z" },
      provisioner: "nfs.csi.k8s.io",
      parameters: { server: "10.0.0.1", share: "/export" },
    };
    const objects = [
      ...(recorded("kind-1.14", "storage-classes.json") as object[]),
      ...(recorded("aws", "storage-classes.json") as object[]),
      bare,
    ];
    const { value } = await from({ [paths.storageClasses]: objects }, "kube/storage-classes");
    const { classes } = value("kube/storage-classes");
    const named = (name: string) => classes.find((one) => one.name === name);
    expect(named("standard")).toMatchObject({ betaDefaultAnnotation: "true", provisioner: "kubernetes.io/host-path" });
    expect(named("gp2")).toMatchObject({ defaultAnnotation: "true", provisioner: "kubernetes.io/aws-ebs" });
    expect(named("bare")).toMatchObject({ reclaimPolicy: "Delete", withheldParameters: ["share"] });
    expect(named("bare")?.parameters.server).toMatch(/^address-[0-9a-f]{16}$/);
    expect(named("bare")?.defaultAnnotation).toBeUndefined();
  });
});
