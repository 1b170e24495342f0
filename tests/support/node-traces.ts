/** What clusters of real nodes could leave on a machine. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commandLineOf } from "./command-line.ts";

/** Names of links, routes, mounts, cgroups, network namespaces, folders and processes of test clusters that are there now. */
export interface Traces {
  readonly links: readonly string[];
  readonly routes: readonly string[];
  readonly mounts: readonly string[];
  readonly cgroups: readonly string[];
  readonly namespaces: readonly string[];
  readonly folders: readonly string[];
  readonly processes: readonly string[];
}

/** `bridge`: of the cluster, where only one shall be looked at; others may run beside it. `folder`: its folder. */
export function tracesOf(bridge: string, folder: string): Traces {
  const ip = (...args: string[]) => execFileSync("ip", args, { encoding: "utf8" }).split("\n");
  const ofCluster = new RegExp(`\\b${bridge}(-[a-z0-9-]+)?\\b`);
  return {
    links: ip("-o", "link", "show").filter((line) => ofCluster.test(line)),
    routes: [...ip("route"), ...ip("-6", "route")].filter((line) => ofCluster.test(line)),
    mounts: readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(folder)),
    cgroups: cgroupFolders().filter((name) => ofCluster.test(name)),
    namespaces: ip("netns", "list").filter((line) => ofCluster.test(line)),
    folders: existsSync(folder) ? [folder] : [],
    processes: processesWith(folder),
  };
}

/** Nothing at all. */
export const noTraces: Traces = {
  links: [],
  routes: [],
  mounts: [],
  cgroups: [],
  namespaces: [],
  folders: [],
  processes: [],
};

function cgroupFolders(): readonly string[] {
  const root = "/sys/fs/cgroup";
  const below = (folder: string) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  return [...below(root), ...below(root).flatMap(below)];
}

/** Command lines that name the cluster's folder; the folder's name is random, so it is in nobody else's. */
function processesWith(folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(commandLineOf)
    .filter((line) => line.includes(path.relative(tmpdir(), folder)));
}
