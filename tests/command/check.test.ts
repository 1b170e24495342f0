/** The main job against a cluster on loopback: the files of a run, what was asked of the cluster, the exit code. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { shapeFaults } from "../../src/evidence/open.ts";
import { Report } from "../../src/model/report.ts";
import { run } from "../support/command.ts";
import { cluster, objects, oneMachine, releaseFile } from "../support/command-cluster.ts";
import { paths } from "../support/gathering.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import { withDesk } from "../support/openssh-desk.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

/** `check` of the small cluster, or of another, in a new folder. */
async function checked(
  args: readonly string[],
  env: { [name: string]: string } = {},
  handler = kubernetesRoutes(objects),
  data = releaseFile(),
) {
  const server = await cluster(handler);
  const cwd = scratchFolder();
  const ended = await run(["check", "--kubeconfig", server.kubeconfigFile, "--data", data, ...args], { cwd, env });
  return { ...ended, cwd, server };
}

describe("the files of a run", () => {
  it("are those of the design, and nothing was created in the cluster", async () => {
    const { code, stdout, stderr, cwd, server } = await checked(["--subject", "my-cloud-1.37", "-o", "out"]);
    expect(code).toBe(2);
    const { names, report, text, evidence } = left(cwd, "out");
    expect(names).toEqual(["evidence.json", "report.html", "report.json", "report.scs.yaml"]);
    expect(readdirSync(cwd)).toEqual(["out"]);
    expect(shapeFaults(Report, report)).toEqual([]);
    expect(report).toMatchObject({ subject: "my-cloud-1.37", gatheredBy: "unsigned", verdict: "MISS" });
    expect(text("report.json")).toMatch(/^\{\n[^\r]*\}\n$/s);
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(server.requests.length).toBe(report.requests.count);
    expect(evidence.facts.gathering.requests).toHaveLength(report.requests.count);
    expect(server.requests.map(({ path }) => path).join("\n")).not.toMatch(/secrets|resourceVersion=0/);
    expect(stdout).toMatch(/^○ MISS my-cloud-1\.37: /);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toMatch(/^\[1\/\d+\] version of the API server\n/);
    expect(stderr).toMatch(/^Wrote out: report\.json, evidence\.json, report\.html, report\.scs\.yaml$/m);
    expect(stderr).toMatch(/^Not signed: /m);
  });

  it("with a key hold two signatures, and the further formats", async () => {
    const key = withDesk().key("ed25519");
    const formats = ["--format", "junit,markdown", "--format", "testcases"];
    const { cwd, stderr } = await checked(["--key", key.path, "-o", "out", ...formats]);
    expect(left(cwd, "out").names).toEqual([
      "evidence.json",
      "junit.xml",
      "report.html",
      "report.json",
      "report.json.sig",
      "report.md",
      "report.scs.yaml",
      "report.scs.yaml.sig",
      "testcases.txt",
    ]);
    expect(stderr).not.toMatch(/Not signed/);
  });

  it("stand below scs-report when no folder was named, by subject and time, and never over another run", async () => {
    const { cwd, server } = await checked(["--subject", "a b.c"]);
    const [first = ""] = readdirSync(path.join(cwd, "scs-report"));
    expect(first).toMatch(/^a-b\.c-\d{4}-\d{2}-\d{2}T\d{6}Z$/);
    mkdirSync(path.join(cwd, "scs-report", "keep"));
    await run(["check", "--kubeconfig", server.kubeconfigFile, "--subject", "a b.c"], { cwd });
    expect(readdirSync(path.join(cwd, "scs-report"))).toHaveLength(3);
  });

  it("go into an empty folder that is there, such as a mounted volume, which stays the same folder", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const out = path.join(cwd, "out");
    mkdirSync(path.join(out, ".draft-of-a-killed-run"), { recursive: true });
    const { ino } = statSync(out);
    await run(["check", "--kubeconfig", server.kubeconfigFile, "-o", "."], { cwd: out });
    expect(statSync(out).ino).toBe(ino);
    expect(left(out).names).toContain("report.json");
  });

  it("name the cluster when no subject was given, and hold nothing that opens or locates it", async () => {
    const { cwd, server } = await checked(["-o", "out"]);
    const { report, names, text } = left(cwd, "out");
    expect(report.subject).toBe("cluster-0f0e0d0c");
    const all = names.map(text).join("\n");
    expect(all).not.toContain("loopback-token");
    expect(all).not.toContain(`127.0.0.1:${server.port}`);
  });
});

describe("the exit code", () => {
  const only = ["--only", "version-policy-check"];

  it.each<[string, readonly string[], readonly (readonly [string, number])[], number]>([
    ["0 when what was named holds", only, [], 0],
    ["1 when it does not", only, [["1.37.3", 40]], 1],
    ["0 when the newer patch is in time", only, [["1.37.3", 20]], 0],
    ["1 for the whole when a testcase fails", [], [["1.37.3", 40]], 1],
    ["1 for the testcases", ["--gate", "testcases"], [["1.37.3", 40]], 1],
    ["2 when testcases are missing", ["--gate", "testcases"], [], 2],
    [
      "2 when what was named cannot be seen",
      ["--only", "scs-0214/control-plane-spread,scs-0215-v1/request-limit"],
      [],
      2,
    ],
    ["0 for everything seen of one standard", ["--only", "scs-0214-v2/control-plane-hosts"], [], 0],
  ])("is %s", async (_, args, newer, code) => {
    const ended = await checked(args, {}, kubernetesRoutes(objects), releaseFile(newer));
    expect(ended.code).toBe(code);
  });

  it("with --strict looks at attestations that are due, and at advisory musts", async () => {
    const args = ["--only", "scs-0210-v2/minor-recency"];
    expect((await checked(args)).code).toBe(2);
    const skipped = ["--skip", "cncf-k8s-conformance,kaas-networking-check"];
    const { code, cwd } = await checked([...skipped, "--strict", "-o", "out"]);
    expect(code).toBe(2);
    expect(left(cwd, "out").report).toMatchObject({ partial: true, verdict: "MISS" });
  });

  it("is 1 for an attested must that is disproved, though no testcase counts it", async () => {
    const one = kubernetesRoutes({ ...objects, [paths.nodes]: oneMachine });
    const { cwd, code } = await checked(["-o", "out"], {}, one);
    expect(left(cwd, "out").report.attestations.disproved).toEqual(["scs-0214-v2/control-plane-hosts"]);
    expect(code).toBe(1);
    const { code: gated } = await checked(["--gate", "testcases"], {}, one);
    expect(gated).toBe(2);
  });
});

describe("an as-of date", () => {
  it("far from the look makes the report hypothetical: nothing for the monitor, and no such file asked for", async () => {
    const { cwd, stdout } = await checked(["--as-of", "2026-05-01", "-o", "out"]);
    const { names, report } = left(cwd, "out");
    expect(names).toEqual(["evidence.json", "report.html", "report.json"]);
    expect(report).toMatchObject({ hypothetical: true, asOf: "2026-05-01T00:00:00Z" });
    expect(stdout).toMatch(/hypothetical/i);
    const refused = await checked(["--as-of", "2026-05-01", "--format", "scs-yaml", "-o", "out"]);
    expect(refused.code).toBe(3);
    expect(readdirSync(refused.cwd)).toEqual([]);
  });
});
