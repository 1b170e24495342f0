/** The main job against every named cluster: each requirement's outcome, none unlisted. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../../src/app/exit.ts";
import type { Outcome } from "../../src/model/vocabulary.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import * as clusters from "../../testbed/variants.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { checkedOn, conformant, noDefaultClass, type Outcomes, withoutRights } from "../support/expected-outcomes.ts";

interface Named {
  readonly name: string;
  readonly start: () => Promise<ControlPlane>;
  /** What differs from the conformant cluster, and why. */
  readonly differs: Outcomes;
  /** Attested requirements that the cluster disproves: they make the verdict FAIL. */
  readonly disproved: readonly string[];
}

const hosts = "scs-0214-v2/control-plane-hosts";
const labels = "scs-0214-v2/topology-labels";
const oneMachine: Outcomes = { [hosts]: "fail", "scs-0213-v1/components-on-other-machines": "fail" };
const redundant = (outcome: Outcome): Outcomes => ({
  "scs-0213-v1/control-plane-redundant": outcome,
  "scs-0213-v1/control-plane-duplicated": outcome,
});
const unnamedFlavors: Outcomes = {
  "scs-0100-v3/flavor-names": "undetermined",
  "scs-0100-v3/flavor-capabilities": "undetermined",
};
const oneNode: Outcomes = { ...oneMachine, ...redundant("fail"), "scs-0214-v2/control-plane-zones": "fail" };
const noThrottling: Outcomes = { "scs-0215-v1/inflight-parameters": "fail", "scs-0215-v1/event-rate-limit": "fail" };
const plain: Outcomes = { ...noDefaultClass, [labels]: "fail", "scs-0215-v1/etcd-compaction": "fail" };

const etcdTls: Outcomes = {
  "scs-0217-v1/etcd-tls": "undetermined",
  "scs-0217-v1/etcd-client-certificates": "undetermined",
};

/** Values in effect do not show who set them; what is visible of the answering server still counts, and disproves. */
const hiddenControlPlane: Outcomes = {
  "scs-0214-v2/control-plane-zones": "undetermined",
  "scs-0215-v1/inflight-parameters": "undetermined",
  "scs-0215-v1/event-rate-limit": "fail",
  "scs-0215-v1/etcd-compaction": "undetermined",
  ...etcdTls,
  "scs-0217-v1/etcd-separate-ca": "undetermined",
};

/** Dated by the day of judging, so that it is too old whenever the test runs. */
const oldCertificate = { notBefore: new Date(Date.parse(checkedOn) - 400 * 86_400_000), days: 3650 };

const named: readonly Named[] = [
  { name: "kubeadm, conformant", start: () => clusters.kubeadmLike(), differs: {}, disproved: [] },
  {
    name: "kubeadm, not conformant: one control-plane node, nothing set",
    start: () => clusters.kubeadmLike({ conformant: false, controlPlanes: 1, workers: 1 }),
    differs: { ...plain, ...oneNode, ...noThrottling, "scs-0214-v2/worker-zones": "fail" },
    disproved: [hosts, labels],
  },
  {
    name: "bare: an API without nodes",
    start: () => clusters.bare(),
    differs: {
      ...noDefaultClass,
      ...hiddenControlPlane,
      ...redundant("undetermined"),
      ...unnamedFlavors,
      [labels]: "undetermined",
      "scs-0214-v2/worker-zones": "undetermined",
    },
    disproved: [],
  },
  { name: "single machine", start: clusters.singleMachine, differs: oneMachine, disproved: [hosts] },
  {
    name: "throttled, and nothing else",
    start: clusters.throttled,
    differs: { ...plain, ...oneNode, "scs-0214-v2/worker-zones": "not-applicable" },
    disproved: [hosts, labels],
  },
  {
    name: "two API servers, one without the flags; one worker",
    start: clusters.twoApiServersDifferentFlags,
    differs: { ...noThrottling, "scs-0214-v2/worker-zones": "fail" },
    disproved: [],
  },
  {
    name: "hosted control plane",
    start: clusters.hosted,
    differs: { ...hiddenControlPlane, ...redundant("undetermined") },
    disproved: [],
  },
  {
    name: "a serving certificate older than a year",
    start: () => clusters.kubeadmLike({ controlPlane: { apiServers: [{ servingCertificate: oldCertificate }] } }),
    differs: { ...noThrottling, "scs-0215-v1/certificate-rotation": "fail" },
    disproved: [],
  },
  {
    name: "priority and fairness off, single stack",
    start: () =>
      clusters.kubeadmLike({ apiServers: 1, controlPlane: { priorityAndFairness: false, dualStack: false } }),
    differs: { "scs-0215-v1/priority-and-fairness": "fail" },
    disproved: [],
  },
];

