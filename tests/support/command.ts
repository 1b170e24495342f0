/** The built bundle run as a process, as a person at a terminal without any configuration of theirs would run it. */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { scratchFolder } from "./scratch.ts";

const copies = mkdtempSync(path.join(tmpdir(), "bundle-"));
afterAll(() => rmSync(copies, { recursive: true, force: true }));

/** A copy of its own: a build in the middle of a test would make two tools of one. */
export const bundle = path.join(copies, "scs-conformance.mjs");
copyFileSync(path.resolve("dist/scs-conformance.js"), bundle);

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface CommandOptions {
  readonly env?: { readonly [name: string]: string };
  /** Where it runs; a new folder by default. */
  readonly cwd?: string;
  /** What the command line begins with, to run it elsewhere. */
  readonly enter?: readonly string[];
  /** Called once it runs. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs to its end. Nothing of this machine's configuration is seen: HOME is an empty folder. */
export function run(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const cwd = options.cwd ?? scratchFolder();
  const home = path.join(scratchFolder(), "home");
  mkdirSync(home);
  const [program = "", ...words] = [...(options.enter ?? []), process.execPath, bundle, ...args];
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: home, TZ: "Asia/Kolkata", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ stdout, stderr, code, signal }));
    options.started?.(child);
  });
}

/** One line for each fault, one of advice: what a wrong call says. */
export function complaint({ stdout, stderr, code }: Ended): readonly string[] {
  if (stdout !== "" || code !== 3) throw new Error(`no complaint but ${code}: ${stdout}\n${stderr}`);
  return stderr.trimEnd().split("\n");
}
