/** A machine outside the nodes' network: a network namespace with addresses of its own, joined to the cluster's bridge. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { readlinkSync } from "node:fs";
import { promisify } from "node:util";
import type { RealNodes } from "../../testbed/real-nodes/real-nodes.ts";

const execute = promisify(execFile);

export interface Outsider {
  /** Its addresses, IPv4 first. */
  readonly addresses: readonly [string, string];
  /** What a command line begins with that is to run there. */
  readonly enter: readonly string[];
  /** What a command there writes. */
  run(command: readonly string[]): Promise<string>;
  stop(): void;
}

/** It has a route to the nodes and they to it, nothing else. Ends with this process at the latest. */
export async function outsider({ plan: { bridge }, nodes }: RealNodes): Promise<Outsider> {
  const addresses = ["198.51.100.9", "2001:db8:51::9"] as const;
  // it reads until this process closes the pipe or is gone
  const running = spawn("unshare", ["--net", "cat"], { stdio: ["pipe", "ignore", "inherit"] });
  const enter = ["nsenter", "-t", String(running.pid), "-n", "--"];
  await separated(running.pid);
  const link = `${bridge.name}-out`;
  const here = (...words: string[]) => execFileSync("ip", words, { stdio: "pipe" });
  const there = (...words: string[]) => execFileSync("nsenter", [...enter.slice(1), "ip", ...words], { stdio: "pipe" });
  here("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", String(running.pid));
  here("link", "set", link, "master", bridge.name, "up");
  there("link", "set", "lo", "up");
  there("link", "set", "eth0", "up");
  there("address", "add", `${addresses[0]}/32`, "dev", "eth0");
  there("address", "add", `${addresses[1]}/128`, "dev", "eth0", "nodad");
  const { v4, v6 } = bridge.gateway;
  there("route", "add", v4.replace(/\.\d+$/, ".0/24"), "dev", "eth0");
  there("route", "add", v6.replace(/::1$/, "::/64"), "dev", "eth0");
  for (const node of nodes) {
    for (const address of addresses) await node.run(["ip", "route", "replace", address, "dev", "eth0"]);
  }
  const runThere = async (command: readonly string[]) =>
    (await execute("nsenter", [...enter.slice(1), ...command], { timeout: 20_000 })).stdout;
  return { addresses, enter, run: runThere, stop: () => running.stdin.end() };
}

/** `unshare` has its namespace a moment after it runs. */
async function separated(pid: number | undefined): Promise<void> {
  const own = readlinkSync("/proc/self/ns/net");
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (readlinkSync(`/proc/${pid}/ns/net`) !== own) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("No network namespace was made in 10 s.");
}
