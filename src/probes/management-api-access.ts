import { type Reading, read, unread } from "../model/fact.ts";
import type { ManagementApiAccessFact } from "../model/facts/api-access.ts";
import { defineProbe, type ManagementContext } from "../model/probe.ts";
import { accessList, notApplied, rangesOf } from "./access-list.ts";
import { type ManagedCluster, managedCluster } from "./managed-cluster.ts";
import { unprovenResolve } from "./management-cluster.ts";
import { controlPlaneOf } from "./management-control-plane.ts";
import { pathOf, resources, rightsTo } from "./served-objects.ts";
import { listAt, textAt, valueAt } from "./untrusted.ts";

type Written = Omit<ManagementApiAccessFact, "kind" | "apiVersion" | "written" | "applied" | "notApplied"> & {
  readonly written: unknown;
  readonly applied: unknown;
};

export const managementApiAccessProbe = defineProbe({
  id: "management/api-access",
  title: "access list of the API server there, as written and as applied (how many ranges, not which)",
  view: "management",
  tier: "observe",
  rights: rightsTo(["get"], resources.openStackClusters, resources.tenantControlPlanes),
  requests: 1,
  after: ["management/cluster"],
  resolve: unprovenResolve,
  async collect(context): Promise<Reading<ManagementApiAccessFact>> {
    const cluster = await managedCluster(context);
    if (!cluster.ok) return cluster;
    const front = await frontOf(cluster.value, context);
    if (!front.ok) return front;
    const { kind, value } = front.value;
    const { written, applied, ...rest } = readers[kind](value);
    const [wanted, given] = [rangesOf(written), rangesOf(applied)];
    return read({
      kind,
      apiVersion: textAt(value, "apiVersion") ?? "",
      ...rest,
      written: accessList(wanted),
      applied: accessList(given),
      notApplied: notApplied(wanted ?? [], given ?? []),
    });
  },
});

interface Front {
  readonly kind: ManagementApiAccessFact["kind"];
  readonly value: unknown;
}

/** What stands for the load balancer: the infrastructure of a Cluster, unless its control plane is hosted there. */
async function frontOf(cluster: ManagedCluster, context: ManagementContext): Promise<Reading<Front>> {
  const { kind, object, apis, at } = cluster;
  if (kind !== "Cluster") return read({ kind, value: object });
  if (textAt(object, "spec", "controlPlaneRef", "kind") === "KamajiControlPlane") {
    const hosted = await controlPlaneOf(cluster, context);
    return hosted.ok ? read({ kind: "TenantControlPlane", value: hosted.value.value }) : hosted;
  }
  const name = textAt(object, "spec", "infrastructureRef", "name") ?? "";
  if (textAt(object, "spec", "infrastructureRef", "kind") !== "OpenStackCluster" || name === "") {
    return unread("not-visible", "the infrastructure of this cluster there is of a kind that is not known");
  }
  const path = pathOf(apis, resources.openStackClusters, { namespace: at.namespace, name });
  const reading = path.ok ? await context.management.json(path.value) : path;
  return reading.ok ? read({ kind: "OpenStackCluster", value: reading.value }) : reading;
}

const readers: { readonly [K in Front["kind"]]: (object: unknown) => Written } = {
  OpenStackCluster(object) {
    const balancer =
      valueAt(object, "spec", "apiServerLoadBalancer") ?? valueAt(object, "spec", "apiServer", "managedLoadBalancer");
    const enabled = valueAt(balancer, "enabled");
    const provider = providerOf(textAt(balancer, "provider"));
    return {
      loadBalancer: typeof enabled === "boolean" ? enabled : balancer !== undefined && balancer !== null,
      ...(provider === undefined ? {} : { provider }),
      floatingIp: valueAt(object, "spec", "disableAPIServerFloatingIP") !== true,
      // allowedCidrs until v1alpha7
      written: valueAt(balancer, "allowedCIDRs") ?? valueAt(balancer, "allowedCidrs"),
      applied:
        valueAt(object, "status", "apiServerLoadBalancer", "allowedCIDRs") ??
        valueAt(object, "status", "network", "apiServerLoadBalancer", "allowedCIDRs"),
    };
  },
  TenantControlPlane: (object) => ({
    loadBalancer: textAt(object, "spec", "controlPlane", "service", "serviceType") === "LoadBalancer",
    floatingIp: null,
    written: valueAt(object, "spec", "networkProfile", "loadBalancerSourceRanges"),
    applied: undefined,
  }),
  Shoot(object) {
    const acl = listAt(object, "spec", "extensions").find((extension) => textAt(extension, "type") === "acl");
    const allows = textAt(acl, "providerConfig", "rule", "action") === "ALLOW" && valueAt(acl, "disabled") !== true;
    return {
      loadBalancer: null,
      floatingIp: null,
      written: allows ? valueAt(acl, "providerConfig", "rule", "cidrs") : undefined,
      applied: undefined,
    };
  },
};

function providerOf(text: string | undefined): ManagementApiAccessFact["provider"] {
  if (text === undefined || text === "") return undefined;
  // `octavia` is the old name of amphora
  if (text === "octavia") return "amphora";
  return text === "amphora" || text === "ovn" ? text : "other";
}
