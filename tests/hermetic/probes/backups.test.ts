import { describe, expect, it } from "vitest";
import { gatherFrom, paths, served } from "../../support/gathering.ts";
import {
  forbidden,
  type KubernetesRoutesOptions,
  kubernetesRoutes,
  notFound,
} from "../../support/kubernetes-routes.ts";

const k3s = { [paths.version]: served("v1.34.2+k3s1") };
const from = (objects: { [path: string]: string | object }, options: KubernetesRoutesOptions = {}) =>
  gatherFrom(kubernetesRoutes({ ...k3s, ...objects }, options), ["kube/etcd-snapshots"]);

const snapshotFile = (creationTime: string, location: string, status: object = { readyToUse: true }) => ({
  metadata: { name: "x", creationTimestamp: "2026-11-20T00:00:00Z" },
  spec: { snapshotName: "etcd-snapshot-x", nodeName: location.startsWith("s3") ? "s3" : "server-1", location },
  status: { creationTime, size: "2Mi", ...status },
});
const inFile = "file:///var/lib/rancher/k3s/server/db/snapshots/x";
const configMap = (...entries: unknown[]) => ({
  data: Object.fromEntries(
    entries.map((entry, index) => [`local-${index}`, typeof entry === "string" ? entry : JSON.stringify(entry)]),
  ),
});

describe("snapshots of k3s and RKE2", () => {
  it("keeps when and where, newest first", async () => {
    const { value } = await from({
      [paths.etcdSnapshots]: [
        snapshotFile("2026-11-22T00:00:05Z", inFile),
        snapshotFile("2026-11-22T12:00:05Z", "s3://bucket/folder/x"),
        snapshotFile("2026-11-21T12:00:05Z", inFile, { readyToUse: false, error: { message: "disk full" } }),
        { ...snapshotFile("never", inFile, { readyToUse: false }), spec: { location: "" } },
      ],
    });
    expect(value("kube/etcd-snapshots")).toEqual({
      source: "custom-resources",
      total: 4,
      snapshots: [
        { takenAt: "2026-11-22T12:00:05Z", place: "s3", ready: true },
        { takenAt: "2026-11-22T00:00:05Z", place: "node", node: "server-1", ready: true },
        { takenAt: "2026-11-21T12:00:05Z", place: "node", node: "server-1", ready: false },
        { takenAt: "2026-11-20T00:00:00Z", place: "other", ready: false },
      ],
    });
  });

  it("reads the ConfigMap of the time before the objects", async () => {
    const entry = {
      name: "x",
      nodeName: "server-1",
      location: inFile,
      createdAt: "2026-11-22T00:00:05Z",
      status: "successful",
    };
    const objects = { [paths.rke2Snapshots]: configMap(entry, { ...entry, status: "failed" }) };
    const { value } = await from(objects, { overrides: { [paths.k3sSnapshots]: notFound() } });
    const { source, snapshots } = value("kube/etcd-snapshots");
    expect([source, snapshots.map(({ ready }) => ready)]).toEqual(["config-map", [true, false]]);
  });

  it.each([
    ["no JSON", "{"],
    ["no time", { location: inFile }],
    ["a list", []],
  ])("takes a ConfigMap with %s for malformed", async (_, entry) => {
    const { reason } = await from({ [paths.k3sSnapshots]: configMap(entry) });
    expect(reason("kube/etcd-snapshots")).toBe("malformed");
  });

  it("says which right is missing", async () => {
    const { gathering } = await from({}, { overrides: { [paths.etcdSnapshots]: forbidden() } });
    expect(gathering.items["kube/etcd-snapshots"]).toMatchObject({ resolve: "the right to list etcdsnapshotfiles" });
  });

  it("asks no other kind of cluster", async () => {
    const { value, loopback } = await gatherFrom(kubernetesRoutes({ [paths.version]: served("v1.29.3-eks-ae9a62a") }), [
      "kube/etcd-snapshots",
    ]);
    expect(value("kube/etcd-snapshots")).toEqual({ source: "none", total: 0, snapshots: [] });
    expect(loopback.requests.map(({ path }) => path)).not.toContainEqual(expect.stringMatching(/snapshot/));
  });
});

