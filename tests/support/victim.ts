/** A process that starts something and waits to be killed, so that what it leaves can be seen. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

export interface Victim {
  /** The JSON of the first line that it wrote. */
  readonly said: unknown;
  /** SIGKILL. */
  kill(): void;
}

/** @param source TypeScript beside this file; writes one line of JSON when all is started. Killed after the work in any case. */
export async function withVictim(source: string, work: (victim: Victim) => Promise<void>): Promise<void> {
  const root = path.resolve(import.meta.dirname, "../..");
  // within the project, for the packages that are not bundled
  const folder = mkdtempSync(path.join(root, "node_modules", ".victim-"));
  try {
    const outfile = path.join(folder, "victim.mjs");
    const stdin = { contents: source, resolveDir: import.meta.dirname };
    await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
    const child = spawn(process.execPath, [outfile], { stdio: ["ignore", "pipe", "inherit"] });
    const kill = () => void child.kill("SIGKILL");
    try {
      await work({ said: JSON.parse(await firstLine(child.stdout)), kill });
    } finally {
      kill();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return "";
}
