/** What a flavor's name promises against what there is: of a flavor in a cloud's list, and of a node as its kubelet sees it. */
import type { Flavor } from "./flavor-name.ts";

/** A flavor as OpenStack describes it: MiB of memory, GB of root disk. */
export interface CloudFlavor {
  readonly cpus: number;
  readonly memoryMib: number;
  readonly diskGb: number;
}

/** A node as its kubelet reports it. What is absent was not reported. */
export interface NodeCapacity {
  readonly cpu?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly ephemeralStorageBytes?: number | undefined;
}

export type Part = "cpus" | "memory" | "disk";

/** A part of which there is less than promised, in words. */
export interface Shortfall {
  readonly part: Part;
  readonly promised: string;
  readonly found: string;
  /** `less`: proved. `open`: what the system keeps for itself could explain it. */
  readonly verdict: "less" | "open";
}

const mib = 1024 * 1024;
const gib = 1024 * mib;

/**
 * Parts of a cloud's flavor that are smaller than its name says. Memory has the grace of upstream's checker: MiB plus 51,
 * cut to tenths of a GiB. More than promised is always allowed.
 */
export function cloudShortfalls(flavor: Flavor, cloud: CloudFlavor): readonly Shortfall[] {
  const tenths = Math.trunc((cloud.memoryMib + 51) / 102.4) / 10;
  const disk = flavor.disk?.size ?? 0;
  return [
    ...(cloud.cpus < flavor.cpus ? [less("cpus", `${flavor.cpus}`, `${cloud.cpus}`)] : []),
    ...(tenths < flavor.ram ? [less("memory", `${flavor.ram} GiB`, `${cloud.memoryMib} MiB`)] : []),
    ...(cloud.diskGb < disk ? [less("disk", `${disk} GB`, `${cloud.diskGb} GB`)] : []),
  ];
}

/**
 * Parts of a node that are smaller than its flavor's name says. The kubelet's memory is what firmware and kernel leave: down
 * to 5 % and 128 MiB less counts as all of it; a crash kernel takes more, so only 10 % and 256 MiB less disproves the name.
 * The root filesystem may be a partition or a volume of another size, so it never disproves.
 */
export function nodeShortfalls(flavor: Flavor, node: NodeCapacity): readonly Shortfall[] {
  const promised = flavor.ram * gib;
  const { cpu, memoryBytes, ephemeralStorageBytes } = node;
  const enough = memoryBytes === undefined || memoryBytes >= promised * 0.95 - 128 * mib;
  const memory = `${Math.round((memoryBytes ?? 0) / mib)} MiB`;
  const disproved = memoryBytes !== undefined && memoryBytes < promised * 0.9 - 256 * mib;
  const disk = flavor.disk?.size;
  const small =
    disk !== undefined && ephemeralStorageBytes !== undefined && ephemeralStorageBytes < disk * 1_000_000_000 * 0.9;
  return [
    ...(cpu !== undefined && cpu < flavor.cpus ? [less("cpus", `${flavor.cpus}`, `${cpu}`)] : []),
    ...(disproved ? [less("memory", `${flavor.ram} GiB`, memory)] : []),
    ...(enough || disproved ? [] : [open("memory", `${flavor.ram} GiB`, memory)]),
    ...(small ? [open("disk", `${disk} GB`, `${Math.floor((ephemeralStorageBytes ?? 0) / 1e9)} GB`)] : []),
  ];
}

const less = (part: Part, promised: string, found: string): Shortfall => ({ part, promised, found, verdict: "less" });
const open = (part: Part, promised: string, found: string): Shortfall => ({ part, promised, found, verdict: "open" });
