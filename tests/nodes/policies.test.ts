/**
 * Policies and networks of real nodes, with and without anybody who enforces policies: tried by pods of the run, and by parts of
 * upstream's e2e suite in an image laid out as upstream's (the whole of it takes an hour). On one cluster both say the same.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instantAt } from "../../src/model/instant.ts";
import { outlivingObjects } from "../../testbed/outliving.ts";
import { importConformanceImage } from "../../testbed/real-nodes/conformance-image.ts";
import type { RealNodesOptions } from "../../testbed/real-nodes/options.ts";
import { type RealNodes, realNodes } from "../../testbed/real-nodes/real-nodes.ts";
import { type CheckedCluster, checkCluster } from "../support/cluster-check.ts";
import { networkingVerdict, plannedUser, policyResult, suiteResults, suiteRuns } from "../support/suite-runs.ts";

const policies = "proposed-networking-v1/network-policies";
const denying = "Netpol NetworkPolicy .*support a .default-deny-ingress. policy";

/** A cluster whose two workers have the image; it goes with the last test of the block. */
function withCluster(options: RealNodesOptions): () => RealNodes {
  let cluster: RealNodes | undefined;
  beforeAll(async () => {
    cluster = await realNodes({ storage: "none", ...options });
    await importConformanceImage(cluster.nodes.slice(1));
  });
  afterAll(() => cluster?.stop());
  return () => cluster as RealNodes;
}

async function tried(cluster: RealNodes): Promise<CheckedCluster> {
  const checked = await checkCluster(await cluster.kubeconfig(), {
    selection: {
      only: ["proposed-networking-v1/*", "proposed-ipv6-v1/data-path"],
      tier: "active",
      includeProposed: true,
    },
    acting: { image: "nodes", stateFolder: path.join(cluster.folder, "ledgers") },
    at: instantAt(Date.now()),
    timeout: 900_000,
    requestTimeout: 30_000,
  });
  const { milliseconds } = checked.value("kube/network-policy-matrix");
  // measured and told, never asserted: other work on this machine decides as well
  console.info(`the matrix took ${Math.round(milliseconds / 1000)} s, with the start of its pods`);
  expect(checked.gathering.cleanup).toMatchObject({ left: 0 });
  return checked;
}

describe("policies enforced over two families", () => {
  const cluster = withCluster({});

  test("every step of the matrix is as expected, and every way leads somewhere", async () => {
    const checked = await tried(cluster());
    const { families, steps, nodes } = checked.value("kube/network-policy-matrix");
    expect(families).toEqual(["IPv4", "IPv6"]);
    expect(new Set(nodes.map(({ node }) => node)).size).toBe(2);
    expect(steps.filter(({ outcome }) => outcome !== "as-expected")).toEqual([]);
    expect(checked.value("kube/data-path").paths.filter(({ answer }) => answer !== "allowed")).toEqual([]);
    expect(checked.outcomes).toEqual({
      "proposed-ipv6-v1/data-path": "pass",
      [policies]: "pass",
      "proposed-networking-v1/data-path": "pass",
      "proposed-networking-v1/cluster-dns": "pass",
    });
  });

  test("upstream's specs that are run pass; a part decides nothing, and nothing is left", async () => {
    const nodes = cluster();
    const before = await outlivingObjects(nodes);
    const { check, stored, report, cwd } = await suiteRuns(nodes);
    const { stderr, code } = await check(`Netpol API should support|${denying}`, "out");
    expect(stderr).toMatch(/conformance networkpolicy: 3 of 3 specs, 0 failed/);
    const { inputs, facts } = stored("out");
    expect(suiteResults({ inputs, facts })).toMatchObject({
      tool: expect.stringMatching(/^scs-conformance, registry\.k8s\.io\/conformance:v1\.37\.2@sha256:[0-9a-f]{64}$/),
      executed: 3,
      kubernetesVersion: "v1.37.2",
      run: { dryRun: false, parallel: false, flakeAttempts: 2 },
      networkPolicy: { minor: "1.37", required: 51, failed: [] },
    });
    // four of the suite's, the others of the matrix that stands beside its results
    expect(facts.gathering.cleanup).toEqual({ created: 20, left: 0 });
    expect(networkingVerdict(report("out"))).toBe("DNF");
    expect(code).toBe(2);
    const [folder = ""] = readdirSync(path.join(cwd, "scs-report"));
    expect(readdirSync(path.join(cwd, "scs-report", folder)).sort()).toEqual([
      "e2e.log",
      "junit_01.xml",
      "resources",
      "scs-conformance.json",
      "serverversion.json",
    ]);
    expect(await outlivingObjects(nodes)).toEqual(before);
  });

  test("the suite goes on when its program is killed, and another takes it up with the rights of the plan and no others", async () => {
    const nodes = cluster();
    const { check, stored } = await suiteRuns(nodes, await plannedUser(nodes));
    const before = await outlivingObjects(nodes);
    const killed = await check("Netpol API should support", "killed", {
      started: (child) => {
        child.stderr?.on("data", (text: Buffer) => {
          if (String(text).includes("conformance networkpolicy: ")) child.kill("SIGKILL");
        });
      },
    });
    expect(killed.signal, killed.stderr).toBe("SIGKILL");
    const { stderr } = await check("Netpol API should support", "out");
    expect(stderr).toMatch(/The run [a-z0-9]{5} outlived the program that began it: going on with it/);
    expect(suiteResults(stored("out"))).toMatchObject({ executed: 2 });
    expect(stored("out").facts.gathering.cleanup).toMatchObject({ left: 0 });
    expect(await outlivingObjects(nodes)).toEqual(before);
  });
});

describe("policies enforced by nobody, over one family", () => {
  const cluster = withCluster({ policy: false, family: "IPv4" });

  test("the matrix fails, and no more than that", async () => {
    const checked = await tried(cluster());
    const { families, steps } = checked.value("kube/network-policy-matrix");
    expect(families).toEqual(["IPv4"]);
    expect(steps.slice(0, 4).map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      "baseline as-expected",
      "lookup as-expected",
      "deny-ingress differs",
      "allow-pods not-run",
    ]);
    expect(checked.outcomes).toEqual({
      "proposed-ipv6-v1/data-path": "undetermined",
      [policies]: "fail",
      "proposed-networking-v1/data-path": "pass",
      "proposed-networking-v1/cluster-dns": "pass",
    });
  });

  test("upstream's spec of the same step fails by name", async () => {
    const { check, report } = await suiteRuns(cluster());
    const { code } = await check(denying, "out");
    expect(policyResult(report("out"))).toMatchObject({ outcome: "fail" });
    expect(policyResult(report("out"))?.findings.map((finding) => finding.code)).toContain("spec-failed");
    expect(networkingVerdict(report("out"))).toBe("FAIL");
    expect(code).toBe(1);
  });
});
