import { spawnSync } from "node:child_process";

/** What to put before a command so that it sees another host name. */
export type HostNamePrefix = (hostName: string) => readonly string[];

/**
 * An API server names its lease by its host name, so two on one machine need a UTS namespace each.
 * Root makes one directly; anybody else inside a user namespace of their own. Undefined where the system allows neither,
 * which is an error for more than one server.
 */
export function hostNames(servers: number): HostNamePrefix | undefined {
  const prefix = workingPrefix();
  if (prefix === undefined && servers > 1) {
    throw new Error("Several API servers need a host name each, and this system allows no UTS namespaces (unshare).");
  }
  return prefix;
}

function workingPrefix(): HostNamePrefix | undefined {
  for (const flags of [["--uts"], ["--user", "--map-root-user", "--uts"]]) {
    const prefix: HostNamePrefix = (hostName) => [
      "unshare",
      ...flags,
      "sh",
      "-c",
      'hostname "$0" && exec "$@"',
      hostName,
    ];
    const [program = "", ...args] = [...prefix("probe"), "true"];
    if (spawnSync(program, args, { stdio: "ignore" }).status === 0) {
      return prefix;
    }
  }
  return undefined;
}
