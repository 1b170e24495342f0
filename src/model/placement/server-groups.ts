/** Server groups of control-plane machines: what they ask of the cloud, never where the machines stand. */
import type { Fact } from "../fact.ts";
import type { ManagementMachinesFact } from "../facts/management.ts";
import { counted } from "../finding-lists.ts";

/** How the machines of the control plane are grouped; undefined when none is seen on OpenStack. */
export function serverGroupText(machines: Fact<ManagementMachinesFact>): string | undefined {
  if (machines.status === "unavailable") return undefined;
  const own = machines.value.machines.filter(
    ({ controlPlane, deleting, openStack }) => controlPlane && !deleting && openStack,
  );
  if (own.length === 0) return undefined;
  const groups = own.flatMap(({ openStack }) => openStack?.serverGroup ?? []);
  if (groups.length === 0) return `none of ${counted(own.length, "machine")} is in a server group`;
  const policies = [...new Set(groups.map(({ policy }) => policy ?? "policy not visible"))].sort();
  const distinct = new Set(groups.map(({ ref }) => ref)).size;
  return `${groups.length} of ${counted(own.length, "machine")} in ${counted(distinct, "server group")} (${policies.join(", ")})`;
}
