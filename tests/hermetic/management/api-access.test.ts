/** Access lists: status, not spec, in every version of OpenStackCluster. */
import { describe, expect, it } from "vitest";
import { paths, served } from "../../support/gathering.ts";
import { kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { apis, gatherManaged } from "../../support/managed.ts";
import { capiCluster, capiMachine, nodeWithId, tenant, tenantPaths } from "../../support/managed-objects.ts";

async function accessOf(capo: string, spec: object, status: object) {
  const at = tenantPaths("v1beta2", capo);
  const management = kubernetesRoutes({
    "/apis": apis({ "cluster.x-k8s.io": ["v1beta2"], "infrastructure.cluster.x-k8s.io": [capo] }),
    [at.cluster]: capiCluster(),
    [at.machines]: [capiMachine(1)],
    [at.openStackCluster]: { apiVersion: `infrastructure.cluster.x-k8s.io/${capo}`, metadata: tenant, spec, status },
  });
  const cluster = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeWithId(1)] });
  const { value, gathering } = await gatherManaged({ cluster, management }, ["management/api-access"], tenant);
  expect(JSON.stringify(gathering)).not.toMatch(/203\.0|198\.51|acme/);
  return value("management/api-access");
}

const office = "203.0.113.0/24";
const router = "198.51.100.9/32";
const none = { written: null, applied: null, notApplied: 0 };
const list = (ranges: number) => ({ ranges, openTo: [], malformed: 0 });

describe("the access list of an OpenStackCluster", () => {
  it.each<[string, object, object, object]>([
    [
      "v1alpha7",
      { apiServerLoadBalancer: { enabled: true, allowedCidrs: [office] } },
      { network: { apiServerLoadBalancer: { allowedCIDRs: [office, router] } } },
      { loadBalancer: true, floatingIp: true, written: list(1), applied: list(2), notApplied: 0 },
    ],
    [
      "v1alpha6",
      { apiServerLoadBalancer: { enabled: true, allowedCidrs: [office] }, disableAPIServerFloatingIP: true },
      {},
      { loadBalancer: true, floatingIp: false, written: list(1), applied: null, notApplied: 1 },
    ],
    [
      "v1beta1",
      { apiServerLoadBalancer: { enabled: true, provider: "ovn", allowedCIDRs: [office] } },
      { apiServerLoadBalancer: { allowedCIDRs: [office] } },
      { provider: "ovn", written: list(1), applied: list(1), notApplied: 0 },
    ],
    [
      "v1beta2",
      { apiServer: { managedLoadBalancer: { provider: "octavia", allowedCIDRs: ["0.0.0.0/0"] } } },
      { apiServerLoadBalancer: { allowedCIDRs: ["0.0.0.0/0"] } },
      { loadBalancer: true, provider: "amphora", written: { ranges: 1, openTo: ["IPv4"], malformed: 0 } },
    ],
    ["v1beta1", { apiServerLoadBalancer: { enabled: true, allowedCIDRs: [] } }, {}, { loadBalancer: true, ...none }],
    ["v1beta1", {}, {}, { loadBalancer: false, ...none }],
    [
      "v1beta1",
      { apiServerLoadBalancer: { enabled: false } },
      { apiServerLoadBalancer: 7 },
      { loadBalancer: false, ...none },
    ],
  ])("of %s: %j", async (capo, spec, status, expected) => {
    expect(await accessOf(capo, spec, status)).toMatchObject(expected);
  });
});
