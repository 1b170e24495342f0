/** One look at an etcd member's /metrics, reduced to what checks ask for. Names are the same from etcd 3.4 to 3.7. */
import { type Reading, read } from "../model/fact.ts";
import type { EtcdLook } from "../model/facts/etcd-metrics.ts";
import { instantAt } from "../model/instant.ts";
import type { Listener, ListenerReader } from "../model/listeners.ts";
import { parseSample, sampleName, type TextSample } from "./prometheus-text.ts";
import { malformed } from "./reading.ts";
import { detached } from "./untrusted.ts";

type Gauge = Exclude<keyof EtcdLook, "startedAt" | "hasLeader" | "logSyncs" | "commits" | "snapshots" | "compactCalls">;

const gauges: { readonly [name: string]: Gauge } = {
  etcd_debugging_mvcc_db_compaction_total_duration_milliseconds_count: "compactions",
  etcd_debugging_mvcc_compact_revision: "compactRevision",
  etcd_debugging_mvcc_current_revision: "currentRevision",
  etcd_debugging_auth_revision: "authRevision",
  etcd_mvcc_db_total_size_in_bytes: "databaseBytes",
  etcd_mvcc_db_total_size_in_use_in_bytes: "databaseBytesInUse",
  etcd_server_quota_backend_bytes: "quotaBytes",
  etcd_server_leader_changes_seen_total: "leaderChanges",
};
const histograms: { readonly [name: string]: "logSyncs" | "commits" } = {
  etcd_disk_wal_fsync_duration_seconds_bucket: "logSyncs",
  etcd_disk_backend_commit_duration_seconds_bucket: "commits",
};
const wanted = new Set([
  ...Object.keys(gauges),
  ...Object.keys(histograms),
  "process_start_time_seconds",
  "etcd_server_has_leader",
  "grpc_server_handled_total",
]);
const bound = /^(\d{1,4}(\.\d{1,6})?|\+Inf)$/;
/** etcd has 14 bounds. */
const mostBounds = 40;
/** Year 9999. */
const latestSecond = 253_402_300_800;

type Building = { -readonly [K in keyof EtcdLook]: EtcdLook[K] };

function take(look: Building, { name, labels, value }: TextSample): void {
  const histogram = histograms[name];
  const gauge = gauges[name];
  const whole = Number.isSafeInteger(value);
  if (histogram !== undefined) {
    const le = labels.get("le") ?? "";
    if (bound.test(le) && whole && value >= 0 && look[histogram].length < mostBounds) {
      look[histogram].push({ le: detached(le), count: value });
    }
  } else if (gauge !== undefined) {
    // -1 until the first compaction
    if (whole && (value >= 0 || gauge === "compactRevision")) look[gauge] = value;
  } else if (name === "process_start_time_seconds") {
    if (value > 0 && value < latestSecond) look.startedAt = instantAt(value * 1000);
  } else if (name === "etcd_server_has_leader") {
    look.hasLeader = value === 1;
  } else if (labels.get("grpc_code") === "OK" && whole && value >= 0) {
    const method = labels.get("grpc_method");
    if (method === "Snapshot") look.snapshots = (look.snapshots ?? 0) + value;
    if (method === "Compact") look.compactCalls = (look.compactCalls ?? 0) + value;
  }
}

/** `malformed` for what holds nothing of an etcd. */
export async function lookAtEtcd(listeners: ListenerReader, at: Listener): Promise<Reading<EtcdLook>> {
  const look: Building = { logSyncs: [], commits: [] };
  let ofEtcd = false;
  const reading = await listeners.lines(at, "/metrics", (line) => {
    const name = sampleName(line);
    if (!wanted.has(name)) return;
    const sample = parseSample(line);
    if (sample === undefined) return;
    ofEtcd ||= name.startsWith("etcd_");
    take(look, sample);
  });
  if (!reading.ok) return reading;
  return ofEtcd ? read(look) : malformed("/metrics of etcd");
}
