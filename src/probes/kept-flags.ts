/**
 * Flags whose values are kept, and what such a value looks like. Every other flag is kept by name only, and so is a value
 * that has another form than the one written here: names of files, addresses, users and tokens never pass.
 */

export interface KeptFlag {
  readonly form: RegExp;
  /** Never takes the next argument as its value. */
  readonly boolean?: boolean;
  /** Given twice, the values add up. */
  readonly list?: boolean;
  /** Why a check wants the value. */
  readonly reason: string;
}

const truth = /^(true|false|1|0|t|f)$/i;
const count = /^-?\d{1,12}$/;
const duration = /^(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h)){1,6}$/;
const countOrDuration = /^(\d{1,12}|(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h)){1,6})$/;
/** OpenShift's plugins are called `quota.openshift.io/ClusterResourceQuota`. */
const pluginNames = /^([a-z.]{1,60}\/)?[A-Za-z]{1,60}(,([a-z.]{1,60}\/)?[A-Za-z]{1,60}){0,99}$/;
const gates = /^[A-Za-z]{1,100}[0-9A-Za-z]{0,9}=(true|false)(,[A-Za-z]{1,100}[0-9A-Za-z]{0,9}=(true|false)){0,199}$/;

const flag = (form: RegExp, reason: string): KeptFlag => ({ form, reason });
const toggle = (reason: string): KeptFlag => ({ form: truth, boolean: true, reason });
const listing = (form: RegExp, reason: string): KeptFlag => ({ form, list: true, reason });

const throttling = "limits of the API server (scs-0215, throttling)";
const compaction = "etcd keeps its history short (scs-0215, etcd maintenance)";
const snapshots = "etcd is backed up (scs-0215, backup)";
const certificates = "how long certificates last (scs-0215, rotation)";

export const keptFlags: ReadonlyMap<string, KeptFlag> = new Map([
  ["max-requests-inflight", flag(count, throttling)],
  ["max-mutating-requests-inflight", flag(count, throttling)],
  ["min-request-timeout", flag(count, throttling)],
  ["request-timeout", flag(duration, throttling)],
  ["goaway-chance", flag(/^0?\.?\d{1,6}$/, throttling)],
  ["event-ttl", flag(duration, throttling)],
  ["enable-priority-and-fairness", toggle(throttling)],
  ["enable-admission-plugins", listing(pluginNames, "EventRateLimit, NodeRestriction (scs-0215, scs-0217)")],
  ["disable-admission-plugins", listing(pluginNames, "default plugins switched off (scs-0217)")],
  [
    "authorization-mode",
    listing(
      /^(Node|RBAC|ABAC|Webhook|AlwaysAllow|AlwaysDeny)(,(Node|RBAC|ABAC|Webhook|AlwaysAllow|AlwaysDeny)){0,9}$/,
      "authorizers (scs-0217)",
    ),
  ],
  ["feature-gates", listing(gates, "priority and fairness, flagz and other features by gate")],
  ["anonymous-auth", toggle("what anonymous requests may do (scs-0217)")],
  ["profiling", toggle("debug handlers (scs-0217)")],
  ["tls-min-version", flag(/^VersionTLS1[0-3]$/, "encryption in transit (scs-0217)")],
  ["cluster-signing-duration", flag(duration, certificates)],
  ["etcd-compaction-interval", flag(duration, compaction)],
  ["auto-compaction-mode", flag(/^(periodic|revision)$/, compaction)],
  ["auto-compaction-retention", flag(countOrDuration, compaction)],
  ["heartbeat-interval", flag(count, "etcd timing fits the disks (scs-0215)")],
  ["election-timeout", flag(count, "etcd timing fits the disks (scs-0215)")],
  ["quota-backend-bytes", flag(count, compaction)],
  ["snapshot-count", flag(count, compaction)],
  ["cluster-init", toggle("k3s runs etcd, not SQLite")],
  ["etcd-disable-snapshots", toggle(snapshots)],
  ["etcd-snapshot-schedule-cron", flag(/^[\d*/, -]{9,64}$/, snapshots)],
  ["etcd-snapshot-retention", flag(count, snapshots)],
  ["etcd-s3", toggle(snapshots)],
]);
