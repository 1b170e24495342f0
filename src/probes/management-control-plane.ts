import { type Reading, read, unread } from "../model/fact.ts";
import type { ManagementControlPlaneFact } from "../model/facts/managed-control-plane.ts";
import { defineProbe, type ManagementContext } from "../model/probe.ts";
import { shootControlPlane, tenantControlPlane } from "./hosted-control-planes.ts";
import { kubeadmControlPlane } from "./kubeadm-control-plane.ts";
import { type ManagedCluster, managedCluster } from "./managed-cluster.ts";
import { unprovenResolve } from "./management-cluster.ts";
import { pathOf, resources, rightsTo } from "./served-objects.ts";
import { textAt } from "./untrusted.ts";

export const managementControlPlaneProbe = defineProbe({
  id: "management/control-plane",
  title: "how the control plane is told to run there: flags, admission limits, replacement of machines",
  view: "management",
  tier: "observe",
  rights: rightsTo(["get"], resources.kubeadmControlPlanes, resources.tenantControlPlanes, resources.shoots),
  requests: 1,
  after: ["management/cluster"],
  resolve: unprovenResolve,
  async collect(context): Promise<Reading<ManagementControlPlaneFact>> {
    const cluster = await managedCluster(context);
    if (!cluster.ok) return cluster;
    const object = await controlPlaneOf(cluster.value, context);
    if (!object.ok) return object;
    const { kind, value } = object.value;
    const common = { kind, apiVersion: textAt(value, "apiVersion") ?? "" };
    switch (kind) {
      case "KubeadmControlPlane":
        return read({ ...common, ...kubeadmControlPlane(value) });
      case "TenantControlPlane":
        return read({ ...common, ...tenantControlPlane(value) });
      case "Shoot":
        return read({ ...common, ...shootControlPlane(value) });
    }
  },
});

interface Found {
  readonly kind: ManagementControlPlaneFact["kind"];
  readonly value: unknown;
}

/** The object itself where it is the control plane; else what the Cluster refers to. */
export async function controlPlaneOf(
  { kind, object, apis, at }: ManagedCluster,
  { management }: ManagementContext,
): Promise<Reading<Found>> {
  if (kind !== "Cluster") return read({ kind, value: object });
  const name = textAt(object, "spec", "controlPlaneRef", "name") ?? "";
  const target = targetOf(textAt(object, "spec", "controlPlaneRef", "kind"));
  if (target === undefined || name === "") {
    return unread("not-visible", "the control plane of this cluster there is of a kind that is not known");
  }
  const path = pathOf(apis, resources[target.resource], { namespace: at.namespace, name });
  const reading = path.ok ? await management.json(path.value) : path;
  return reading.ok ? read({ kind: target.kind, value: reading.value }) : reading;
}

function targetOf(kind: string | undefined) {
  switch (kind) {
    case "KubeadmControlPlane":
      return { kind, resource: "kubeadmControlPlanes" } as const;
    // Kamaji's provider makes a TenantControlPlane of the same name
    case "KamajiControlPlane":
      return { kind: "TenantControlPlane", resource: "tenantControlPlanes" } as const;
    default:
      return undefined;
  }
}
