/** Results of the upstream e2e suite on the command line: alone, with a cluster, into stored evidence. */
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { complaint, run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { fixtures, junit, sonobuoyTarball, specsOf, written } from "../support/e2e-results.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const minor = "1.37";
const conformance = specsOf(minor);
const policies = specsOf(minor, "networkPolicy");
/** So many hours before now, in the form of JUnit's `timestamp`. */
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19);
/** Ended an hour ago, so that it counts for a month at least. */
const timestamp = hoursAgo(2);
const tarball = async (spec: Parameters<typeof junit>[0], uid?: string) =>
  written("run.tar.gz", await sonobuoyTarball(junit({ timestamp, ...spec }), "v1.37.2", uid));

describe("import", () => {
  it("says what is in a result and judges it by its testcase", async () => {
    const cwd = scratchFolder();
    const file = await tarball({ passed: conformance });
    const { stdout, code } = await run(["import", file, "-o", "out", "--format", "testcases"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("conformance specs of 1.37: 462 required, 462 passed, 0 failed, 0 not executed");
    expect(stdout).toContain("cncf-k8s-conformance: PASS: All 462 conformance specs of 1.37 passed");
    const { report, evidence, text } = left(cwd, "out");
    expect(report).toMatchObject({ partial: true, subject: "cluster-uid-of-t", requests: { count: 0 } });
    expect(evidence.facts.gathering.items).toEqual({});
    expect(text("testcases.txt")).toBe("cncf-k8s-conformance: PASS\n");
    // the monitor takes the time of the run, not of the import
    const ended = new Date(Date.parse(`${timestamp}Z`) + 3_600_000).toISOString().slice(0, 19);
    expect(text("report.scs.yaml")).toContain(`"checked_at": ${ended}\n`);
  });

  it("fails with the names of what failed", async () => {
    const cwd = scratchFolder();
    const folder = path.join(fixtures, "1.21-kind-sonobuoy-4-failures");
    const { stdout, code } = await run(["import", folder, "-o", "out"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain("    failed: [sig-apps] Daemon set [Serial] should rollback without unnecessary restarts");
    expect(left(cwd, "out").outcomes).toEqual({ "scs-0201-v1/conformance-suite": "fail" });
  });

  it("is verified like every other run", async () => {
    const cwd = scratchFolder();
    await run(["import", await tarball({ passed: conformance.slice(1) }), "-o", "out"], { cwd });
    const { stdout } = await run(["verify", "out"], { cwd });
    expect(stdout).toMatch(/recomputation +ok/);
  });

  it("lets a key state whose a nameless result is, and verify asks for that very key", async () => {
    const cwd = scratchFolder();
    const desk = withDesk();
    const [one, two] = [desk.key("ed25519").path, desk.key("ed25519").path];
    const file = written("junit_01.xml", junit({ timestamp, passed: conformance }));
    const own = ["import", file, "-o", "out", "--subject", "mine-1.37", "--key", one];
    expect((await run(own, { cwd })).code).toBe(0);
    expect((await run(["verify", "out"], { cwd })).stdout).toMatch(/statement +ok/);
    // the same evidence under another's signature is nobody's word
    rmSync(path.join(cwd, "out", "report.json.sig"));
    await run(["sign", "out", "--key", two], { cwd });
    const { stdout, code } = await run(["verify", "out"], { cwd });
    expect(stdout).toMatch(/statement +untrusted/);
    expect(code).toBe(4);
    // for another subject it states nothing
    const elsewhere = ["evaluate", "out/evidence.json", "-o", "other", "--subject", "theirs-1.37"];
    await run(elsewhere, { cwd });
    expect(left(cwd, "other").outcomes).toEqual({ "scs-0201-v1/conformance-suite": "undetermined" });
  });

  it("refuses what is no result with one line, exit code 3", async () => {
    expect(complaint(await run(["import", written("x", "hello")]))).toEqual([
      expect.stringMatching(/x: is neither a tar archive nor a JUnit file, nor a folder with one$/),
      "Give the result as the tool left it.",
    ]);
    expect(complaint(await run(["import", "nowhere"]))).toEqual(["nowhere: does not exist"]);
  });
});

describe("--conformance-results", () => {
  it("decides both testcases of check, each with the time of its own run", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const uid = "0f0e0d0c-1111-4222-8333-444455556666";
    const suite = await tarball({ passed: conformance, skipped: policies }, uid);
    const network = await tarball({ passed: policies, timestamp: hoursAgo(3) }, uid);
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "out", "--data", releaseFile()];
    await run([...args, "--conformance-results", suite, "--conformance-results", network], { cwd });
    const { report, evidence, outcomes } = left(cwd, "out");
    expect(outcomes).toMatchObject({ "scs-0201-v1/conformance-suite": "pass", "scs-0219-v1/network-policy": "pass" });
    const { conformanceResults, networkPolicyResults } = evidence.inputs;
    const times = Object.fromEntries(report.testcases.map(({ id, observedAt }) => [id, observedAt]));
    expect(times["cncf-k8s-conformance"]).toBe(conformanceResults?.at);
    expect(times["kaas-networking-check"]).toBe(networkPolicyResults?.at);
    expect(networkPolicyResults?.at).not.toBe(conformanceResults?.at);
    expect(report.results.flatMap(({ findings }) => findings.map(({ code }) => code))).not.toContain("other-cluster");
  });

  it("is refused before the first byte goes to the cluster", async () => {
    const server = await cluster();
    const file = written("x", "hello");
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "--conformance-results", file];
    expect(complaint(await run(args))[0]).toMatch(/neither a tar archive/);
    expect(server.requests).toEqual([]);
  });

  it("adds to stored evidence, and keeps what is of the other kind", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const given = ["--kubeconfig", server.kubeconfigFile, "--data", releaseFile()];
    const network = await tarball({ passed: policies });
    await run(["gather", ...given, "-o", "evidence.json", "--conformance-results", network], { cwd });
    const suite = await tarball({ passed: conformance });
    await run(["evaluate", "evidence.json", "-o", "out", "--conformance-results", suite], { cwd });
    const { evidence, outcomes, report } = left(cwd, "out");
    expect(outcomes).toMatchObject({ "scs-0201-v1/conformance-suite": "pass", "scs-0219-v1/network-policy": "pass" });
    const before = JSON.parse(readFileSync(path.join(cwd, "evidence.json"), "utf8")) as typeof evidence;
    expect(evidence.facts).toEqual(before.facts);
    expect(evidence.inputs.networkPolicyResults).toEqual(before.inputs.networkPolicyResults);
    const codes = report.results.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes.filter((code) => code === "other-cluster").length, "named, not refused").toBeGreaterThan(0);
  });

  it("leaves a testcase alone that the results say nothing of", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "out", "--data", releaseFile()];
    await run([...args, "--conformance-results", await tarball({ passed: conformance })], { cwd });
    const networking = left(cwd, "out").report.testcases.find(({ id }) => id === "kaas-networking-check");
    expect(networking).toMatchObject({ verdict: "MISS", attempted: false });
  });
});
