/** The GitHub Action as a runner would start it, with files in the place of the runner's; and the workflows that use it. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { inputNames } from "../../src/cli/action/inputs.ts";
import { cluster, releaseFile } from "../support/command-cluster.ts";
import { scratchFolder } from "../support/scratch.ts";

const deploy = path.resolve("deploy/github-action");

interface Metadata {
  readonly inputs: { readonly [name: string]: { readonly default?: string } };
  readonly outputs: { readonly [name: string]: object };
  readonly runs: { readonly using: string; readonly main: string };
}

const metadata = parse(readFileSync(path.join(deploy, "action.yml"), "utf8")) as Metadata;

interface Stepped {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: string;
  readonly summary: string;
}

/** One step with these inputs. */
async function step(inputs: { readonly [name: string]: string }, env: { readonly [name: string]: string } = {}) {
  const temp = scratchFolder();
  const [output, summary] = ["output", "summary"].map((name) => path.join(temp, name)) as [string, string];
  for (const file of [output, summary]) writeFileSync(file, "");
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const main = path.resolve(deploy, metadata.runs.main);
  const child = spawn(process.execPath, [main], {
    cwd: temp,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: temp,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(given),
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, log, outputs: readFileSync(output, "utf8"), summary: readFileSync(summary, "utf8") } satisfies Stepped;
}

const outputOf = (text: string, name: string) => new RegExp(`^${name}<<(end-\\S+)\\n(.*)\\n\\1$`, "m").exec(text)?.[2];

describe("the action", () => {
  it("declares the inputs that are read, and starts what is built", () => {
    expect(Object.keys(metadata.inputs).sort()).toEqual([...inputNames].sort());
    expect(Object.keys(metadata.outputs).sort()).toEqual(["exit-code", "folder", "report", "verdict"]);
    expect(metadata.runs.using).toBe("node24");
    expect(existsSync(path.resolve(deploy, metadata.runs.main))).toBe(true);
  });

  it("checks: log without commands of others, outputs, a summary, the program's exit code", async () => {
    const server = await cluster();
    const inputs = {
      kubeconfig: server.kubeconfigFile,
      subject: "my-cloud",
      data: releaseFile(),
      only: "version-policy-check",
    };
    const { code, log, outputs, summary } = await step({ command: "check", token: "", strict: "false", ...inputs });
    expect({ code, verdict: outputOf(outputs, "verdict") }).toEqual({ code: 0, verdict: "MISS" });
    expect(outputOf(outputs, "exit-code")).toBe("0");
    const report = outputOf(outputs, "report") ?? "";
    expect(path.basename(report)).toBe("report.json");
    expect(summary).toMatch(/^## .*my-cloud/m);
    const [, token] = /^::stop-commands::(\S+)$/m.exec(log) ?? [];
    expect(log.startsWith("::stop-commands::")).toBe(true);
    expect(log.trimEnd().endsWith(`::${token}::`)).toBe(true);
  });

  it("says what is wrong in one annotation", async () => {
    const wrong = await step({ command: "check", kubeconfig: "nowhere" });
    expect(wrong.code).toBe(3);
    expect(wrong.log.trimEnd().split("\n").at(-1)).toBe(
      "::error title=scs-conformance check::wrong use, or an input that cannot be read",
    );
    expect(outputOf(wrong.outputs, "verdict")).toBe("none");
    const odd = await step({ command: "demo" });
    expect(odd).toMatchObject({
      code: 3,
      log: expect.stringMatching(/^::error title=scs-conformance::There is no command/),
    });
  });

  it("reviews two checkouts, with the review as summary", async () => {
    const [proposed, base] = [scratchFolder(), scratchFolder()];
    writeFileSync(path.join(proposed, "x"), "y");
    const { code, outputs, summary } = await step({ command: "review", target: proposed, base });
    expect({ code, verdict: outputOf(outputs, "verdict") }).toEqual({ code: 0, verdict: "holds" });
    expect(summary).toContain("## There is no report in it");
  });
});

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: {
    readonly [name: string]: {
      readonly permissions: { readonly [name: string]: string };
      readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
    };
  };
}

const examples = readdirSync(path.join(deploy, "examples")).sort();

describe.each(examples)("%s", (file) => {
  const text = readFileSync(path.join(deploy, "examples", file), "utf8");
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("has no permission that a job does not name, and pins every action by its commit", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) expect(job.permissions).toBeDefined();
    for (const { uses } of steps)
      expect(uses ?? "x@0000000000000000000000000000000000000000").toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
    const writes = jobs.flatMap((job) => Object.entries(job.permissions).filter(([, right]) => right === "write"));
    expect(writes.map(([name]) => name)).toEqual(
      file === "results-publish.yml" ? ["checks", "issues", "pull-requests"] : [],
    );
  });

  it("uses inputs that there are, and puts nothing of an event into a script", () => {
    for (const one of steps) {
      if (one.uses?.includes("/deploy/github-action@")) {
        for (const name of Object.keys(one.with ?? {})) expect(inputNames).toContain(name);
      }
      expect(one.run ?? "").not.toContain("${{");
    }
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  });
});