const skipped = process.env.SCS_SKIP_CONTROL_PLANE === "1";

describe.skipIf(skipped).each(named)("$name", ({ start, differs, disproved }) => {
  let cluster: ControlPlane;
  let checked: CheckedCluster;
  beforeAll(async () => {
    cluster = await start();
    checked = await checkCluster(await cluster.kubeconfig());
  });
  afterAll(() => cluster?.stop());

  it("gives each requirement its outcome", () => {
    expect(checked.outcomes).toEqual({ ...conformant, ...differs });
  });

  it("decides nothing without the testcases' results: MISS, or FAIL for what it disproves", () => {
    const { report } = checked.run;
    expect(report.attestations.disproved).toEqual(disproved);
    expect(report.verdict).toBe(disproved.length > 0 ? "FAIL" : "MISS");
    expect(exitCodeOf(report, { gate: "binding", strict: false })).toBe(disproved.length > 0 ? 1 : 2);
    expect(report.testcases.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["cncf-k8s-conformance", "MISS"],
      ["version-policy-check", "PASS"],
      ["kaas-networking-check", "MISS"],
    ]);
  });

  it("says why, and what would decide the rest", () => {
    for (const result of checked.run.report.results) {
      const seen: readonly Outcome[] = ["pass", "fail", "not-applicable"];
      if (seen.includes(result.outcome)) expect(Object.keys(result.observed), result.requirement).not.toEqual([]);
      else expect(result.missing, result.requirement).not.toEqual([]);
      expect(result.findings.length > 0 || result.outcome !== "fail", result.requirement).toBe(true);
      expect(result.because, result.requirement).not.toBe("");
      expect(result.defect, result.requirement).toBeUndefined();
    }
  });
});

describe.skipIf(skipped)("users with few rights", () => {
  let poor: clusters.PoorUsers;
  beforeAll(async () => {
    poor = await clusters.rbacPoor();
  });
  afterAll(() => poor?.cluster.stop());

  it("no right at all: the public version and nothing else, exit code 2", async () => {
    const { outcomes, run } = await checkCluster(poor.nobody);
    expect(outcomes).toEqual(withoutRights);
    expect(exitCodeOf(run.report, { gate: "binding", strict: false })).toBe(2);
  });

  it("all rights but nodes: what nodes decide stays open and names the right", async () => {
    const { outcomes, result } = await checkCluster(poor.noNodes);
    const open = [
      ...Object.keys({ ...oneMachine, ...redundant("undetermined"), ...unnamedFlavors }),
      labels,
      "scs-0214-v2/control-plane-zones",
      "scs-0214-v2/worker-zones",
      ...Object.keys(etcdTls),
    ];
    const compaction = "scs-0215-v1/etcd-compaction";
    const undetermined = Object.fromEntries([...open, compaction].map((id) => [id, "undetermined"]));
    expect(outcomes).toEqual({ ...conformant, ...undetermined });
    for (const id of [...open, compaction]) {
      expect(result(id).missing).toEqual([
        { fact: "kube/nodes", reason: "forbidden", resolve: "the right to list nodes" },
      ]);
    }
  });
});