describe("CronJobs that back up etcd", () => {
  const cronJob = (name: string, pod: object, more: object = {}) => ({
    metadata: { name, namespace: "backup", creationTimestamp: "2026-11-01T00:00:00Z" },
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: pod } } }, ...more },
    status: { lastSuccessfulTime: "2026-11-22T03:00:11Z" },
  });
  const calling = (...command: string[]) => ({ containers: [{ image: "registry.example.org/tools:1", command }] });
  const signsOf = async (pod: object) => {
    const objects = { ...k3s, [paths.cronJobs]: [cronJob("etcd-backup", pod)] };
    const { value } = await gatherFrom(kubernetesRoutes(objects), ["kube/backup-jobs"]);
    return value("kube/backup-jobs").jobs.flatMap(({ signs }) => signs);
  };

  it.each<[string, object, string[]]>([
    [
      "etcdctl",
      calling("etcdctl", "--endpoints=https://127.0.0.1:2379", "snapshot", "save", "/b/x.db"),
      ["snapshot-save"],
    ],
    [
      "a script of many lines",
      calling(
        "/bin/sh",
        "-c",
        "set -e\nETCDCTL_API=3 etcdctl \\\n  --cert /x \\\n  snapshot \\\n save /b/x.db\nrclone copy /b remote:",
      ),
      ["snapshot-save"],
    ],
    [
      "a script whose words stand together",
      calling("/bin/sh", "-c", "set -e\nETCDCTL_API=3 etcdctl \\\n  --cert /x \\\n  snapshot save /b/x.db"),
      ["snapshot-save"],
    ],
    ["talosctl", calling("talosctl", "-n", "10.0.0.1", "etcd", "snapshot", "/b/x.db"), ["talos-snapshot"]],
    ["k3s", calling("sh", "-c", "k3s etcd-snapshot save --s3"), ["distribution-snapshot"]],
    ["listing snapshots is no backup", calling("k3s", "etcd-snapshot", "list"), []],
    ["defragmentation", calling("etcdctl", "defrag", "--cluster"), []],
    ["a restore", calling("etcdctl", "snapshot", "restore", "x.db"), []],
    [
      "an image made for it",
      { containers: [{ image: "ghcr.io:443/siderolabs/talos-backup:v0.1@sha256:0" }] },
      ["image"],
    ],
    ["an image of etcd", { containers: [{ image: "registry.k8s.io/etcd:3.6.4" }] }, []],
    ["a name says nothing", calling("sleep", "1"), []],
    [
      "a script that it mounts, and the certificates",
      { ...calling("sh", "/scripts/run.sh"), volumes: [{ hostPath: { path: "/etc/kubernetes/pki/etcd" } }] },
      ["etcd-certificates"],
    ],
    [
      "an init container",
      { initContainers: [{ image: "etcd", args: ["etcdctl snapshot save /x"] }], containers: [{ image: "rclone" }] },
      ["snapshot-save"],
    ],
    ["nonsense", { containers: "x", initContainers: [null, 7], volumes: {} }, []],
  ])("%s", async (_, pod, signs) => {
    expect(await signsOf(pod)).toEqual(signs);
  });

  it("keeps schedule, success and whether it is suspended", async () => {
    const pod = calling("etcdctl", "snapshot", "save", "x");
    const objects = {
      ...k3s,
      [paths.cronJobs]: [
        cronJob("b", pod, { suspend: true, schedule: "$(reboot) * * * *" }),
        cronJob("a", pod),
        cronJob("c", {}),
      ],
    };
    const { value } = await gatherFrom(kubernetesRoutes(objects), ["kube/backup-jobs"]);
    const common = { namespace: "backup", createdAt: "2026-11-01T00:00:00Z", succeededAt: "2026-11-22T03:00:11Z" };
    expect(value("kube/backup-jobs")).toEqual({
      cronJobs: 3,
      jobs: [
        { ...common, name: "a", signs: ["snapshot-save"], schedule: "0 3 * * *", suspended: false },
        { ...common, name: "b", signs: ["snapshot-save"], suspended: true },
      ],
    });
  });
});

describe("Velero", () => {
  const backup = (phase: string, completionTimestamp: string) => ({
    metadata: { name: "x", namespace: "velero" },
    status: { phase, completionTimestamp },
  });
  const wanted = ["kube/velero-backups"] as const;

  it("sums up backups, schedules and locations", async () => {
    const objects = {
      ...k3s,
      [paths.customResources]: [{ metadata: { name: "backups.velero.io" } }],
      [paths.veleroBackups]: [
        backup("Completed", "2026-11-21T01:00:00Z"),
        backup("Completed", "2026-11-22T01:00:00Z"),
        backup("PartiallyFailed", "2026-11-23T01:00:00Z"),
      ],
      [paths.veleroSchedules]: [{ spec: {} }, { spec: { paused: true } }],
      [paths.veleroLocations]: [{ status: { phase: "Available" } }, { status: { phase: "Unavailable" } }, {}],
    };
    const { value } = await gatherFrom(kubernetesRoutes(objects), wanted);
    expect(value("kube/velero-backups")).toEqual({
      installed: true,
      locations: { Available: 1, New: 1, Unavailable: 1 },
      activeSchedules: 1,
      backups: 3,
      completedAt: "2026-11-22T01:00:00Z",
    });
  });

  it("is not asked for where it is not installed, and is asked for where nobody knows", async () => {
    const known = await gatherFrom(kubernetesRoutes({ ...k3s, [paths.customResources]: [] }), wanted);
    expect(known.value("kube/velero-backups").installed).toBe(false);
    expect(known.loopback.requests.map(({ path }) => path)).not.toContainEqual(expect.stringMatching(/velero/));
    const overrides = { [paths.customResources]: forbidden() };
    const unknown = await gatherFrom(kubernetesRoutes(k3s, { overrides }), wanted);
    expect(unknown.value("kube/velero-backups").installed).toBe(false);
    expect(unknown.loopback.requests.map(({ path }) => path)).toContainEqual(expect.stringMatching(/velero/));
  });

  it.each([
    ["backups", paths.veleroBackups],
    ["schedules", paths.veleroSchedules],
    ["locations", paths.veleroLocations],
  ])("may be seen in part: %s refused", async (_, path) => {
    const objects = {
      ...k3s,
      [paths.customResources]: [{ metadata: { name: "backups.velero.io" } }],
      [paths.veleroBackups]: [],
      [paths.veleroSchedules]: [],
      [paths.veleroLocations]: [],
    };
    const { reason } = await gatherFrom(kubernetesRoutes(objects, { overrides: { [path]: forbidden() } }), wanted);
    expect(reason("kube/velero-backups")).toBe("forbidden");
  });
});
