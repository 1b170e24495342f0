import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { testbedFolder } from "../folders.ts";
import type { ProcessGroup, Running } from "../processes.ts";
import { kubeletFlags } from "./kubelet-files.ts";
import type { Plan, PlannedNode } from "./plan.ts";

const run = promisify(execFile);

/** A node that was started. */
export interface Machine {
  readonly node: PlannedNode;
  /** What keeps its namespaces; with it everything on the node ends. */
  readonly process: Running;
  /** Its own files, outside. */
  readonly folder: string;
  /** What a command on the node writes; an error with its words when it fails or takes longer than 20 s, or what is said. */
  run(command: readonly string[], timeoutMs?: number): Promise<string>;
}

/** Places that the nodes of a cluster share. */
export interface MachineParts {
  readonly binaries: string;
  readonly images: string;
  /** Where volumes on the network are. */
  readonly volumes: string;
}

/** Starts a node's namespaces with their first process, and connects them. Returns before the kubelet runs. */
export async function startMachine(
  group: ProcessGroup,
  plan: Plan,
  node: PlannedNode,
  folder: string,
  parts: MachineParts,
): Promise<Machine> {
  const init = path.join(testbedFolder(), "real-nodes", "init.sh");
  const places = [node.name, folder, parts.binaries, parts.images, parts.volumes, node.cgroup];
  const command = ["bash", init, ...places, ...kubeletFlags(plan, node)];
  const namespaces = ["--mount", "--uts", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"];
  const running = group.start(node.name, command, ["unshare", ...namespaces]);
  const first = await firstProcess(running);
  const cable = node.cgroup;
  const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
  ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", String(first));
  ip("link", "set", cable, "master", plan.bridge.name, "up");
  const enter = ["-t", String(first), "--mount", "--uts", "--net", "--pid", "--"];
  const runOn = async (words: readonly string[], timeoutMs = 20_000) => {
    const done = await run("nsenter", [...enter, ...words], { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 });
    return done.stdout;
  };
  return { node, process: running, folder, run: runOn };
}

/** The child of `unshare`: there only once the namespaces are. */
async function firstProcess(running: Running): Promise<number> {
  for (let attempt = 0; attempt < 400 && running.ended() === undefined; attempt += 1) {
    const child = Number.parseInt(readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, "utf8"), 10);
    if (Number.isInteger(child)) {
      return child;
    }
    await pause(25);
  }
  throw new Error(`The node ${running.name} ${running.ended() ?? "did not start"}. ${running.lastLines()}`);
}

/** Kills the node's first process and so everything on it; resolves once it is gone. */
export async function killMachine({ process: running }: Machine): Promise<void> {
  process.kill(running.pid, "SIGKILL");
  for (let attempt = 0; attempt < 400 && running.ended() === undefined; attempt += 1) {
    await pause(25);
  }
}
