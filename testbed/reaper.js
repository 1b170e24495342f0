/**
 * Outlives the process that started it, however that one ends: kills what is left of a test cluster, runs what removes its
 * traces, and removes its folder. Started as `node reaper.js FOLDER`; reads lines `+PID` (started), `-PID` (ended) and
 * `!["PROGRAM", "ARGUMENT", ...]` (to run when all are killed, last one first) and acts at end of input.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const folder = process.argv[2];
const alive = new Set();
const afterwards = [];

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith("!")) {
    afterwards.unshift(JSON.parse(line.slice(1)));
  } else if (line.startsWith("+")) {
    alive.add(pid);
  } else {
    alive.delete(pid);
  }
}
for (const pid of alive) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it ended by itself
  }
}
for (const [program, ...args] of afterwards) {
  spawnSync(program, args, { stdio: "ignore", timeout: 120_000 });
}
if (folder !== undefined) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
