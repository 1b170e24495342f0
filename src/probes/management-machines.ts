import { type Reading, read } from "../model/fact.ts";
import type { MachineRecord, ManagementMachinesFact, OpenStackMachine } from "../model/facts/management.ts";
import { defineProbe, type Redactor } from "../model/probe.ts";
import type { Machine } from "./cluster-api-machines.ts";
import { managedCluster } from "./managed-cluster.ts";
import { unprovenResolve } from "./management-cluster.ts";
import { openStackMachinesOf } from "./openstack-machine.ts";
import { resources, rightsTo } from "./served-objects.ts";
import { inOrder } from "./untrusted.ts";

export const managementMachinesProbe = defineProbe({
  id: "management/machines",
  title: "machines of this cluster there: flavors, root volumes, server groups, failure domains",
  view: "management",
  tier: "observe",
  rights: rightsTo(["list"], resources.machines, resources.openStackMachines, resources.serverGroups),
  requests: 2,
  after: ["management/cluster"],
  resolve: { ...unprovenResolve, "not-served": "a cluster that Cluster API manages" },
  async collect(context): Promise<Reading<ManagementMachinesFact>> {
    const cluster = await managedCluster(context);
    if (!cluster.ok) return cluster;
    const { machines, apis, at } = cluster.value;
    if (!machines.ok) return machines;
    const onOpenStack = machines.value.some(({ infrastructure }) => infrastructure?.kind === "OpenStackMachine");
    const openStack = onOpenStack
      ? await openStackMachinesOf(context.management, apis, at, context.redactor)
      : read<ReadonlyMap<string, OpenStackMachine>>(new Map());
    if (!openStack.ok) return openStack;
    const records = machines.value.map((machine) => recordOf(machine, openStack.value, context.redactor));
    return read({ machines: records.sort((a, b) => inOrder(a.ref, b.ref)) });
  },
});

/** Failure domains are names of zones, which nodes carry as labels in the clear. */
function recordOf(
  { name, node, controlPlane, providerId, failureDomain, certificatesExpireAt, deleting, infrastructure }: Machine,
  openStack: ReadonlyMap<string, OpenStackMachine>,
  redactor: Redactor,
): MachineRecord {
  const own = infrastructure?.kind === "OpenStackMachine" ? openStack.get(infrastructure.name) : undefined;
  return {
    ref: redactor.pseudonym("machine", name),
    ...(node === undefined ? {} : { node }),
    controlPlane,
    ...(providerId === undefined || providerId === ""
      ? {}
      : { providerRef: redactor.pseudonym("provider", providerId) }),
    ...(failureDomain === undefined || failureDomain === "" ? {} : { failureDomain }),
    ...(certificatesExpireAt === undefined ? {} : { certificatesExpireAt }),
    deleting,
    ...(own === undefined ? {} : { openStack: own }),
  };
}
