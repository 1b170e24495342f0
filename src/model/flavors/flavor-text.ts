/** Flavor names written: canonical, and short as scs-0100-v3 advises providers to offer them as well. */
import type { Flavor } from "./flavor-name.ts";

/** The canonical name: no leading zeros, no generation 0, whole GiB without a point. */
export function flavorNameOf(flavor: Flavor): string {
  const { architecture, gpu, hypervisor } = flavor;
  const cpus = `${flavor.cpus}${flavor.cpuType}${flavor.cpuInsecure ? "i" : ""}`;
  const ram = `${flavor.ram}${flavor.ramInsecure ? "u" : ""}${flavor.ramOversubscribed ? "o" : ""}`;
  return [
    `SCS-${cpus}-${ram}`,
    flavor.disk ? diskText(flavor.disk) : "",
    hypervisor === undefined ? "" : `_${hypervisor}`,
    flavor.hardwareVirtualization ? "_hwv" : "",
    architecture ? `_${architecture.vendor}${architecture.generation || ""}${architecture.speed}` : "",
    gpu ? gpuText(gpu) : "",
    flavor.infiniband ? "_ib" : "",
  ].join("");
}

/**
 * What is left when details are dropped that portable users do not ask for: hypervisor, virtualization, brand and speed of
 * x86 CPUs, speed of GPUs. Other architectures stay: an image for one does not start on another.
 */
export function shortFlavor(flavor: Flavor): Flavor {
  const { hypervisor: _, architecture, gpu, ...rest } = flavor;
  const x86 = architecture === undefined || ["i", "z"].includes(architecture.vendor);
  return {
    ...rest,
    hardwareVirtualization: false,
    ...(x86 ? {} : { architecture: { vendor: architecture.vendor, generation: 0, speed: "" } }),
    ...(gpu ? { gpu: { ...gpu, unitSpeed: "", memorySpeed: "" } } : {}),
  };
}

function diskText({ count, size, type }: Flavor["disk"] & object): string {
  return `-${count === 1 ? "" : `${count}x`}${size ?? ""}${type}`;
}

function gpuText({ kind, vendor, generation, units, unitSpeed, memory, memorySpeed }: Flavor["gpu"] & object): string {
  const [some, ram] = [units, memory].map((given) => (given === undefined ? "" : `-${given}`));
  return `_${kind}${vendor}${generation}${some}${unitSpeed}${ram}${memorySpeed}`;
}
