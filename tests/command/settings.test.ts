/** Where options come from, and what the two streams carry. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const only = "version-policy-check";

async function checked(args: readonly string[], env: { [name: string]: string } = {}, config?: string) {
  const server = await cluster();
  const cwd = scratchFolder();
  if (config !== undefined) writeFileSync(path.join(cwd, "config.yaml"), config);
  const given = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "out", "--data", releaseFile(), ...args];
  const ended = await run(given, { cwd, env });
  return { ...ended, cwd, server };
}

describe("precedence", () => {
  const config =
    "subject: from-file\nonly: [version-policy-check]\nformat: [junit, testcases]\n# for verify\nallowed-signers: x\n";

  it("is flag, environment, file, default", async () => {
    const file = ["--config", "config.yaml"];
    const flag = await checked([...file, "--subject", "from-flag"], { SCS_CONFORMANCE_SUBJECT: "from-env" }, config);
    expect(left(flag.cwd, "out").report.subject).toBe("from-flag");
    const env = await checked(
      [],
      { SCS_CONFORMANCE_SUBJECT: "from-env", SCS_CONFORMANCE_CONFIG: "config.yaml" },
      config,
    );
    expect(left(env.cwd, "out").report).toMatchObject({ subject: "from-env", selection: { only: [only] } });
    const fromFile = await checked(file, { SCS_CONFORMANCE_SUBJECT: "" }, config);
    expect(left(fromFile.cwd, "out").report).toMatchObject({ subject: "from-file", selection: { only: [only] } });
    expect(left(fromFile.cwd, "out").names).toEqual(expect.arrayContaining(["junit.xml", "testcases.txt"]));
  });

  it("holds for flags before the command, too, and for lists and switches of the environment", async () => {
    const server = await cluster();
    const cwd = scratchFolder();
    const env = {
      SCS_CONFORMANCE_ONLY: `${only}, scs-0214-v2/topology-labels`,
      SCS_CONFORMANCE_KUBECONFIG: server.kubeconfigFile,
      SCS_CONFORMANCE_OUTPUT: "out",
      SCS_CONFORMANCE_STRICT: "false",
      SCS_CONFORMANCE_DATA: releaseFile(),
    };
    const { code, stderr } = await run(["--quiet", "check"], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(left(cwd, "out").report.selection.only).toEqual([only, "scs-0214-v2/topology-labels"]);
  });

  it("finds the kubeconfig as kubectl does", async () => {
    const server = await cluster();
    const env = { KUBECONFIG: server.kubeconfigFile };
    const { code } = await run(["check", "--only", only, "--data", releaseFile()], { env });
    expect(code).toBe(0);
  });
});

describe("stderr", () => {
  it("is empty with --quiet, wherever it stands", async () => {
    const { stderr, stdout } = await checked(["--only", only, "--quiet"]);
    expect(stderr).toBe("");
    expect(stdout).toContain("version-policy-check");
  });

  it("is JSON line by line with --log-format json", async () => {
    const { stderr } = await checked(["--only", only, "--log-format", "json"]);
    const lines = stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: string; probe?: string; folder?: string });
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
    expect(lines.flatMap(({ probe }) => probe ?? [])).toContain("kube/version");
    expect(lines.flatMap(({ folder }) => folder ?? [])).toEqual(["out"]);
  });

  it("is JSON for faults of files, too", async () => {
    const { stderr, code } = await checked(
      ["--config", "config.yaml"],
      { SCS_CONFORMANCE_LOG_FORMAT: "json" },
      "a: 1\n",
    );
    expect(code).toBe(3);
    for (const line of stderr.trimEnd().split("\n")) expect(JSON.parse(line)).toMatchObject({ level: "error" });
  });
});

describe("colour", () => {
  const paint = "\u001b[";
  it.each<[string, readonly string[], { [name: string]: string }, boolean]>([
    ["none through a pipe", [], {}, false],
    ["forced", [], { FORCE_COLOR: "1" }, true],
    ["forced, and refused by a flag", ["--no-color"], { FORCE_COLOR: "1" }, false],
    ["forced, and refused by NO_COLOR", [], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [
      "forced, and refused by an option of the environment",
      [],
      { FORCE_COLOR: "1", SCS_CONFORMANCE_NO_COLOR: "true" },
      false,
    ],
  ])("%s", async (_, args, env, coloured) => {
    const { stdout } = await checked(["--only", only, ...args], env);
    expect(stdout.includes(paint)).toBe(coloured);
  });
});

it("a home of one's own is looked at", async () => {
  const server = await cluster();
  const home = scratchFolder();
  mkdirSync(path.join(home, ".kube"));
  writeFileSync(path.join(home, ".kube", "config"), server.kubeconfig);
  const { code } = await run(["check", "--only", only, "--data", releaseFile()], { env: { HOME: home } });
  expect(code).toBe(0);
});
