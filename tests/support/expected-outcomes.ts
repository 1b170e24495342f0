/** What a run says of every requirement in force, cluster by cluster: a requirement that is not listed fails the test. */
import type { Outcome } from "../../src/model/vocabulary.ts";

export type Outcomes = { readonly [requirement: string]: Outcome };

const all = (outcome: Outcome, ...requirements: readonly string[]): Outcomes =>
  Object.fromEntries(requirements.map((requirement) => [requirement, outcome]));

/** No kubeconfig can show these; without a declaration nobody has attempted them. */
const questions = all(
  "not-run",
  "scs-0210-v2/minor-recency",
  "scs-0210-v2/tested-before-rollout",
  "scs-0210-v2/branch-support",
  "scs-0211-v1/read-write-once",
  "scs-0211-v1/redundant-within-zone",
  "scs-0211-v1/redundant-across-zones",
  "scs-0211-v1/low-tier-performance",
  "scs-0211-v2/failure-safe-read-write-once",
  "scs-0211-v2/failure-safe-node-lifecycle",
  "scs-0211-v2/failure-safe-no-local-storage",
  "scs-0211-v2/failure-safe-no-node-disk",
  "scs-0211-v2/failure-safe-redundant-within-zone",
  "scs-0211-v2/failure-safe-redundant-across-zones",
  "scs-0214-v2/best-practices",
  "scs-0214-v2/worker-in-each-zone",
  "scs-0214-v2/labels-current",
  "scs-0215-v1/parameter-values",
  "scs-0215-v1/event-rate-limit-values",
  "scs-0215-v1/etcd-cleaned-up",
  "scs-0215-v1/etcd-backup",
  "scs-0215-v1/etcd-backup-ladder",
  "scs-0215-v1/etcd-backup-weekly",
  "scs-0215-v1/etcd-backup-encrypted",
  "scs-0219-v1/default-restrictions",
);

/** No conformance results were given. */
const withoutResults = all("not-run", "scs-0201-v1/conformance-suite", "scs-0219-v1/network-policy");

/** /version is public: whoever reaches the API server sees it. */
const newestVersion = all(
  "pass",
  "scs-0210-v2/patch-recency",
  "scs-0210-v2/critical-patch-recency",
  "scs-0210-v2/critical-patch-recommended",
  "scs-0210-v2/unsupported-branch",
);

/** Network storage by default; whether its backend keeps several copies is not visible. */
const cinder: Outcomes = {
  ...all("undetermined", "scs-0211-v1/data-loss-protection"),
  ...all("pass", "scs-0211-v1/node-lifecycle", "scs-0211-v1/no-local-storage"),
  ...all("pass", "scs-0211-v2/default-class", "scs-0211-v2/volume-expansion"),
};

/** Disproved in a fresh cluster; of a class that is not there nothing can be said. */
export const noDefaultClass: Outcomes = {
  ...all("undetermined", "scs-0211-v1/data-loss-protection", "scs-0211-v1/node-lifecycle"),
  ...all("undetermined", "scs-0211-v1/no-local-storage", "scs-0211-v2/volume-expansion"),
  ...all("fail", "scs-0211-v2/default-class"),
};

/** Nothing but the rows of 0201, 0210 and the questions is decided. */
const undecided = all(
  "undetermined",
  ...Object.keys(cinder),
  "scs-0214-v2/control-plane-hosts",
  "scs-0214-v2/control-plane-zones",
  "scs-0214-v2/worker-zones",
  "scs-0214-v2/topology-labels",
  "scs-0215-v1/request-limit",
  "scs-0215-v1/inflight-parameters",
  "scs-0215-v1/event-rate-limit",
  "scs-0215-v1/priority-and-fairness",
  "scs-0215-v1/etcd-compaction",
  "scs-0215-v1/certificate-rotation",
  "scs-0215-v1/ca-renewal",
  "scs-0219-v1/admin-network-policy",
  "scs-0219-v1/ingress-controller",
);

/** A user without any right: what everybody may read, and not one row more. */
export const withoutRights: Outcomes = { ...questions, ...withoutResults, ...newestVersion, ...undecided };

/** An API server that says nothing. */
export const silent: Outcomes = { ...withoutRights, ...all("undetermined", ...Object.keys(newestVersion)) };

/**
 * Conformant as far as a cluster shows it: on which machines the virtual ones stand, whether a young cluster's certificates
 * will be rotated, and what a provider offers beside this cluster stays open.
 */
export const conformant: Outcomes = {
  ...withoutRights,
  ...cinder,
  ...all("pass", "scs-0214-v2/control-plane-zones", "scs-0214-v2/worker-zones", "scs-0214-v2/topology-labels"),
  ...all("pass", "scs-0215-v1/request-limit", "scs-0215-v1/inflight-parameters", "scs-0215-v1/event-rate-limit"),
  ...all("pass", "scs-0215-v1/priority-and-fairness", "scs-0215-v1/etcd-compaction", "scs-0215-v1/ca-renewal"),
};
