import { spawnSync } from "node:child_process";

/** What to put before a command so that it sees another host name; undefined where the system does not allow it. */
export type HostNamePrefix = (hostName: string) => readonly string[];

/**
 * An API server names its lease by its host name, so two on one machine need a UTS namespace each.
 * Root makes one directly; anybody else inside a user namespace of their own, where the system allows those.
 */
export function hostNamePrefix(): HostNamePrefix | undefined {
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
