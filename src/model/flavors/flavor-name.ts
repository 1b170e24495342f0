/** Flavor names by scs-0100-v3: `SCS-` CPUs `-` RAM [`-` disk] [`_` hypervisor] [`_hwv`] [`_` CPU] [`_` GPU] [`_ib`]. */

/** L heavily oversubscribed, V oversubscribed, T dedicated thread, C dedicated core. */
export type CpuType = "L" | "V" | "T" | "C";
/** n network, h local spinning, s local SSD, p local NVMe; "" leaves it to the provider. */
export type DiskType = "n" | "h" | "s" | "p" | "";
export type Hypervisor = "kvm" | "chy" | "xen" | "vmw" | "hyv" | "bms";

/** What a name promises. A promise that is left out says nothing: understating is allowed, overstating is not. */
export interface Flavor {
  readonly cpus: number;
  readonly cpuType: CpuType;
  /** Mitigations late or left out (`i`). */
  readonly cpuInsecure: boolean;
  /** GiB, a multiple of 0.5. */
  readonly ram: number;
  /** No ECC (`u`). */
  readonly ramInsecure: boolean;
  readonly ramOversubscribed: boolean;
  /** Absent: none comes with the flavor, it boots from a volume. */
  readonly disk?: { readonly count: number; readonly size?: number; readonly type: DiskType };
  readonly hypervisor?: Hypervisor;
  readonly hardwareVirtualization: boolean;
  readonly architecture?: {
    readonly vendor: "i" | "z" | "a" | "r";
    readonly generation: number;
    readonly speed: string;
  };
  readonly gpu?: {
    readonly kind: "G" | "g";
    readonly vendor: "N" | "A" | "I";
    readonly generation: string;
    readonly units?: number;
    readonly unitSpeed: string;
    readonly memory?: number;
    readonly memorySpeed: string;
  };
  readonly infiniband: boolean;
}

/**
 * `other`: does not start with SCS-, such names are free. `old-syntax`: the form of v1 with colons, which no label value can
 * hold. `invalid`: starts with SCS- and is no name of the standard; `because` completes "SCS-...: ".
 */
export type FlavorName =
  | { readonly kind: "scs"; readonly flavor: Flavor }
  | { readonly kind: "old-syntax"; readonly flavor: Flavor }
  | { readonly kind: "invalid"; readonly because: string }
  | { readonly kind: "other" };

const prefix = "SCS-";
const number = "([0-9]{1,6})";

/** Each part where the one before it ended; `_i3` needs its end looked at, as `_ib` begins alike. */
const parts = {
  cpus: new RegExp(`${number}([LVTC])(i?)-`, "y"),
  ram: /([0-9]{1,6}(?:\.[05])?)(u?)(o?)(?=$|[-_])/y,
  disk: new RegExp(`-(?:${number}x)?${number}?([nhsp]?)(?=$|_)`, "y"),
  hypervisor: /_(kvm|chy|xen|vmw|hyv|bms)(?=$|_)/y,
  hardware: /_hwv(?=$|_)/y,
  architecture: /_([izar])([0-9]{0,2})(h{0,3})(?=$|_)/y,
  gpu: /_([Gg])([NAI])([a-gi-z]|[0-9.]{1,4})?(?:-([0-9]{1,6}))?(h{0,2})(?:-([0-9]{1,6}))?(h{0,2})(?=$|_)/y,
  infiniband: /_ib$/y,
} as const;

/** Newest generation of each CPU vendor, `0` the oldest. */
const generations = { i: 6, z: 6, a: 5, r: 0 } as const;
const gpuGenerations = {
  N: ["f", "k", "m", "p", "v", "t", "a", "l", "g", "b", "u"],
  A: ["0.4", "0.5", "1", "1.1", "2", "2.1", "3", "3.1", "3.5", "4", "4.1", "5.1"],
  I: ["0.9", "0.95", "1", "2", "3", "4"],
} as const;

