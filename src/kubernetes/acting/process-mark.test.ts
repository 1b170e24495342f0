import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { processMark, stateOf } from "./process-mark.ts";

const startOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";

test("a process is known again by its start, on this machine since its boot", () => {
  const own = processMark();
  expect(stateOf(own)).toBe("running");
  expect(stateOf({ ...own, started: "1" })).toBe("dead");
  expect(stateOf({ ...own, boot: "another" })).toBe("dead");
  expect(stateOf({ ...own, host: "another" })).toBe("unknown");
});

test("one that has ended, and for which nobody waits, is dead", async () => {
  // the shell becomes a program that does not know of the child that it has
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [said] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(String(said));
  const mark = { ...processMark(), pid, started: startOf(pid) };
  expect(stateOf(mark)).toBe("running");
  // before that the shell itself would wait for it
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, "utf8")).toBe("sleep\n");
  process.kill(pid, "SIGKILL");
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8")).toMatch(/\) Z /);
  expect(stateOf(mark)).toBe("dead");
});
