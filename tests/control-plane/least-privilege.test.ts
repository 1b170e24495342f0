/** `plan --role` grants what a run needs, no more and no less: each right that is taken away is missed by name. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { roleText } from "../../src/app/plan-run.ts";
import { loadScope } from "../../src/app/scope.ts";
import { planFor } from "../../src/app/selected.ts";
import { rolesFor } from "../../src/engine/role.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Right } from "../../src/model/probe.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubeadmLike } from "../../testbed/variants.ts";
import { boundAccount } from "../support/bound-account.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { checkedOn, conformant } from "../support/expected-outcomes.ts";
import { missedIn } from "../support/missed-facts.ts";

const selection = {
  scope: "scs-compatible-kaas",
  only: [],
  skip: [],
  tier: "observe",
  includeProposed: false,
} as const;

interface Taken {
  readonly without: (right: Right) => boolean;
  readonly resolve: string;
  /** Facts that are then forbidden. */
  readonly facts: readonly string[];
  /** Requirements that then are open; all others stay as they were. */
  readonly open: readonly string[];
}

const resource = (wanted: string, name?: string) => (right: Right) =>
  right.kind === "resource" && right.resource === wanted && right.name === name;
const urlPath = (wanted: string) => (right: Right) => right.kind === "path" && right.path === wanted;

const zones = ["scs-0214-v2/control-plane-zones", "scs-0214-v2/worker-zones"];
const redundancy = ["scs-0213-v1/control-plane-redundant", "scs-0213-v1/control-plane-duplicated"];
const nodes = [
  "scs-0100-v3/flavor-names",
  "scs-0100-v3/flavor-capabilities",
  ...redundancy,
  "scs-0214-v2/control-plane-hosts",
  "scs-0214-v2/topology-labels",
  "scs-0213-v1/components-on-other-machines",
  ...zones,
  "scs-0215-v1/etcd-compaction",
];
const storage = [
  "scs-0211-v1/node-lifecycle",
  "scs-0211-v1/no-local-storage",
  "scs-0211-v1/data-loss-protection",
  "scs-0211-v2/failure-safe-node-lifecycle",
  "scs-0211-v2/failure-safe-no-local-storage",
  "scs-0211-v2/failure-safe-no-node-disk",
];
const throttling = ["scs-0215-v1/inflight-parameters", "scs-0215-v1/event-rate-limit"];
const etcd = ["scs-0217-v1/etcd-tls", "scs-0217-v1/etcd-client-certificates"];
const hardening = [
  "scs-0217-v1/etcd-separate-ca",
  "scs-0217-v1/two-authentication-methods",
  "scs-0217-v1/service-account-tokens",
  "scs-0217-v1/node-authorizer",
  "scs-0217-v1/further-authorizer",
  "scs-0217-v1/rbac",
  "scs-0217-v1/node-restriction",
  "scs-0217-v1/pod-security-admission",
];
const byAnswer = ["scs-0215-v1/request-limit", "scs-0215-v1/priority-and-fairness"];

