/** Tells this process from any later one, and whether another one still runs. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessMark } from "./ledger.ts";

export function processMark(): ProcessMark {
  return { pid: process.pid, started: statOf(process.pid)?.started ?? "", host: hostname(), boot: bootOf() };
}

/** "unknown" for a process on another machine, or in another container. */
export function stateOf(mark: ProcessMark): "running" | "dead" | "unknown" {
  if (mark.host !== hostname()) return "unknown";
  if (mark.boot !== bootOf()) return "dead";
  const stat = statOf(mark.pid);
  // who was killed stays as a zombie for as long as nobody waits for it, which in a container may be for ever
  if (stat !== undefined) return stat.started === mark.started && !/[ZX]/.test(stat.state) ? "running" : "dead";
  return isRunning(mark.pid) ? "running" : "dead";
}

/** Fields 3 and 22 of /proc/PID/stat (proc_pid_stat(5)); undefined for no such process, or no such file system. */
function statOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the second field, in parentheses, may hold anything
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

function bootOf(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
