import { expect, it } from "vitest";
import { cloudShortfalls, nodeShortfalls } from "./flavor-capacity.ts";
import { parseFlavorName } from "./flavor-name.ts";

function flavor(name: string) {
  const read = parseFlavorName(name);
  if (read.kind !== "scs") throw new Error(name);
  return read.flavor;
}

const words = (shortfalls: ReturnType<typeof nodeShortfalls>) =>
  shortfalls.map(({ part, found, verdict }) => `${part} ${found} ${verdict}`);

it.each([
  ["SCS-2V-4-20s", 2, 4096, 20, []],
  ["SCS-2V-4-20s", 8, 65_536, 500, []],
  ["SCS-2V-4-20s", 1, 4096, 20, ["cpus 1 less"]],
  ["SCS-4V-16", 4, 12_288, 0, ["memory 12288 MiB less"]],
  ["SCS-4V-16-100s", 4, 16_384, 10, ["disk 10 GB less"]],
  ["SCS-4V-16", 4, 16_333, 0, []], // 51 MiB of grace
  ["SCS-4V-16", 4, 16_332, 0, ["memory 16332 MiB less"]],
  ["SCS-1L-0.5", 1, 512, 0, []],
] as const)("%s with %d CPUs, %d MiB, %d GB in the cloud's list", (name, cpus, memoryMib, diskGb, expected) => {
  expect(words(cloudShortfalls(flavor(name), { cpus, memoryMib, diskGb }))).toEqual(expected);
});

const kib = 1024;
it.each([
  // as kubelets of real machines report 4, 2, 64, 8 GiB
  ["SCS-2V-4-20s", { cpu: 2, memoryBytes: 3_908_168 * kib, ephemeralStorageBytes: 20_949_996 * kib }, []],
  ["SCS-1V-2", { cpu: 1, memoryBytes: 2_027_300 * kib, ephemeralStorageBytes: 51_524_172 * kib }, []],
  ["SCS-16V-64", { cpu: 16, memoryBytes: 65_851_388 * kib }, []],
  ["SCS-8V-8", { cpu: 14, memoryBytes: 8_024_304 * kib }, []],
  ["SCS-1L-1", { cpu: 1, memoryBytes: 760 * 1024 * kib }, ["memory 760 MiB open"]],
  ["SCS-2V-4", { cpu: 2, memoryBytes: 3500 * 1024 * kib }, ["memory 3500 MiB open"]],
  ["SCS-2V-8", { cpu: 2, memoryBytes: 3_908_168 * kib }, ["memory 3817 MiB less"]],
  ["SCS-4V-8", { cpu: 2, memoryBytes: 8_024_304 * kib }, ["cpus 2 less"]],
  ["SCS-2V-4-100s", { ephemeralStorageBytes: 20_000_000_000 }, ["disk 20 GB open"]],
  ["SCS-2V-4", {}, []],
] as const)("%s on a node", (name, capacity, expected) => {
  expect(words(nodeShortfalls(flavor(name), capacity))).toEqual(expected);
});
