/** Series of `/metrics` that are kept, and their labels with the form that a value of each must have. */

export interface KeptMetric {
  readonly labels: { readonly [name: string]: RegExp };
  /** Why a check wants it. */
  readonly reason: string;
}

const objectName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const word = /^[A-Za-z]{1,40}$/;
const truth = /^(true|false)$/;
const level = { priority_level: objectName };

export const keptMetrics: ReadonlyMap<string, KeptMetric> = new Map<string, KeptMetric>([
  ["process_start_time_seconds", { labels: {}, reason: "tells API servers apart, and since when they count" }],
  [
    "kubernetes_build_info",
    { labels: { git_version: /^v\d[\w.+-]{1,60}$/ }, reason: "version of the one that answered" },
  ],
  ["apiserver_flowcontrol_nominal_limit_seats", { labels: level, reason: "sum of the inflight limits (KEP-1040)" }],
  ["apiserver_flowcontrol_request_concurrency_limit", { labels: level, reason: "the same, until 1.36" }],
  [
    "apiserver_flowcontrol_current_executing_seats",
    { labels: { ...level, flow_schema: objectName }, reason: "the limiter is at work" },
  ],
  ["apiserver_current_inflight_requests", { labels: { request_kind: word }, reason: "the limiter counts" }],
  [
    "apiserver_admission_controller_admission_duration_seconds_count",
    {
      // OpenShift's plugins are called `quota.openshift.io/ClusterResourceQuota`.
      labels: { name: /^([a-z0-9.-]{1,60}\/)?[A-Za-z]{1,80}$/, type: word, operation: word, rejected: truth },
      reason: "admission plugins in force: EventRateLimit, NodeRestriction, PodSecurity",
    },
  ],
  [
    "apiserver_storage_size_bytes",
    { labels: { storage_cluster_id: /^etcd-\d{1,3}$/ }, reason: "size of etcd's database" },
  ],
  [
    "etcd_request_duration_seconds_bucket",
    {
      // type (until 1.33), group and resource fall away: their samples add up, so that evidence stays small.
      labels: { operation: /^(create|update|delete)$/, le: /^(\d{1,4}(\.\d{1,6})?|\+Inf)$/ },
      reason: "how long etcd takes to write, quorum and disk included",
    },
  ],
  [
    "pod_security_evaluations_total",
    {
      labels: { mode: word, policy_level: word, decision: word },
      reason: "levels that pods are held to (scs-0217)",
    },
  ],
  ["serviceaccount_valid_tokens_total", { labels: {}, reason: "service account tokens are accepted (scs-0217)" }],
  [
    "apiserver_client_certificate_expiration_seconds_bucket",
    {
      labels: { le: /^(\d{1,10}(\.\d{1,6})?(e\+\d{1,2})?|\+Inf)$/ },
      reason: "clients whose certificate ends soon (scs-0215, rotation)",
    },
  ],
  [
    "apiserver_authorization_decisions_total",
    { labels: { type: word, decision: word }, reason: "authorizers at work (scs-0217)" },
  ],
]);
