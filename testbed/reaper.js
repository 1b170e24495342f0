/**
 * Outlives the process that started it, however that one ends: kills what is left of a test cluster and removes its folder.
 * Started as `node reaper.js FOLDER`; reads lines `+PID` (started) and `-PID` (ended) and acts at end of input.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const folder = process.argv[2];
const alive = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) {
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
if (folder !== undefined) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
