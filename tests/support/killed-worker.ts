/** Runs the acting worker as a process of its own, to its end or to its death. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { common } from "../../tools/esbuild-options.js";

export const workerSteps = 10;

export interface BuiltWorker {
  /** SIGKILL that long after the step has begun; without it the worker ends by itself. Rejects when it ends otherwise. */
  run(
    arguments_: readonly [string, string],
    kill?: { readonly step: number; readonly milliseconds: number },
  ): Promise<void>;
  remove(): void;
}

export async function buildWorker(): Promise<BuiltWorker> {
  const folder = mkdtempSync(path.join(tmpdir(), "worker-"));
  const outfile = path.join(folder, "worker.mjs");
  await build({ ...common, entryPoints: [path.resolve("tests/support/acting-worker.ts")], outfile });
  return {
    run(args, kill) {
      const child = spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "pipe"] });
      if (kill !== undefined) killAt(child, kill);
      return ended(child, kill !== undefined);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function killAt(child: ChildProcess, { step, milliseconds }: { readonly step: number; readonly milliseconds: number }) {
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const before = said;
    said += text;
    const begun = (all: string) => all.includes(`step ${step}\n`);
    if (begun(said) && !begun(before)) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
}

/** One that was to be killed may have ended a moment before. */
function ended(child: ChildProcess, mayBeKilled: boolean): Promise<void> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout?.resume();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0 || (mayBeKilled && signal === "SIGKILL")) resolve();
      else reject(new Error(`the worker ended with ${code ?? signal}: ${stderr}`));
    });
  });
}
