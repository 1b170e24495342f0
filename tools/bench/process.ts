/** Runs a Node process and measures it from start to end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Usage } from "./figures.ts";

/**
 * `proof`: what the process has to say on stdout, lest a failure be taken for speed. Errors: the end of what it said when it
 * did not do its work (exit codes 0, 1 and 2 say that it did).
 */
export async function measured(args: readonly string[], folder: string, proof = /(?:)/): Promise<Usage> {
  const usage = path.join(folder, "usage.json");
  rmSync(usage, { force: true });
  const start = performance.now();
  const child = spawn(process.execPath, ["--require", path.resolve("tests/bench/measure.cjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, BENCH_USAGE: usage, NODE_OPTIONS: "" },
  });
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const wallSeconds = (performance.now() - start) / 1000;
  if (![0, 1, 2].includes(code) || !proof.test(said)) {
    throw new Error(`${args.join(" ")} ended with ${code}: ${said.slice(-500)}${complaint.slice(-2000)}`);
  }
  return { wallSeconds, ...(JSON.parse(readFileSync(usage, "utf8")) as Omit<Usage, "wallSeconds">) };
}

/** All of them in turn, so that what else the machine does meets each alike. */
export async function inTurn<Name extends string>(
  runs: number,
  work: Readonly<Record<Name, (run: number) => Promise<Usage>>>,
): Promise<Record<Name, Usage[]>> {
  const names = Object.keys(work) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Usage[]>;
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) results[name].push(await work[name](run));
  }
  return results;
}