/** Reads a flavor's name. Never throws; a name of any length is read in linear time. */
export function parseFlavorName(name: string): FlavorName {
  if (!name.startsWith(prefix)) return { kind: "other" };
  if (/^SCS-[0-9]+[LVTC]i?:/.test(name)) {
    const read = parse(`${prefix}${name.slice(prefix.length).replaceAll("-", "_").replaceAll(":", "-")}`);
    return read.kind === "scs" ? { kind: "old-syntax", flavor: read.flavor } : read;
  }
  return parse(name);
}

function parse(name: string): { kind: "scs"; flavor: Flavor } | { kind: "invalid"; because: string } {
  let position = prefix.length;
  const take = (part: keyof typeof parts): RegExpExecArray | null => {
    const expression = parts[part];
    expression.lastIndex = position;
    const match = expression.exec(name);
    if (match) position += match[0].length;
    return match;
  };
  const invalid = (because: string) => ({ kind: "invalid", because }) as const;

  const cpus = take("cpus");
  if (!cpus) return invalid("after SCS- come the number of CPUs, one of L, V, T, C, perhaps i, and a hyphen");
  if (Number(cpus[1]) === 0) return invalid("there are no flavors without CPUs");
  const ram = take("ram");
  if (!ram) return invalid("the memory is GiB in steps of 0.5, perhaps followed by u and o in this order");
  if (Number(ram[1]) === 0) return invalid("there are no flavors without memory");
  const disk = take("disk");
  const [, disks, size] = disk ?? [];
  if ([disks, size].some((given) => given !== undefined && Number(given) === 0))
    return invalid("a disk of size 0, or no disk at all, is written by leaving it out");
  const hypervisor = take("hypervisor");
  const hardware = take("hardware");
  const architecture = take("architecture");
  const gpu = take("gpu");
  const infiniband = take("infiniband");
  if (position < name.length) return invalid(`"${name.slice(position, position + 40)}" at its end is not understood`);

  const processor = architecture && architectureOf(architecture);
  if (processor === undefined) return invalid(`there is no CPU generation ${architecture?.[2]} of this vendor`);
  const accelerator = gpu && gpuOf(gpu);
  if (accelerator === undefined) return invalid("the GPU has an unknown generation, or a number of 0");
  const flavor: Flavor = {
    cpus: Number(cpus[1]),
    cpuType: cpus[2] as CpuType,
    cpuInsecure: cpus[3] !== "",
    ram: Number(ram[1]),
    ramInsecure: ram[2] !== "",
    ramOversubscribed: ram[3] !== "",
    ...(disk ? { disk: diskOf(disk) } : {}),
    ...(hypervisor ? { hypervisor: hypervisor[1] as Hypervisor } : {}),
    hardwareVirtualization: hardware !== null,
    ...(processor ? { architecture: processor } : {}),
    ...(accelerator ? { gpu: accelerator } : {}),
    infiniband: infiniband !== null,
  };
  return { kind: "scs", flavor };
}

function diskOf([, count, size, type]: RegExpExecArray): Flavor["disk"] & object {
  const sized = size === undefined ? {} : { size: Number(size) };
  return { count: count === undefined ? 1 : Number(count), ...sized, type: type as DiskType };
}

/** Undefined for a generation that the vendor does not have. */
function architectureOf([, letter, digits, speed = ""]: RegExpExecArray): Flavor["architecture"] {
  const vendor = letter as keyof typeof generations;
  const generation = Number(digits);
  return generation > generations[vendor] ? undefined : { vendor, generation, speed };
}

function gpuOf([, kind, brand, generation = "", units, unitSpeed = "", memory, memorySpeed = ""]: RegExpExecArray) {
  const vendor = brand as keyof typeof gpuGenerations;
  const known: readonly string[] = gpuGenerations[vendor];
  if (generation !== "" && !known.includes(generation)) return undefined;
  if ([units, memory].some((given) => given !== undefined && Number(given) === 0)) return undefined;
  return {
    kind: kind as "G" | "g",
    vendor,
    generation,
    ...(units === undefined ? {} : { units: Number(units) }),
    unitSpeed,
    ...(memory === undefined ? {} : { memory: Number(memory) }),
    memorySpeed,
  };
}
