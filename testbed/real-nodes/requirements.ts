import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { builtFolder } from "../build.ts";

/** What stands in the way, and how to get it: sentences without an end for the second. */
export interface Missing {
  readonly because: string;
  readonly get: string;
}

/** Programs that nodes need, and the Debian package of each. */
const programs: readonly (readonly [string, string])[] = [
  ["containerd", "containerd"],
  ["runc", "runc"],
  ["iptables", "iptables"],
  ["nft", "nftables"],
  ["ip", "iproute2"],
  ["nsenter", "util-linux"],
  ["unshare", "util-linux"],
  ["sysctl", "procps"],
  ["mount", "mount"],
  ["tar", "tar"],
];
const files: readonly (readonly [string, string])[] = [
  ["/bin/busybox", "busybox-static"],
  ["/usr/lib/cni/bridge", "containernetworking-plugins"],
  ["/usr/lib/cni/portmap", "containernetworking-plugins"],
];

/** Why no real nodes can run here, or undefined. The binaries are the last thing looked at. */
export function missingForRealNodes(env: NodeJS.ProcessEnv = process.env): Missing | undefined {
  return missingOnMachine() ?? missingBinaries(env);
}

/** Everything but the binaries. */
export function missingOnMachine(): Missing | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return {
      because: "Real nodes need namespaces and links, so root on Linux.",
      get: "run as root on a Linux machine",
    };
  }
  const onPath = (program: string) =>
    (process.env.PATH ?? "").split(":").some((folder) => folder !== "" && existsSync(path.join(folder, program)));
  const packages = [
    ...programs.filter(([program]) => !onPath(program)),
    ...files.filter(([file]) => !existsSync(file)),
  ].map(([, name]) => name);
  if (packages.length > 0) {
    const names = [...new Set(packages)].join(" ");
    return { because: `Real nodes need programs that are not here: ${names}.`, get: `apt-get install ${names}` };
  }
  const tried = spawnSync("unshare", ["--mount", "--uts", "--net", "--pid", "--fork", "true"], { encoding: "utf8" });
  return tried.status === 0
    ? undefined
    : {
        because: `Real nodes need namespaces, which this machine refuses: ${tried.stderr.trim()}.`,
        get: "run on a machine of its own, or in a container with CAP_SYS_ADMIN",
      };
}

function missingBinaries(env: NodeJS.ProcessEnv): Missing | undefined {
  return existsSync(builtFolder(env, "nodes"))
    ? undefined
    : { because: "The binaries of real nodes are not built yet.", get: "run `npm run testbed`" };
}
