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
}

/** Length of the nodes' prefixes; pods and services have the ranges of every test cluster, seen inside the nodes only. */
export const prefixLength = { v4: 24, v6: 64 } as const;

/** Where the cluster's DNS answers: the tenth address of each service range. */
export const dnsService: Pair = { v4: tenth(network.services.v4), v6: "fd00:10:96::a" };

/**
 * Makes a bridge with a subnet that no other cluster on this machine has: the kernel refuses a name that is taken.
 * Throws what `ip` says when it cannot be made.
 */
export function claimBridge(): Bridge {
  let said = "";
  for (let number = 1; number < 200; number += 1) {
    const name = `scs${number}`;
    const made = spawnSync("ip", ["link", "add", name, "type", "bridge"], { encoding: "utf8" });
    if (made.status === 0) {
      return configured(name, number);
    }
    said = made.stderr?.trim() ?? String(made.error);
    if (!said.includes("exists")) {
      break;
    }
  }
  throw new Error(`No network bridge for the nodes could be made: ${said}`);
}

function configured(name: string, number: number): Bridge {
  const node = (n: number): Pair => ({ v4: `10.99.${number}.${10 + n}`, v6: `fd00:10:99:${number}::${10 + n}` });
  const gateway: Pair = { v4: `10.99.${number}.1`, v6: `fd00:10:99:${number}::1` };
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
  return { name, gateway, node };
}

function tenth(range: string): string {
  return range.replace(/\.0\/\d+$/, ".10");
}
