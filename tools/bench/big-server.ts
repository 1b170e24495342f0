/** The server of a large cluster, as a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Workplace } from "./workplace.ts";

export interface Counters {
  readonly connections: number;
  readonly requests: number;
  readonly bytes: number;
}

export interface BigServer {
  readonly kubeconfig: string;
  /** What happened since the last call. */
  counters(): Promise<Counters>;
  close(): Promise<void>;
}

/** It ends with this process, because its stdin does. */
export async function startBigServer(
  { bigServer, folder: workplace }: Workplace,
  nodes: number,
  pods: number,
): Promise<BigServer> {
  const folder = path.join(workplace, `server-${nodes}`);
  mkdirSync(folder);
  const child = spawn(process.execPath, [bigServer, folder, String(nodes), String(pods)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value } = await lines.next();
    if (typeof value !== "string") throw new Error("the server of the large cluster ended");
    return JSON.parse(value) as unknown;
  };
  const { kubeconfig } = (await next()) as { kubeconfig: string };
  return {
    kubeconfig,
    async counters() {
      child.stdin.write("\n");
      return (await next()) as Counters;
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
