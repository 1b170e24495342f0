/** As a check script of upstream's scs-compliance-check.py, whose parsing is imitated here. */
import { describe, expect, it } from "vitest";
import { type Ended, run } from "../support/command.ts";
import { cluster, objects, releaseFile } from "../support/command-cluster.ts";
import { kubernetesRoutes, unauthorized } from "../support/kubernetes-routes.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

/** What Tests/scs-compliance-check.py makes of a script's output (077174d94b57): results, and lines counted by level. */
function asUpstreamReads({ stdout, stderr, code }: Ended, requested: readonly string[]) {
  const results: { [id: string]: number } = {};
  for (const line of stdout.split("\n")) {
    const at = line.lastIndexOf(":");
    if (at < 0) continue;
    const [id, word] = [
      line.slice(0, at).trim(),
      line
        .slice(at + 1)
        .trim()
        .toUpperCase(),
    ];
    const value = { PASS: 1, ABORT: 0, FAIL: -1 }[word];
    if (value !== undefined && requested.includes(id)) results[id] = value;
  }
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.toLowerCase());
  const count = (level: string) => lines.filter((line) => line.startsWith(level)).length;
  return { results, errors: count("error"), warnings: count("warning"), criticals: count("critical"), code };
}

const asked = ["version-policy-check"];

async function called(
  testcases: readonly string[],
  newer: readonly (readonly [string, number])[] = [],
  handler = kubernetesRoutes(objects),
  args: readonly string[] = [],
) {
  const server = await cluster(handler);
  const data = releaseFile(newer);
  const cwd = scratchFolder();
  const ended = await run(["runner", "--kubeconfig", server.kubeconfigFile, "--data", data, ...args, ...testcases], {
    cwd,
  });
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  return { ...ended, cwd, lines: { stdout: lines(ended.stdout), stderr: lines(ended.stderr) } };
}

describe("runner", () => {
  it("says PASS and nothing else", async () => {
    const ended = await called(asked);
    expect(ended).toMatchObject({ stdout: "version-policy-check: PASS\n", stderr: "", code: 0 });
    expect(asUpstreamReads(ended, asked)).toMatchObject({ results: { "version-policy-check": 1 }, criticals: 0 });
  });

  it("says FAIL with the findings as errors, and exits with 0: the verdict is there", async () => {
    const ended = await called(asked, [["1.37.3", 40]]);
    expect(ended).toMatchObject({ stdout: "version-policy-check: FAIL\n", code: 0 });
    expect(ended.lines.stderr.length).toBeGreaterThan(0);
    for (const line of ended.lines.stderr) expect(line).toMatch(/^(ERROR|WARNING): scs-0210-v2\/[a-z-]+: [^<>&]+$/);
    expect(asUpstreamReads(ended, asked)).toMatchObject({ results: { "version-policy-check": -1 }, criticals: 0 });
  });

  it("says ABORT when the cluster does not say", async () => {
    const ended = await called(asked, [], () => unauthorized);
    expect(ended).toMatchObject({ stdout: "version-policy-check: ABORT\n", code: 0 });
    for (const line of ended.lines.stderr) expect(line).toMatch(/^WARNING: /);
    expect(asUpstreamReads(ended, asked)).toMatchObject({ results: { "version-policy-check": 0 } });
  });

  it("says nothing of a testcase that was not attempted, and exits with 1", async () => {
    const both = [...asked, "kaas-networking-check"];
    const ended = await called(both);
    expect(ended).toMatchObject({ stdout: "version-policy-check: PASS\n", code: 1 });
    expect(asUpstreamReads(ended, both).results).toEqual({ "version-policy-check": 1 });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["a testcase nobody knows", ["no-such-check"], []],
    ["one nobody knows beside one it knows", ["version-policy-check", "no-such-check"], []],
    ["a kubeconfig that is missing", asked, ["--kubeconfig", "nowhere"]],
    ["a context that is missing", asked, ["--context", "other"]],
  ])("says one CRITICAL line for %s", async (_, testcases, args) => {
    const ended = await called(testcases, [], undefined, args);
    expect({ stdout: ended.stdout, code: ended.code }).toEqual({ stdout: "", code: 1 });
    expect(ended.lines.stderr).toEqual([expect.stringMatching(/^CRITICAL: /)]);
    expect(asUpstreamReads(ended, testcases)).toMatchObject({ results: {}, criticals: 1 });
  });

  it("leaves the files of a run when asked, and nothing otherwise", async () => {
    const { cwd } = await called(asked, [], undefined, ["-o", "out"]);
    expect(left(cwd, "out").report).toMatchObject({ partial: true, selection: { only: asked } });
    const { readdirSync } = await import("node:fs");
    expect(readdirSync((await called(asked)).cwd)).toEqual([]);
  });
});
