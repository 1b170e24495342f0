/**
 * Flags whose values are kept, and what such a value looks like. Every other flag is kept by name only, and so is a value
 * that has another form than the one written here: names of files, addresses, users and tokens never pass.
 */
import { distinct } from "./untrusted.ts";

export interface KeptFlag {
  readonly form: RegExp;
  /** Never takes the next argument as its value. */
  readonly boolean?: boolean;
  /** Given twice, the values add up. */
  readonly list?: boolean;
  /** What of the value is kept at all; undefined: nothing that fits the form. */
  readonly reduce?: (value: string) => string | undefined;
  /** Why a check wants the value. */
  readonly reason: string;
}

const schemes = /^(http|http-loopback|https|unix|unixs)(,(http|http-loopback|https|unix|unixs)){0,4}$/;
const truth = /^(true|false|1|0|t|f)$/i;
const count = /^-?\d{1,12}$/;
const duration = /^(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h)){1,6}$/;
const countOrDuration = /^(\d{1,12}|(\d{1,9}(\.\d{1,9})?(ns|us|ms|s|m|h)){1,6})$/;
/** OpenShift's plugins are called `quota.openshift.io/ClusterResourceQuota`. */
const pluginNames = /^([a-z.]{1,60}\/)?[A-Za-z]{1,60}(,([a-z.]{1,60}\/)?[A-Za-z]{1,60}){0,99}$/;
const gates = /^[A-Za-z]{1,100}[0-9A-Za-z]{0,9}=(true|false)(,[A-Za-z]{1,100}[0-9A-Za-z]{0,9}=(true|false)){0,199}$/;

/** The schemes of a list of URLs, and whether plain ones stay on the machine: addresses never pass. */
function schemesOf(urls: string): string | undefined {
  const schemes = urls.split(",").map((url) => {
    const [, scheme, host = ""] = /^(https?|unixs?):\/\/(\[[^\]]*\]|[^:/]*)/.exec(url.trim()) ?? [];
    return scheme === "http" && /^(localhost|127\.[\d.]+|\[::1\])$/.test(host) ? "http-loopback" : scheme;
  });
  return schemes.every((scheme) => scheme !== undefined) ? distinct(schemes).join(",") : undefined;
}

const flag = (form: RegExp, reason: string): KeptFlag => ({ form, reason });
const toggle = (reason: string): KeptFlag => ({ form: truth, boolean: true, reason });
const listing = (form: RegExp, reason: string): KeptFlag => ({ form, list: true, reason });

const endpoints = (reason: string): KeptFlag => ({ form: schemes, reduce: schemesOf, reason });

const throttling = "limits of the API server (scs-0215, throttling)";
const compaction = "etcd keeps its history short (scs-0215, etcd maintenance)";
const snapshots = "etcd is backed up (scs-0215, backup)";
const encryption = "encryption in transit (scs-0217)";
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
  ["enable-bootstrap-token-auth", toggle("methods of authentication (scs-0217)")],
  ["authentication-token-webhook", toggle("kubelets review bearer tokens (scs-0217)")],
  ["read-only-port", flag(/^\d{1,5}$/, "kubelets without a plain port (scs-0217)")],
  ["rotate-certificates", toggle(certificates)],
  ["rotate-server-certificates", toggle(certificates)],
  ["etcd-servers", endpoints(encryption)],
  ["listen-client-urls", endpoints(encryption)],
  ["listen-peer-urls", endpoints(encryption)],
  ["client-cert-auth", toggle("etcd asks its clients for certificates (scs-0217)")],
  ["peer-client-cert-auth", toggle("etcd asks its members for certificates (scs-0217)")],
  ["profiling", toggle("debug handlers (scs-0217)")],
  ["tls-min-version", flag(/^VersionTLS1[0-3]$/, encryption)],
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
