/** Vectors: names that upstream's checker of scs-0100-v3 accepts and refuses, and what it makes of them. */
import { describe, expect, it } from "vitest";
import { type Flavor, parseFlavorName } from "./flavor-name.ts";
import { flavorNameOf, shortFlavor } from "./flavor-text.ts";

const valid = [
  ...["2C-4-10n", "2T-4-10n", "2V-4-10n", "2L-4-10n", "2Li-4-10n", "2C-3.5-10n", "2C-4u-10n", "2C-4o-10n"],
  ...["2C-4uo-10n", "2C-4-10s_bms_z3", "2C-4-3x10s", "2C-4-3x10s_bms_z3", "2C-4-10", "2C-4-n", "2C-4-"],
  ...["2C-4-_bms_z3", "2C-4-_bms_z3h_GNa-64_ib", "2C-4-_ib", "2C-4", "2C-4_bms_z3", "2C-4-3x10", "2C-4-10_kvm_hwv"],
  ...["2C-4-10_hwv", "2C-4-10_bms_hwv", "2C-4-10n_z3hh", "8Ti-32-50p_i1", "1L-1u-5", "16T-64-200s_GNa-72-24_ib"],
  ...["4C-16-2x200p_a1", "1V-0.5", "16V-64-500s_GNa-14-6h", "2V-4-20s_chy", "2V-12.5", "2V-4-20s_GA3.5"],
  ...["16V-64-500s_GNl-142hh-48", "2V-4-20s_gNa-8-8h", "2V-4-20x"],
];

const flavorOf = (name: string): Flavor => {
  const read = parseFlavorName(name);
  if (read.kind !== "scs") throw new Error(`${name} is ${read.kind}`);
  return read.flavor;
};

describe("names of the standard", () => {
  it.each(valid.map((name) => `SCS-${name}`))("%s is read and written again", (name) => {
    expect(flavorNameOf(flavorOf(name))).toBe(name);
  });

  it.each([
    ["SCS-02V-4", "SCS-2V-4"],
    ["SCS-2V-4.0-20s_i0", "SCS-2V-4-20s_i"],
    ["SCS-2V-4-1x20s", "SCS-2V-4-20s"],
  ])("%s is canonically %s", (name, canonical) => {
    expect(flavorNameOf(flavorOf(name))).toBe(canonical);
  });

  it.each([
    ["SCS-2C-4-3x10s_bms_hwv_z3hh", "SCS-2C-4-3x10s"],
    ["SCS-4C-16-2x200p_kvm_a1h", "SCS-4C-16-2x200p_a"],
    ["SCS-16V-64-500s_GNl-142hh-48h_ib", "SCS-16V-64-500s_GNl-142-48_ib"],
    ["SCS-2Li-4u", "SCS-2Li-4u"],
  ])("%s is %s in short", (name, short) => {
    expect(flavorNameOf(shortFlavor(flavorOf(name)))).toBe(short);
  });

  it("promises what its parts say", () => {
    expect(flavorOf("SCS-16Ti-64.5uo-2x500p_bms_hwv_z3h_GNa-72h-24hh_ib")).toEqual({
      cpus: 16,
      cpuType: "T",
      cpuInsecure: true,
      ram: 64.5,
      ramInsecure: true,
      ramOversubscribed: true,
      disk: { count: 2, size: 500, type: "p" },
      hypervisor: "bms",
      hardwareVirtualization: true,
      architecture: { vendor: "z", generation: 3, speed: "h" },
      gpu: { kind: "G", vendor: "N", generation: "a", units: 72, unitSpeed: "h", memory: 24, memorySpeed: "hh" },
      infiniband: true,
    });
    expect(flavorOf("SCS-2V-4")).not.toHaveProperty("disk");
    expect(flavorOf("SCS-2V-4-").disk).toEqual({ count: 1, type: "" });
    expect(flavorOf("SCS-2V-4-20x").disk).toEqual({ count: 20, type: "" });
  });
});

const invalid = [
  ...["2-4-10n", "2iT-4-10n", "2C-4ou-10n", "2C-4-1.5n", "2C-4-10_hwv_xen", "2C-4-n_bms_3", "2C-4-10n_z3hhhh"],
  ...["2C-4-10n_i9", "4V-16-100S", "0V-4", "2V-0", "2V-4.3", "2V-4-0", "2V-4-0x10", "2V-4:20s", "2V-4-20sn", "2V-4_"],
  ...["2V-4-20s_ib_z3", "", "2V", "2V-", "2V-4-20s_GNx-4", "2V-4-20s_GNa-0", "2V-4-20s_kvm_xen", "2V-4-20s _ib"],
  ...["2V:4:20S", "2V-4\n", `2V-${"9".repeat(5000)}`, `2V-4-20s_${"h".repeat(100_000)}`],
];

it.each(invalid.map((name) => `SCS-${name}`))("%s is refused with a reason", (name) => {
  const read = parseFlavorName(name);
  expect(read.kind).toBe("invalid");
  if (read.kind === "invalid") expect(read.because.length).toBeLessThan(120);
});

it.each([
  ["SCS-2V:4:20s", "SCS-2V-4-20s"],
  ["SCS-16T:64:200s-GNa:72:24-ib", "SCS-16T-64-200s_GNa-72-24_ib"],
])("%s has the syntax of v1 and means %s", (name, current) => {
  const read = parseFlavorName(name);
  expect(read.kind).toBe("old-syntax");
  if (read.kind === "old-syntax") expect(flavorNameOf(read.flavor)).toBe(current);
});

it.each(["m1.small", "scs-2V-4", "", "c5.SCS-2V-4", "SCS_2V_4"])("%s is no name of SCS, and free", (name) => {
  expect(parseFlavorName(name)).toEqual({ kind: "other" });
});
