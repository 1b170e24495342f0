/** What a run says of every requirement in force, cluster by cluster: one with a check that is not listed fails the test. */
import { loadScope } from "../../src/app/scope.ts";
import { selectedRequirements } from "../../src/app/selected.ts";
import type { Outcome } from "../../src/model/vocabulary.ts";

/** A day on which the release that the test clusters run is in time and in support: judging does not depend on today. */
export const checkedOn = "2026-11-23T12:00:00Z";

const whole = { only: [], skip: [], tier: "observe", includeProposed: false } as const;

export type Outcomes = { readonly [requirement: string]: Outcome };

const all = (outcome: Outcome, ...requirements: readonly string[]): Outcomes =>
  Object.fromEntries(requirements.map((requirement) => [requirement, outcome]));

/** No kubeconfig can show what has no check; without a declaration nobody has attempted it. */
const questions = all(
  "not-run",
  ...selectedRequirements((await loadScope("scs-compatible-kaas", undefined)).scope, whole, checkedOn)
    .filter(({ requirement }) => requirement.check === undefined)
    .map(({ id }) => id),
);

/** No conformance results were given. */
const withoutResults = all(
  "not-run",
  "scs-0201-v1/conformance-suite",
  "scs-0219-v1/network-policy",
  "scs-0219-v2/network-policy",
);

/** No view of a management cluster was given. */
const withoutManagement = all(
  "not-run",
  "scs-0215-v1/event-rate-limit-values",
  "scs-0215-v1/etcd-backup",
  "scs-0215-v1/etcd-backup-weekly",
);

/** What takes a run of tier system to see. */
const beyondTier = all("not-run", "scs-0217-v1/etcd-acl", "scs-0217-v1/ports-closed");

/** No OpenStack cloud was given: what it offers is not looked at. */
const withoutCloud = all(
  "not-run",
  "scs-0103-v1/mandatory-flavors",
  "scs-0103-v1/flavor-figures",
  "scs-0103-v1/flavor-properties",
  "scs-0110-v1/ssd-flavors",
);

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
  ...all("pass", "scs-0211-v2/failure-safe-node-lifecycle", "scs-0211-v2/failure-safe-no-local-storage"),
  ...all("pass", "scs-0211-v2/failure-safe-no-node-disk"),
  // no claim has made a volume yet
  ...all("undetermined", "scs-0211-v1/read-write-once", "scs-0211-v2/failure-safe-read-write-once"),
  ...all("pass", "scs-0211-v2/default-class", "scs-0211-v2/volume-expansion"),
};

/** Disproved in a fresh cluster; of a class that is not there nothing can be said. */
export const noDefaultClass: Outcomes = {
  ...all("undetermined", "scs-0211-v1/data-loss-protection", "scs-0211-v1/node-lifecycle"),
  ...all("undetermined", "scs-0211-v1/no-local-storage", "scs-0211-v2/volume-expansion"),
  ...all("undetermined", "scs-0211-v1/read-write-once", "scs-0211-v2/failure-safe-read-write-once"),
  ...all("undetermined", "scs-0211-v2/failure-safe-node-lifecycle", "scs-0211-v2/failure-safe-no-local-storage"),
  ...all("undetermined", "scs-0211-v2/failure-safe-no-node-disk"),
  ...all("fail", "scs-0211-v2/default-class"),
};

/** Hardening as far as the control plane shows it: what kubelets do, and the default level of pod security, it does not. */
const hardened = [
  "scs-0217-v1/etcd-tls",
  "scs-0217-v1/etcd-separate-ca",
  "scs-0217-v1/etcd-client-certificates",
  "scs-0217-v1/two-authentication-methods",
  "scs-0217-v1/service-account-tokens",
  "scs-0217-v1/node-authorizer",
  "scs-0217-v1/further-authorizer",
  "scs-0217-v1/rbac",
  "scs-0217-v1/node-restriction",
  "scs-0217-v1/pod-security-admission",
];

/** Nothing but the rows of 0201, 0210 and the questions is decided. */
const undecided = all(
  "undetermined",
  ...Object.keys(cinder),
  "draft-load-balancer-v1/service-works",
  "scs-0100-v3/flavor-names",
  "scs-0100-v3/flavor-capabilities",
  "scs-0214-v2/control-plane-hosts",
  "scs-0214-v2/control-plane-zones",
  "scs-0214-v2/worker-zones",
  "scs-0214-v2/topology-labels",
  "scs-0215-v1/request-limit",
  "scs-0215-v1/inflight-parameters",
  "scs-0215-v1/event-rate-limit",
  "scs-0215-v1/priority-and-fairness",
  "scs-0215-v1/etcd-compaction",
  "scs-0215-v1/etcd-cleaned-up",
  "scs-0215-v1/etcd-backup",
  "scs-0215-v1/etcd-backup-weekly",
  "scs-0215-v1/certificate-rotation",
  "scs-0215-v1/ca-renewal",
  "scs-0213-v1/control-plane-redundant",
  "scs-0213-v1/control-plane-duplicated",
  "scs-0213-v1/components-on-other-machines",
  ...hardened,
  "scs-0217-v1/read-only-port",
  "scs-0217-v1/kubelet-anonymous",
  "scs-0217-v1/kubelet-webhook",
  "scs-0217-v1/pod-security",
  "scs-0217-v1/pod-security-baseline",
  "scs-0217-v1/pod-security-enforce",
  "scs-0219-v1/admin-network-policy",
  "scs-0219-v1/ingress-controller",
  "scs-0219-v2/admin-network-policy",
  "scs-0219-v2/ingress-controller",
);

/** A user without any right: what everybody may read, and not one row more. */
export const withoutRights: Outcomes = {
  ...questions,
  ...withoutResults,
  ...withoutManagement,
  ...withoutCloud,
  ...beyondTier,
  ...newestVersion,
  ...undecided,
};

/** An API server that says nothing. */
export const silent: Outcomes = { ...withoutRights, ...all("undetermined", ...Object.keys(newestVersion)) };

/**
 * Conformant as far as a cluster shows it: on which machines the virtual ones stand, whether a young cluster's certificates
 * will be rotated, and what a provider offers beside this cluster stays open.
 */
export const conformant: Outcomes = {
  ...withoutRights,
  ...cinder,
  ...all("pass", "scs-0100-v3/flavor-names", "scs-0100-v3/flavor-capabilities"),
  ...all("pass", "scs-0213-v1/control-plane-redundant", "scs-0213-v1/control-plane-duplicated"),
  ...all("pass", "scs-0214-v2/control-plane-zones", "scs-0214-v2/worker-zones", "scs-0214-v2/topology-labels"),
  ...all("pass", "scs-0215-v1/request-limit", "scs-0215-v1/inflight-parameters", "scs-0215-v1/event-rate-limit"),
  ...all("pass", "scs-0215-v1/priority-and-fairness", "scs-0215-v1/etcd-compaction", "scs-0215-v1/ca-renewal"),
  ...all("pass", ...hardened),
};
