/** Two runs held against each other, and the gate that looks at what is new. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/model/comparison.ts";
import { complaint, run } from "../support/command.ts";
import { cluster, objects, oneMachine, releaseFile } from "../support/command-cluster.ts";
import { paths } from "../support/gathering.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { scratchFolder } from "../support/scratch.ts";

const only = ["--only", "version-policy-check,scs-0214-v2/control-plane-hosts"];

/** A folder with the runs `before`, on three machines, and `after`, on one. */
async function twoRuns(more: readonly string[] = []): Promise<{ cwd: string; kubeconfig: string; data: string }> {
  const cwd = scratchFolder();
  const data = releaseFile();
  const spread = await cluster();
  const packed = await cluster(kubernetesRoutes({ ...objects, [paths.nodes]: oneMachine }));
  const check = (kubeconfig: string, out: string, ...args: readonly string[]) =>
    run(["check", "--kubeconfig", kubeconfig, "--data", data, "--subject", "my-cloud", ...only, "-o", out, ...args], {
      cwd,
    });
  expect((await check(spread.kubeconfigFile, "before")).code).toBe(0);
  expect((await check(packed.kubeconfigFile, "after", ...more)).code).toBe(1);
  return { cwd, kubeconfig: packed.kubeconfigFile, data };
}

describe("diff", () => {
  it("names the cluster when it was moved to one machine", async () => {
    const { cwd } = await twoRuns();
    const { code, stdout, stderr } = await run(["diff", "before", "after"], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^ {2}✗ fail scs-0214-v2\/control-plane-hosts, was pass, binding: cluster$/m);
    const json = JSON.parse((await run(["diff", "before", "after", "--format", "json"], { cwd })).stdout) as Comparison;
    expect(json.changes).toEqual([
      expect.objectContaining({
        requirement: "scs-0214-v2/control-plane-hosts",
        causes: ["cluster"],
        told: "alone",
        facts: expect.arrayContaining(["kube/nodes"]),
      }),
    ]);
    expect((await run(["diff", "after", "before/report.json", "--format", "markdown"], { cwd })).stdout).toMatch(
      /^### Better$/m,
    );
    expect((await run(["diff", "before", "before"], { cwd })).code).toBe(0);
  });

  it("without evidence says what cannot be ruled out", async () => {
    const { cwd } = await twoRuns();
    mkdirSync(path.join(cwd, "bare"));
    copyFileSync(path.join(cwd, "before/report.json"), path.join(cwd, "bare/report.json"));
    const { code, stdout } = await run(["diff", "bare", "after"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/possibly\s+cluster\s+or\s+flake\s+or\s+rule\s+or\s+input/);
    expect(stdout).toMatch(/the\s+evidence\s+of\s+the\s+earlier\s+run\s+is\s+not\s+at\s+hand/);
  });

  it("refuses a report that its evidence does not give", async () => {
    const { cwd } = await twoRuns();
    const file = path.join(cwd, "after/report.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"outcome": "fail"', '"outcome": "pass"'));
    expect(complaint(await run(["diff", "before", "after"], { cwd }))[0]).toMatch(
      /^after\/report\.json: is not what its evidence gives \(scs-0214-v2\/control-plane-hosts: pass in the report/,
    );
  });
});

describe("--gate new", () => {
  it("forgives what the baseline knows and counts what the cluster brought", async () => {
    const { cwd, kubeconfig, data } = await twoRuns();
    const check = (baseline: string, out: string) =>
      run(
        [
          "check",
          "--kubeconfig",
          kubeconfig,
          "--data",
          data,
          ...only,
          "-o",
          out,
          "--gate",
          "new",
          "--baseline",
          baseline,
        ],
        { cwd },
      );
    const known = await check("after", "known");
    expect(known.code).toBe(0);
    expect(known.stderr).toMatch(/^Baseline of \S+: 1 failure is known or not the cluster's doing\.$/m);
    const fresh = await check("before/report.json", "fresh");
    expect(fresh.code).toBe(1);
    expect(fresh.stderr).toMatch(/^New: scs-0214-v2\/control-plane-hosts fail, was pass; because of cluster$/m);
  });

  it("forgives in evaluate what newer data brought", async () => {
    const { cwd } = await twoRuns();
    const newer = releaseFile([["1.37.3", 40]]);
    const evaluate = (...args: readonly string[]) =>
      run(["evaluate", "before/evidence.json", "--data", newer, ...args], { cwd });
    expect((await evaluate("-o", "bound")).code).toBe(1);
    const { code, stderr } = await evaluate("-o", "gated", "--gate", "new", "--baseline", "before");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/: 1 failure is known or not the cluster's/),
    });
  });

  it("is a wrong call without a baseline, and with one that is none, before anything is asked", async () => {
    const cwd = scratchFolder();
    expect(complaint(await run(["check", "--gate", "new"], { cwd }))).toEqual([
      "--gate new needs to know since when.",
      "Name an earlier run with --baseline DIR or report.json.",
    ]);
    expect(complaint(await run(["check", "--gate", "new", "--baseline", "nowhere.json"], { cwd }))).toEqual([
      "nowhere.json: does not exist",
    ]);
  });
});
