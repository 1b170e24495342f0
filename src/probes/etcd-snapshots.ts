import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { EtcdSnapshotsFact } from "../model/facts/backup.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import type { UnavailableReason } from "../model/vocabulary.ts";
import { malformed, reduceList } from "./reading.ts";
import { readConfigMap, rightToConfigMap } from "./system-config-map.ts";
import { detached, inOrder, instantOf, keysAt, textAt, valueAt } from "./untrusted.ts";

type Snapshot = EtcdSnapshotsFact["snapshots"][number];

const most = 20;
const configMaps = ["k3s-etcd-snapshots", "rke2-etcd-snapshots"] as const;
const keepers: readonly string[] = ["k3s", "rke2", "unknown"];
const none: EtcdSnapshotsFact = { source: "none", total: 0, snapshots: [] };

export const etcdSnapshotsProbe = defineProbe({
  id: "kube/etcd-snapshots",
  title: "snapshots of etcd by k3s and RKE2",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "k3s.cattle.io", resource: "etcdsnapshotfiles" },
    ...configMaps.map(rightToConfigMap),
  ],
  requests: 1,
  after: ["kube/platform"],
  resolve: { forbidden: "the right to list etcdsnapshotfiles" },
  async collect(context) {
    // Asking others would only tell whether the right to it is granted.
    if (!(await mayKeepSnapshots(context))) return read(none);
    const { cluster } = context;
    const objects = await reduceList(cluster, "/apis/k3s.cattle.io/v1/etcdsnapshotfiles", { limit: 500 }, ofObject);
    if (objects.ok) return read({ source: "custom-resources", ...newest(objects.value.items) });
    return isAbsent(objects.reason) ? fromConfigMaps(cluster) : objects;
  },
});

const isAbsent = (reason: UnavailableReason): boolean => reason === "not-found" || reason === "not-served";

async function mayKeepSnapshots({ fact }: ProbeContext): Promise<boolean> {
  const platform = await fact("kube/platform");
  return platform.status === "unavailable" || keepers.includes(platform.value.name);
}

/** k3s and RKE2 before the objects (1.27): one entry a snapshot, in JSON. */
async function fromConfigMaps(cluster: ClusterReader): Promise<Reading<EtcdSnapshotsFact>> {
  for (const name of configMaps) {
    const map = await readConfigMap(cluster, name);
    if (!map.ok && isAbsent(map.reason)) continue;
    if (!map.ok) return map;
    const entries = keysAt(map.value, "data").map((key) => ofEntry(valueAt(map.value, "data", key)));
    const snapshots = entries.filter((entry) => entry !== undefined);
    if (snapshots.length < entries.length) return malformed(`the ConfigMap kube-system/${name}`);
    return read({ source: "config-map", ...newest(snapshots) });
  }
  return read(none);
}

function newest(snapshots: readonly Snapshot[]): Pick<EtcdSnapshotsFact, "total" | "snapshots"> {
  const sorted = [...snapshots].sort(
    (a, b) => inOrder(b.takenAt, a.takenAt) || inOrder(`${a.place} ${a.node}`, `${b.place} ${b.node}`),
  );
  return { total: snapshots.length, snapshots: sorted.slice(0, most) };
}

function ofObject(object: unknown): Snapshot | undefined {
  // Without a time of its own it was never taken.
  const takenAt = instantOf(object, "status", "creationTime") ?? instantOf(object, "metadata", "creationTimestamp");
  const location = textAt(object, "spec", "location");
  if (takenAt === undefined || location === undefined) return undefined;
  const failed = valueAt(object, "status", "error") !== undefined;
  const ready = valueAt(object, "status", "readyToUse") === true && !failed;
  return { takenAt, ...placeOf(location, textAt(object, "spec", "nodeName")), ready };
}

function ofEntry(text: unknown): Snapshot | undefined {
  const entry = parse(text);
  const takenAt = instantOf(entry, "createdAt");
  const location = textAt(entry, "location");
  if (takenAt === undefined || location === undefined) return undefined;
  const ready = textAt(entry, "status") === "successful";
  return { takenAt, ...placeOf(location, textAt(entry, "nodeName")), ready };
}

/** What is in an object store has `s3` for its node's name. */
function placeOf(location: string, node: string | undefined): Pick<Snapshot, "place" | "node"> {
  const place = location.startsWith("file://") ? "node" : location.startsWith("s3://") ? "s3" : "other";
  return { place, ...(place === "node" && node !== undefined ? { node: detached(node) } : {}) };
}

function parse(text: unknown): unknown {
  try {
    return typeof text === "string" && text.length <= 65_536 ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
