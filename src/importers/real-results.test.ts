import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixtures, imported } from "../../tests/support/e2e-results.ts";
import { scratchFolder } from "../../tests/support/scratch.ts";

/** folder, minor, required, passed, failed, not executed, end, API server */
const rows = [
  ["1.31-plusserver-pske", "unknown", 0, 404, 0, 0, "2025-04-07T07:32:37Z", undefined],
  ["1.32-gardener-openstack", "1.32", 411, 411, 0, 0, "2025-04-09T19:03:13Z", undefined],
  ["1.32-metalstackcloud", "1.32", 411, 411, 0, 0, "2025-05-06T10:26:59Z", undefined],
  ["1.33-k3s", "1.33", 419, 419, 0, 0, "2025-05-09T14:34:10Z", "v1.33.0+k3s1"],
  ["1.33-kind", "1.33", 419, 419, 0, 0, "2025-05-08T23:29:09Z", undefined],
  ["1.33-metakube-openstack", "1.33", 419, 419, 0, 0, "2025-05-23T17:17:08Z", undefined],
  ["1.33-rke-government", "1.33", 419, 419, 0, 0, "2025-05-08T15:53:06Z", "v1.33.0+rke2r1"],
  ["1.33-stackit-kubernetes-engine", "1.33", 419, 419, 0, 0, "2025-07-23T10:17:02Z", undefined],
  ["1.33-talos", "1.33", 419, 419, 0, 0, "2025-05-01T12:13:20Z", undefined],
  ["1.21-kind-sonobuoy-quick", "1.21", 0, 1, 0, 338, "2021-08-18T16:01:47Z", "v1.21.1"],
] as const;

test.each(rows)("%s", async (folder, minor, required, passed, failed, notExecuted, finishedAt, version) => {
  const result = await imported(path.join(fixtures, folder));
  expect(result).toMatchObject({ finishedAt, run: { dryRun: false, parallel: false, flakeAttempts: 1, flaked: 0 } });
  expect(result.kubernetesVersion).toBe(version);
  expect(result.undated).toBeUndefined();
  expect(result.executed).toBe(passed + failed);
  expect(result.networkPolicy, "a conformance run holds none of these specs").toBeUndefined();
  expect(result.conformance).toMatchObject({ minor, required, passed, flaked: [] });
  expect(result.conformance?.failed).toHaveLength(failed);
  expect(result.conformance?.notExecuted).toHaveLength(notExecuted);
});

test("a submission names its product", async () => {
  const { product, tool } = await imported(path.join(fixtures, "1.33-metakube-openstack"));
  expect(product).toEqual({ vendor: "SysEleven", name: "MetaKube", version: "2025-05-23" });
  expect(tool).toBe("CNCF submission");
});

test("a PRODUCT.yaml that cannot be read names nobody, and is no reason to refuse the rest", async () => {
  const folder = scratchFolder();
  cpSync(path.join(fixtures, "1.33-talos"), folder, { recursive: true });
  writeFileSync(path.join(folder, "PRODUCT.yaml"), "vendor: a\n\tname: [");
  const result = await imported(folder);
  expect(result).toMatchObject({ tool: "e2e suite (JUnit and log)", conformance: { passed: 419 } });
  expect(result.product).toBeUndefined();
});

test("four failures, named as the list names specs; nothing tells the time", async () => {
  const result = await imported(path.join(fixtures, "1.21-kind-sonobuoy-4-failures"));
  expect(result).toMatchObject({ undated: true, executed: 25, conformance: { minor: "unknown", passed: 21 } });
  expect(result.conformance?.failed).toEqual([
    "[sig-apps] Daemon set [Serial] should rollback without unnecessary restarts [Conformance]",
    "[sig-scheduling] SchedulerPredicates [Serial] validates resource limits of pods that are allowed to run [Conformance]",
    "[sig-scheduling] SchedulerPreemption [Serial] validates basic preemption works [Conformance]",
    "[sig-scheduling] SchedulerPreemption [Serial] validates lower priority pod preemption by critical pod [Conformance]",
  ]);
});

test("the same folder has the same digest, another one another", async () => {
  const folders = ["1.33-kind", "1.33-kind", "1.33-talos"];
  const [one, again, other] = await Promise.all(folders.map((folder) => imported(path.join(fixtures, folder))));
  expect(one?.source).toBe(again?.source);
  expect(one?.source).not.toBe(other?.source);
});

test("what a run of ours leaves names its cluster and version, and the part that it was", async () => {
  expect(await imported(path.join(fixtures, "1.37-testbed-focused"))).toMatchObject({
    clusterUid: "cc2b5763-4806-46dd-b515-1bb9ce6e60d9",
    kubernetesVersion: "v1.37.2",
    executed: 2,
    run: { dryRun: false, parallel: false, flakeAttempts: 2, focus: ["Netpol API should support creating"], skip: [] },
    networkPolicy: { minor: "1.37", required: 51, failed: [], flaked: [] },
  });
});

test("a cluster that enforces no policies fails by name, on both attempts", async () => {
  const result = await imported(path.join(fixtures, "1.37-testbed-not-enforced"));
  expect(result).toMatchObject({ executed: 1, run: { flakeAttempts: 2, flaked: 0 }, kubernetesVersion: "v1.37.2" });
  expect(result.networkPolicy).toMatchObject({
    passed: [],
    failed: [
      "[sig-network] Netpol NetworkPolicy between server and client should support a 'default-deny-ingress' policy [Feature:NetworkPolicy]",
    ],
    flaked: [],
  });
});

test("a dry run passes everything and executes nothing", async () => {
  const result = await imported(path.join(fixtures, "1.37-testbed-dry-run"));
  expect(result).toMatchObject({ run: { dryRun: true }, networkPolicy: { required: 51, failed: [] } });
  expect(result.networkPolicy?.passed).toHaveLength(51);
});

test("a suite that gave up before its first spec has executed nothing, and failed nothing", async () => {
  const result = await imported(path.join(fixtures, "1.37-testbed-refused"));
  expect(result).toMatchObject({ executed: 0, finishedAt: "2026-11-27T22:23:33Z", run: { dryRun: false } });
  expect([result.conformance?.failed ?? [], result.networkPolicy?.failed ?? []]).toEqual([[], []]);
});

test("a spec that was interrupted has not failed", async () => {
  const { networkPolicy } = await imported(path.join(fixtures, "1.37-testbed-interrupted"));
  expect(networkPolicy?.passed).toHaveLength(21);
  expect(networkPolicy?.failed).toEqual([
    "[sig-network] Netpol NetworkPolicy between server and client should enforce policy based on Ports [Feature:NetworkPolicy]",
  ]);
  expect(networkPolicy?.notExecuted).toContain(
    "[sig-network] Netpol NetworkPolicy between server and client should support a 'default-deny-ingress' policy [Feature:NetworkPolicy]",
  );
  expect(networkPolicy?.notExecuted).toHaveLength(29);
});