const taken: { readonly [right: string]: Taken } = {
  "list nodes": {
    without: resource("nodes"),
    resolve: "the right to list nodes",
    facts: ["kube/node-args", "kube/nodes"],
    open: [...nodes, ...etcd],
  },
  "list pods in kube-system": {
    without: resource("pods"),
    resolve: "the right to list pods in kube-system",
    facts: ["kube/control-plane-pods"],
    open: [...throttling, ...redundancy, ...etcd, "scs-0215-v1/etcd-compaction", "scs-0217-v1/etcd-separate-ca"],
  },
  "list leases in kube-system": {
    without: resource("leases"),
    resolve: "the right to list leases in kube-system",
    facts: ["kube/api-server-instances", "kube/leader-leases"],
    open: [...throttling, ...byAnswer, ...hardening],
  },
  "list events": {
    without: resource("events"),
    resolve: "the rights to list events and list leases in kube-system",
    facts: ["kube/compaction-horizon"],
    open: ["scs-0215-v1/etcd-cleaned-up"],
  },
  "list storage classes": {
    without: resource("storageclasses"),
    resolve: "the right to list storageclasses",
    facts: ["kube/storage-classes"],
    open: [...storage, "scs-0211-v2/default-class", "scs-0211-v2/volume-expansion"],
  },
  "get the CA of the cluster": {
    without: resource("configmaps", "kube-root-ca.crt"),
    resolve: "the right to get the ConfigMap kube-system/kube-root-ca.crt",
    facts: ["kube/cluster-ca"],
    open: ["scs-0215-v1/ca-renewal", "scs-0215-v1/certificate-rotation"],
  },
  "list custom resources": {
    without: resource("customresourcedefinitions"),
    resolve: "the right to list customresourcedefinitions",
    facts: ["kube/custom-resources"],
    open: ["scs-0219-v1/admin-network-policy", "scs-0219-v2/admin-network-policy"],
  },
  "list volumes": {
    without: resource("persistentvolumes"),
    resolve: "the right to list persistentvolumes",
    facts: ["kube/persistent-volumes"],
    open: [],
  },
  "list the drivers of nodes": {
    without: resource("csinodes"),
    resolve: "the right to list csinodes",
    facts: ["kube/csi-nodes"],
    open: [],
  },
  "list jobs by the clock": {
    without: resource("cronjobs"),
    resolve: "the right to list cronjobs",
    facts: ["kube/backup-jobs"],
    open: [],
  },
  "list services": {
    without: resource("services"),
    resolve: "the right to list services",
    facts: ["kube/load-balancers"],
    open: [],
  },
  "list ingress classes": {
    without: resource("ingressclasses"),
    resolve: "the right to list ingressclasses",
    facts: ["kube/ingress-classes"],
    open: ["scs-0219-v1/ingress-controller", "scs-0219-v2/ingress-controller"],
  },
  "get the configuration of kubelets": {
    without: resource("configmaps", "kubelet-config"),
    resolve: "the right to get the ConfigMap kube-system/kubelet-config",
    facts: ["kube/kubelet-configuration"],
    open: [],
  },
  "list namespaces": {
    without: resource("namespaces"),
    resolve: "the right to list namespaces",
    facts: ["kube/pod-security-labels"],
    open: [],
  },
  "list requests for certificates": {
    without: resource("certificatesigningrequests"),
    resolve: "the right to list certificatesigningrequests",
    facts: ["kube/kubelet-serving-requests"],
    open: [],
  },
  "get the namespace kube-system": {
    without: resource("namespaces", "kube-system"),
    resolve: "the right to get the namespace kube-system",
    facts: ["kube/identity"],
    open: ["scs-0215-v1/certificate-rotation"],
  },
  "get the configuration of kubeadm": {
    without: resource("configmaps", "kubeadm-config"),
    resolve: "the right to get the ConfigMap kube-system/kubeadm-config",
    facts: ["kube/kubeadm-config"],
    open: [],
  },
  "list priority levels": {
    without: resource("prioritylevelconfigurations"),
    resolve: "the right to list prioritylevelconfigurations",
    facts: ["kube/priority-levels"],
    open: [],
  },
  "get /metrics": {
    without: urlPath("/metrics"),
    resolve: "the right to get /metrics",
    facts: ["kube/api-server-metrics"],
    open: [],
  },
  "get /flagz": {
    without: urlPath("/flagz"),
    resolve: "the right to get /flagz",
    facts: ["kube/flagz"],
    open: [],
  },
};

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("a ServiceAccount with the rights of the plan", () => {
  let cluster: ControlPlane;
  let rights: readonly Right[];
  let least: CheckedCluster;
  beforeAll(async () => {
    cluster = await kubeadmLike({ apiServers: 1, workers: 2 });
    const { scope } = await loadScope(selection.scope, undefined);
    rights = planFor(scope, selection, checkedOn).rights;
    const text = await roleText(selection, () => new Date(checkedOn));
    const roles = parseAllDocuments(text).map((document) => document.toJS() as JsonObject);
    least = await checkCluster(await boundAccount(cluster, "least", roles, rights));
  });
  afterAll(() => cluster?.stop());

  it("sees all that an administrator sees", async () => {
    const administrator = await checkCluster(await cluster.kubeconfig());
    expect(least.outcomes).toEqual(administrator.outcomes);
    expect(least.outcomes).toEqual(conformant);
    const { items } = least.gathering;
    expect(missedIn(least.gathering)).toEqual([]);
    expect(Object.keys(items)).toEqual(Object.keys(administrator.gathering.items));
    const refused = least.gathering.requests.filter(({ status }) => status === 401 || status === 403);
    expect(refused).toEqual([]);
  });

  it.each(Object.entries(taken))("without the right to %s misses that alone", async (what, row) => {
    const left = rights.filter((right) => !row.without(right));
    expect(left).toHaveLength(rights.length - 1);
    const name = what.replace(/[^a-z]+/g, "-");
    const { gathering, outcomes, result } = await checkCluster(await boundAccount(cluster, name, rolesFor(left), left));
    const missed = missedIn(gathering);
    expect(missed.map(([id]) => id)).toEqual(row.facts);
    for (const [, fact] of missed) expect(fact).toMatchObject({ reason: "forbidden", resolve: row.resolve });
    const open = Object.fromEntries(row.open.map((id) => [id, "undetermined"]));
    expect(outcomes).toEqual({ ...conformant, ...open });
    for (const id of row.open) {
      expect(
        result(id).missing.map(({ reason, resolve }) => [reason, resolve]),
        id,
      ).toContainEqual(["forbidden", row.resolve]);
    }
  });
});
