/** Runs that are ended from outside leave nothing, or nothing that looks like a run. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../support/command.ts";
import { cluster, objects } from "../support/command-cluster.ts";
import { paths } from "../support/gathering.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import type { LoopbackHandler } from "../support/loopback-server.ts";
import { objectStore } from "../support/object-store.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

/** A cluster that answers all but the list of nodes; `asked` resolves once that hangs. */
function hangingNodes(): { handler: LoopbackHandler; asked: Promise<void> } {
  const routes = kubernetesRoutes(objects);
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const handler: LoopbackHandler = (request) => {
    if (request.url.pathname !== paths.nodes) return routes(request);
    tell();
    return { fault: "hang-after-accept" };
  };
  return { handler, asked };
}

async function interrupted(signal: NodeJS.Signals, args: readonly string[]) {
  const { handler, asked } = hangingNodes();
  const server = await cluster(handler);
  const cwd = scratchFolder();
  const ended = await run([...args, "--kubeconfig", server.kubeconfigFile, "--request-timeout", "60s"], {
    cwd,
    started: (child) => void asked.then(() => child.kill(signal)),
  });
  return { ...ended, cwd };
}

describe.each<NodeJS.Signals>(["SIGINT", "SIGTERM"])("%s in the middle", (signal) => {
  it.each<[string, readonly string[]]>([
    ["check into a default folder", ["check"]],
    ["check into a named folder", ["check", "-o", "a/b/run"]],
    ["gather", ["gather", "-o", "evidence.json"]],
    ["runner", ["runner", "scs-0214-v2", "version-policy-check"]],
  ])("%s: exit 130, nothing left, no verdict", async (_, args) => {
    const { code, stdout, stderr, cwd } = await interrupted(signal, args);
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/Interrupted; nothing was left behind\.\n$/);
    expect(readdirSync(cwd, { recursive: true })).toEqual([]);
  });
});

describe("SIGKILL in the middle", () => {
  it("leaves at most a draft, and the next run is not in its way", async () => {
    const { signal, cwd } = await interrupted("SIGKILL", ["check", "-o", "out/run"]);
    expect(signal).toBe("SIGKILL");
    expect(readdirSync(cwd)).toEqual(["out"]);
    expect(readdirSync(path.join(cwd, "out")).filter((name) => !name.startsWith(".draft-"))).toEqual([]);
    const server = await cluster();
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "-o", "out/run"];
    const { stderr } = await run(args, { cwd });
    expect(left(cwd, "out/run").names).toContain("report.json");
    expect(readdirSync(path.join(cwd, "out"))).toEqual(["run"]);
    expect(stderr).toMatch(/^Removed the drafts of runs that were killed: out\/\.draft-[0-9a-f-]+$/m);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["beside a folder that was named", ["check", "-o", "out/run"], ["-o", "out/run"]],
    ["below scs-report", ["check"], []],
  ])("leaves a draft that cleanup removes, %s", async (_, args, where) => {
    const { cwd } = await interrupted("SIGKILL", args);
    const server = await cluster(objectStore().handler);
    const cleanup = (...more: readonly string[]) =>
      run(["cleanup", "--kubeconfig", server.kubeconfigFile, ...where, ...more], { cwd });
    const line = (what: string) =>
      new RegExp(`^(out|scs-report)/\\.draft-[0-9a-f-]+: ${what}, of a run that was killed\n$`);
    const told = await cleanup("--dry-run");
    expect(told).toMatchObject({ code: 2, stdout: expect.stringMatching(line("would be removed")) });
    expect(await cleanup("--run", "abcde")).toMatchObject({ stdout: "Nothing of a run abcde is there.\n" });
    expect(await cleanup()).toMatchObject({ code: 0, stdout: expect.stringMatching(line("gone")) });
    expect(readdirSync(cwd, { recursive: true }).filter((name) => String(name).includes(".draft-"))).toEqual([]);
    expect(await cleanup()).toMatchObject({ code: 0, stdout: "No run has left anything.\n" });
  });

  it("is no end of another run: its draft stays until it ends by itself", async () => {
    const { handler, asked } = hangingNodes();
    const [silent, server] = [await cluster(handler), await cluster()];
    const cwd = scratchFolder();
    const at = (kubeconfig: string, folder: string) => ["check", "--kubeconfig", kubeconfig, "-o", folder];
    let end: () => void = () => undefined;
    const living = run([...at(silent.kubeconfigFile, "out/living"), "--request-timeout", "60s"], {
      cwd,
      started: (child) => {
        end = () => void child.kill("SIGTERM");
      },
    });
    await asked;
    const drafts = () => readdirSync(path.join(cwd, "out")).filter((name) => name.startsWith(".draft-"));
    const [draft] = drafts();
    const other = await run(at(server.kubeconfigFile, "out/other"), { cwd });
    expect(other.stderr).not.toContain("Removed the drafts");
    expect(drafts()).toEqual([draft]);
    end();
    expect((await living).code).toBe(130);
    expect(readdirSync(path.join(cwd, "out"))).toEqual(["other"]);
  });
});

describe("a deadline of one's own", () => {
  it("is no interrupt: what was not seen in time is data, and the run ends with a report", async () => {
    const { handler } = hangingNodes();
    const server = await cluster(handler);
    const cwd = scratchFolder();
    const limits = ["--timeout", "1500ms", "--request-timeout", "60s"];
    const { code } = await run(["check", "--kubeconfig", server.kubeconfigFile, "-o", "out", ...limits], { cwd });
    expect(code).toBe(2);
    const { evidence, outcomes } = left(cwd, "out");
    expect(evidence.facts.gathering.items["kube/nodes"]).toMatchObject({ status: "unavailable", reason: "timeout" });
    expect(evidence.facts.gathering.items["kube/version"]).toMatchObject({ status: "collected" });
    expect(outcomes["scs-0214-v2/control-plane-hosts"]).toBe("undetermined");
  });
});
