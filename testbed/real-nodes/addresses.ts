import { execFileSync, spawnSync } from "node:child_process";
import { network } from "../options.ts";

/** An address of each family. */
export interface Pair {
  readonly v4: string;
  readonly v6: string;
}

/** The link that joins the nodes of one cluster on this machine. Its name begins all other names of the cluster. */
export interface Bridge {
  readonly name: string;
  /** The machine's own address on it: the nodes' way out. */
  readonly gateway: Pair;
  /** Address of node number n, from 1. */
  node(n: number): Pair;
  /** Address number n, from 0, that can be given to what a cluster publishes. */
  published(n: number): Pair;
}

/** Length of the nodes' prefixes; pods and services have the ranges of every test cluster, seen inside the nodes only. */
export const prefixLength = { v4: 24, v6: 64 } as const;

/** Where the cluster's DNS answers: the tenth address of each service range. */
export const dnsService: Pair = { v4: tenth(network.services.v4), v6: "fd00:10:96::a" };

/** How far the nodes' addresses reach by their ranges. */
export type Reach = "private" | "global";

/** What the addresses of cluster number n begin with. `global` ones are nobody's: those of benchmarks and of documentation (RFC 2544, RFC 3849). */
const ranges: { readonly [R in Reach]: (n: number) => Pair } = {
  private: (n) => ({ v4: `10.99.${n}`, v6: `fd00:10:99:${n}` }),
  global: (n) => ({ v4: `198.18.${n}`, v6: `2001:db8:99:${n}` }),
};

/**
 * Makes a bridge with a subnet that no other cluster on this machine has: the kernel refuses a name that is taken.
 * Throws what `ip` says when it cannot be made.
 */
export function claimBridge(reach: Reach = "private"): Bridge {
  let said = "";
  for (let number = 1; number < 200; number += 1) {
    const name = `scs${number}`;
    const made = spawnSync("ip", ["link", "add", name, "type", "bridge"], { encoding: "utf8" });
    if (made.status === 0) {
      return configured(name, ranges[reach](number));
    }
    said = made.stderr?.trim() ?? String(made.error);
    if (!said.includes("exists")) {
      break;
    }
  }
  throw new Error(`No network bridge for the nodes could be made: ${said}`);
}

function configured(name: string, { v4, v6 }: Pair): Bridge {
  const at = (n: number): Pair => ({ v4: `${v4}.${n}`, v6: `${v6}::${n}` });
  const gateway = at(1);
  const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
  try {
    ip("address", "add", `${gateway.v4}/${prefixLength.v4}`, "dev", name);
    // a machine without IPv6 has nodes without
    spawnSync("ip", ["address", "add", `${gateway.v6}/${prefixLength.v6}`, "dev", name, "nodad"], { stdio: "ignore" });
    ip("link", "set", name, "up");
  } catch (error) {
    spawnSync("ip", ["link", "delete", name], { stdio: "ignore" });
    throw error;
  }
  return { name, gateway, node: (n) => at(10 + n), published: (n) => at(200 + n) };
}

function tenth(range: string): string {
  return range.replace(/\.0\/\d+$/, ".10");
}
