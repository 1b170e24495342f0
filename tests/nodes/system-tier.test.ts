/** Tier system on real kubelets and a real etcd: the good cluster passes, and what is wrong with the other one is found. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadScope } from "../../src/app/scope.ts";
import { planFor } from "../../src/app/selected.ts";
import { rolesFor } from "../../src/engine/role.ts";
import type { Right } from "../../src/model/probe.ts";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { boundAccount } from "../support/bound-account.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { checkedOn } from "../support/expected-outcomes.ts";
import { forbiddenIn } from "../support/missed-facts.ts";

const kubelets = ["scs-0217-v1/kubelet-anonymous", "scs-0217-v1/kubelet-webhook", "scs-0217-v1/read-only-port"];
const asked = [
  ...kubelets,
  "scs-0217-v1/etcd-client-certificates",
  "scs-0217-v1/etcd-separate-ca",
  "scs-0217-v1/etcd-acl",
  "scs-0215-v1/request-limit",
  "scs-0215-v1/priority-and-fairness",
  "scs-0215-v1/certificate-rotation",
  "scs-0215-v1/etcd-backup",
];
/** What the tier decides of the good cluster; it is too young for the rest. */
const good = {
  ...Object.fromEntries(asked.map((requirement) => [requirement, "pass"])),
  // the text wants users and roles in etcd, and no cluster of kubeadm's kind has them
  "scs-0217-v1/etcd-acl": "fail",
  "scs-0215-v1/certificate-rotation": "undetermined",
  "scs-0215-v1/etcd-backup": "undetermined",
};

/** What a run that was killed would leave on disk goes where nobody else's is. */
const state = mkdtempSync(path.join(tmpdir(), "state-"));
vi.stubEnv("XDG_STATE_HOME", state);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});

const selection = {
  scope: "scs-compatible-kaas",
  only: asked,
  skip: [],
  tier: "system",
  includeProposed: false,
} as const;

async function checked(cluster: RealNodes, kubeconfig?: string): Promise<CheckedCluster> {
  return checkCluster(kubeconfig ?? (await cluster.kubeconfig()), {
    selection,
    requestTimeout: 60_000,
    timeout: 200_000,
  });
}

/** The value of a fact, for matching. */
function shownBy(run: CheckedCluster, id: "kube/listeners" | "kube/etcd-metrics" | "kube/running-kubelets"): unknown {
  const fact = run.fact(id);
  return fact.status === "collected" ? fact.value : fact.reason;
}

const small: RealNodesOptions = { workers: 1, storage: "none", policy: false };

describe("a good cluster", () => {
  let cluster: RealNodes;
  let run: CheckedCluster;
  let rights: readonly Right[];
  beforeAll(async () => {
    cluster = await realNodes(small);
    rights = planFor((await loadScope(selection.scope, undefined)).scope, selection, checkedOn).rights;
    run = await checked(cluster);
  });
  afterAll(() => cluster?.stop());

  test("is judged by what its kubelets, its etcd and its limiter do", () => {
    expect(run.outcomes).toMatchObject(good);
  });

  test("shows every kubelet, and what listens on its nodes", () => {
    const kubelet = { settings: { anonymous: false, authorizationMode: "Webhook", readOnlyPort: 0 } };
    expect(shownBy(run, "kube/running-kubelets")).toMatchObject({
      kubelets: [
        { node: "cp-1", ...kubelet, readOnlyPort: "refused" },
        { node: "worker-1", ...kubelet },
      ],
    });
    expect(shownBy(run, "kube/listeners")).toMatchObject({
      listeners: [
        { node: "cp-1", component: "kubelet", speaks: "tls", anonymous: "rejected", issuedByClusterCa: true },
        { node: "cp-1", component: "etcd", speaks: "tls", clientCertificate: "required", issuedByClusterCa: false },
        { node: "cp-1", component: "kube-controller-manager", speaks: "tls", clientCertificate: "requested" },
        { node: "cp-1", component: "kube-scheduler", speaks: "tls", clientCertificate: "requested" },
        { node: "worker-1", component: "kubelet", speaks: "tls", anonymous: "rejected" },
      ],
    });
  });

  test("counts in etcd, at two looks of one process", () => {
    const second = { snapshots: 0, quotaBytes: 8_589_934_592 };
    expect(shownBy(run, "kube/etcd-metrics")).toMatchObject({
      members: [{ node: "cp-1", first: { authRevision: 1, hasLeader: true }, second }],
      silent: [],
    });
  });

  test("rejects what is beyond a limit, answers others, and keeps nothing of it", async () => {
    expect(run.result("scs-0215-v1/request-limit").observed).toMatchObject({
      tried: expect.stringMatching(/^[1-7] of \d+ requests beyond a limit made for them were rejected/),
    });
    expect(run.run.report.cleanup).toMatchObject({ left: 0 });
    const levels = await cluster.kubectl(["get", "flowschemas,prioritylevelconfigurations", "-o", "name"]);
    expect(levels).not.toContain("reject-");
  });

  test("shows all of it to an account with the rights of the plan and no others", async () => {
    const run = await checked(cluster, await boundAccount(cluster, "least", rolesFor(rights), rights));
    expect(run.outcomes).toMatchObject(good);
    expect(forbiddenIn(run.gathering)).toEqual([]);
  });

  test("hides from one that may not connect to pods what listens on nodes, and that alone", async () => {
    const left = rights.filter((right) => right.kind !== "resource" || right.resource !== "pods/portforward");
    expect(left.length).toBe(rights.length - 2);
    const run = await checked(cluster, await boundAccount(cluster, "no-streams", rolesFor(left), left));
    expect(forbiddenIn(run.gathering)).toEqual(["kube/etcd-metrics", "kube/listeners"]);
    expect(run.outcomes).toMatchObject({ ...good, "scs-0217-v1/etcd-acl": "undetermined" });
  });
});

describe("a cluster with its doors open", () => {
  let cluster: RealNodes;
  beforeAll(async () => {
    cluster = await realNodes({
      ...small,
      kubelet: {
        readOnlyPort: 10_255,
        authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
        authorization: { mode: "AlwaysAllow" },
      },
      // with an authority etcd would still ask for a certificate
      etcdExtraFlags: ["--client-cert-auth=false", "--trusted-ca-file="],
    });
  });
  afterAll(() => cluster?.stop());

  test("fails for its kubelets and its etcd, and for nothing else", async () => {
    const run = await checked(cluster);
    const wrong = Object.fromEntries([...kubelets, "scs-0217-v1/etcd-client-certificates"].map((id) => [id, "fail"]));
    expect(run.outcomes).toMatchObject({ ...good, ...wrong });
    expect(shownBy(run, "kube/listeners")).toMatchObject({
      listeners: [
        { component: "kubelet", anonymous: "allowed" },
        { component: "etcd", clientCertificate: "not-requested" },
        {},
        {},
        { component: "kubelet", anonymous: "allowed" },
      ],
    });
    expect(shownBy(run, "kube/running-kubelets")).toMatchObject({
      kubelets: [{ readOnlyPort: "open" }, { readOnlyPort: "open" }],
    });
  });
});
