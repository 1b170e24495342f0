/** Requirements that the example reports speak of: enough of the real ones to fill every part of a report. */
import { sha256 } from "../../../src/model/digest.ts";
import type { Result } from "../../../src/model/report.ts";

type Fixed = Pick<
  Result,
  "requirement" | "standard" | "level" | "status" | "binding" | "title" | "clause" | "facts" | "check" | "bindingKind"
>;

type Kind = "tested" | "attested" | "advisory";

const pages: { readonly [standard: string]: string } = {
  "scs-0201-v1": "scs-0201-v1-cncf-conformance",
  "scs-0210-v2": "scs-0210-v2-k8s-version-policy",
  "scs-0211-v1": "scs-0211-v1-kaas-default-storage-class",
  "scs-0214-v2": "scs-0214-v2-k8s-node-distribution",
  "scs-0215-v1": "scs-0215-v1-robustness-features",
  "scs-0219-v1": "scs-0219-v1-kaas-networking",
};

function requirement(
  kind: Kind,
  id: string,
  level: Result["level"],
  status: Result["status"],
  anchor: string,
  title: string,
  text: string,
  facts: readonly string[],
  check?: string,
): Fixed {
  const standard = id.split("/")[0] ?? id;
  const clause = {
    url: `https://docs.scs.community/standards/${pages[standard]}#${anchor}`,
    anchor,
    sha256: sha256(text),
    text,
    revision: "2026-06-16",
  };
  const bound = kind === "advisory" ? { binding: false } : { binding: true, bindingKind: kind };
  return {
    requirement: id,
    standard,
    level,
    status,
    title,
    clause,
    facts: [...facts],
    ...bound,
    ...(check && { check }),
  };
}

export const requirements = {
  conformance: requirement(
    "tested",
    "scs-0201-v1/cncf-conformance",
    "must",
    "draft",
    "regulations",
    "CNCF Kubernetes conformance of the cluster's minor",
    "Kubernetes clusters MUST pass the CNCF Kubernetes conformance tests.",
    ["input/conformance-results", "kube/version"],
    "scs-0201/cncf-conformance",
  ),
  branch: requirement(
    "tested",
    "scs-0210-v2/supported-branch",
    "must",
    "stable",
    "decision",
    "a Kubernetes branch that upstream supports",
    "At least the Kubernetes versions supported by upstream MUST be offered.",
    ["kube/version", "input/kubernetes-releases"],
    "scs-0210/supported-branch",
  ),
  patch: requirement(
    "tested",
    "scs-0210-v2/patch-recency",
    "must",
    "stable",
    "decision",
    "a patch release taken up within one month",
    "A new patch version MUST be provided no later than 1 month after its release.",
    ["kube/version", "input/kubernetes-releases"],
    "scs-0210/patch-recency",
  ),
  network: requirement(
    "tested",
    "scs-0219-v1/network-policies",
    "must",
    "stable",
    "decision",
    "NetworkPolicy of the upstream API",
    "CSPs MUST provide a CNI that fully supports NetworkPolicies of the Kubernetes API.",
    ["input/conformance-results"],
    "scs-0219/network-policies",
  ),
  hosts: requirement(
    "attested",
    "scs-0214-v2/control-plane-hosts",
    "must",
    "stable",
    "node-distribution",
    "control-plane nodes on more than one physical host",
    "The control plane nodes MUST be distributed over multiple physical machines.",
    ["kube/nodes", "kube/platform"],
    "scs-0214/control-plane-spread",
  ),
  labels: requirement(
    "attested",
    "scs-0214-v2/topology-labels",
    "must",
    "stable",
    "node-labels",
    "region and zone labels on every node",
    "The labels topology.kubernetes.io/region and topology.kubernetes.io/zone MUST be set on every node.",
    ["kube/nodes"],
    "scs-0214/topology-labels",
  ),
  offered: requirement(
    "attested",
    "scs-0210-v2/newest-minor-offered",
    "must",
    "stable",
    "decision",
    "the newest minor offered within four months",
    "Newly released minor versions MUST be offered within 4 months.",
    [],
  ),
  zones: requirement(
    "advisory",
    "scs-0214-v2/failure-zones",
    "should",
    "stable",
    "node-distribution",
    "control-plane nodes in more than one failure zone",
    "The control plane nodes SHOULD be distributed over multiple failure zones.",
    ["kube/nodes"],
    "scs-0214/failure-zones",
  ),
  storage: requirement(
    "advisory",
    "scs-0211-v1/default-storage-class",
    "must",
    "stable",
    "decision",
    "one default storage class",
    "A freshly provisioned cluster must have a default storage class.",
    ["kube/storage-classes"],
    "scs-0211/default-storage-class",
  ),
  throttling: requirement(
    "advisory",
    "scs-0215-v1/max-requests-inflight",
    "must",
    "draft",
    "kube-api-rate-limiting",
    "a limit on requests in flight",
    "The number of requests in flight MUST be limited with max-requests-inflight.",
    ["kube/flagz", "kube/control-plane-pods", "kube/api-server-instances"],
    "scs-0215/max-requests-inflight",
  ),
  events: requirement(
    "advisory",
    "scs-0215-v1/event-rate-limit",
    "must",
    "draft",
    "kube-api-rate-limiting",
    "the admission plugin EventRateLimit",
    "The EventRateLimit admission controller MUST be activated and configured.",
    ["kube/api-server-metrics"],
    "scs-0215/event-rate-limit",
  ),
  rotation: requirement(
    "advisory",
    "scs-0215-v1/certificate-age",
    "must",
    "draft",
    "certificate-rotation",
    "certificates renewed at least once a year",
    "Certificates MUST be rotated at least once a year.",
    ["kube/serving-certificate"],
    "scs-0215/certificate-age",
  ),
} as const;

export type RequirementName = keyof typeof requirements;
