/** Facts about access lists for tables: as a management cluster has them, and as Octavia does. */
import type { AccessList } from "../../src/model/facts/access-list.ts";
import type { ManagementApiAccessFact } from "../../src/model/facts/api-access.ts";
import type { FactValues } from "../../src/model/facts/index.ts";

export function accessListOf(ranges: number, openTo: AccessList["openTo"] = [], malformed = 0): AccessList {
  return { ranges, openTo, malformed };
}

/** Two ranges are written and, with one of the platform's own, applied at an amphora; unless told otherwise. */
export function apiAccess(given: Partial<ManagementApiAccessFact> = {}): Pick<FactValues, "management/api-access"> {
  return {
    "management/api-access": {
      kind: "OpenStackCluster",
      apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
      loadBalancer: true,
      provider: "amphora",
      floatingIp: true,
      written: accessListOf(2),
      applied: accessListOf(3),
      notApplied: 0,
      ...given,
    },
  };
}

/** A load balancer of IPv4 with one listener on the API server's port. */
export function apiBalancer(provider: string, allowed: AccessList | null): Pick<FactValues, "cloud/api-load-balancer"> {
  return {
    "cloud/api-load-balancer": {
      provider,
      vipFamilies: ["IPv4"],
      floatingFamilies: ["IPv4"],
      listeners: [{ protocol: "TCP", enabled: true, allowed }],
    },
  };
}
