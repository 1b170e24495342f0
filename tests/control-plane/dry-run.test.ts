/** Tier dry-run against real API servers: what they would do is learned, nothing is stored, and no right is asked for too much. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { preflight } from "../../src/app/preflight.ts";
import { rolesFor } from "../../src/engine/role.ts";
import { connect } from "../../src/kubernetes/connect.ts";
import type { ProbedFactId } from "../../src/model/facts/index.ts";
import type { Right } from "../../src/model/probe.ts";
import { describeRight } from "../../src/model/right-text.ts";
import { probes } from "../../src/probes/index.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { kubeadmLike } from "../../testbed/variants.ts";
import { allObjects } from "../support/all-objects.ts";
import { boundAccount } from "../support/bound-account.ts";
import { gatherOver } from "../support/gathering.ts";

const asking = probes.filter(({ tier }) => tier === "dry-run");
const facts: readonly ProbedFactId[] = asking.map(({ id }) => id);
const distinct = (rights: readonly Right[]) => [
  ...new Map(rights.map((right) => [describeRight(right), right])).values(),
];
/** The rights of the probes that ask, and to list nodes, one of whose names is needed. */
const rights = distinct(
  probes.filter(({ id }) => id === "kube/nodes" || facts.includes(id)).flatMap((one) => one.rights),
);

/** What each asking probe learned, or why it could not. */
async function learned(kubeconfig: string) {
  const connection = await connect({ kubeconfig, environment: {} });
  try {
    const { gathering } = await gatherOver(connection, facts, {}, "dry-run");
    const told = facts.map((id) => {
      const fact = gathering.items[id];
      return [id, fact?.status === "collected" ? fact.value : fact?.reason];
    });
    return { told: Object.fromEntries(told) as { [id: string]: unknown }, requests: gathering.requests };
  } finally {
    connection.close();
  }
}

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("an API server that is asked what it would do", () => {
  let good: ControlPlane;
  let bad: ControlPlane;
  beforeAll(async () => {
    good = await kubeadmLike({ controlPlanes: 1, workers: 1 });
    const extraFlags = [
      "--enable-admission-plugins=AlwaysPullImages",
      "--disable-admission-plugins=NodeRestriction,PodSecurity,DefaultStorageClass",
    ];
    const controlPlane = { apiServers: [{ extraFlags }], dualStack: false };
    bad = await kubeadmLike({ controlPlanes: 1, workers: 1, controlPlane });
  });
  afterAll(async () => {
    await good?.stop();
    await bad?.stop();
  });

  it("tells the good one from the bad one", async () => {
    expect((await learned(await good.kubeconfig())).told).toEqual({
      "kube/authorizers": { node: true, rbac: true, allowsAnyone: false },
      "kube/node-restriction": { refused: true },
      "kube/pod-security": { admission: true, privilegedPod: { refused: false, labelled: false } },
      "kube/dual-stack-services": { dualStack: true, families: ["IPv4", "IPv6"] },
      "kube/claim-class": { storageClass: "cinder-default" },
    });
    expect((await learned(await bad.kubeconfig())).told).toEqual({
      "kube/authorizers": { node: true, rbac: true, allowsAnyone: false },
      "kube/node-restriction": { refused: false },
      "kube/pod-security": { admission: false, privilegedPod: { refused: false, labelled: false } },
      "kube/dual-stack-services": { dualStack: false, families: [] },
      "kube/claim-class": { storageClass: null },
    });
  });

  it("hears a default level and a missing Node authorizer", async () => {
    const admissionConfig = stringify({
      apiVersion: "apiserver.config.k8s.io/v1",
      kind: "AdmissionConfiguration",
      plugins: [
        {
          name: "PodSecurity",
          configuration: {
            apiVersion: "pod-security.admission.config.k8s.io/v1",
            kind: "PodSecurityConfiguration",
            defaults: { enforce: "baseline", "enforce-version": "latest" },
            exemptions: { namespaces: ["kube-system"] },
          },
        },
      ],
    });
    const apiServers = [{ admissionConfig, extraFlags: ["--authorization-mode=RBAC"] }];
    const odd = await kubeadmLike({ controlPlanes: 1, workers: 0, controlPlane: { apiServers } });
    try {
      expect((await learned(await odd.kubeconfig())).told).toMatchObject({
        "kube/authorizers": { node: false, rbac: true, allowsAnyone: false },
        "kube/node-restriction": { refused: null },
        "kube/pod-security": { admission: true, privilegedPod: { refused: true, labelled: false, level: "baseline" } },
      });
    } finally {
      await odd.stop();
    }
  });

  it("stores nothing", async () => {
    const before = await allObjects(bad.api);
    const { requests } = await learned(await bad.kubeconfig());
    for (const { method, path } of requests.filter((request) => request.method !== "GET"))
      expect(`${method} ${path}`).toMatch(/\?dryRun=All$|^POST .*accessreviews$/);
    expect([...(await allObjects(bad.api)).keys()]).toEqual([...before.keys()]);
    expect((await learned(await bad.kubeconfig())).requests.length).toBe(requests.length);
  });

  it("needs exactly the rights of the role, and preflight says which are there", async () => {
    const kubeconfig = await boundAccount(good, "asking", rolesFor(rights), rights);
    const { told } = await learned(kubeconfig);
    expect(Object.values(told).filter((value) => typeof value === "string")).toEqual([]);
    const selection = {
      scope: "scs-kaas-drafts",
      only: [],
      skip: [],
      tier: "dry-run",
      includeProposed: true,
    } as const;
    const { text, missing } = await preflight({
      cluster: { kubeconfig, requestTimeout: 10_000, timeout: 60_000 },
      selection,
      now: () => new Date(),
      signal: new AbortController().signal,
    });
    expect(text).toMatch(/^Tier dry-run: \d+ of \d+ rights are granted\.$/m);
    expect(text).toContain("  granted       list nodes");
    expect(text).toContain("  not granted   list storageclasses");
    expect(text).toContain("Without the right to list storageclasses a run does not see: storage classes");
    expect(missing).toBeGreaterThan(0);
  });

  it.each([
    ["create subjectaccessreviews", ["kube/authorizers"]],
    ["impersonate the group system:nodes", ["kube/node-restriction"]],
    ["create namespaces", ["kube/pod-security"]],
    ["create services in default", ["kube/dual-stack-services"]],
    ["create persistentvolumeclaims in default", ["kube/claim-class"]],
  ])("without the right to %s learns that alone no more", async (what, missed) => {
    const left = rights.filter((right) => describeRight(right) !== what);
    expect(left).toHaveLength(rights.length - 1);
    const name = `no-${what.replace(/[^a-z]+/g, "-")}`;
    const { told } = await learned(await boundAccount(good, name, rolesFor(left), left));
    const forbidden = Object.entries(told).filter(([, value]) => value === "forbidden");
    expect(forbidden.map(([id]) => id)).toEqual(missed);
  });
});
