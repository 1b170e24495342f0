/** Flavors, root volumes and server groups of machines, in every version of their API. */
import { describe, expect, it } from "vitest";
import { paths, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes } from "../../support/kubernetes-routes.ts";
import { apis, gatherManaged } from "../../support/managed.ts";
import {
  capiCluster,
  capiMachine,
  nodeWithId,
  openStackMachine,
  tenant,
  tenantPaths,
} from "../../support/managed-objects.ts";

const group = "11111111-2222-4333-8444-555555555555";
const serverGroup = (policy: string) => ({
  metadata: { namespace: tenant.namespace, name: "control-plane" },
  status: { id: group, resource: { name: "acme-group", policy, rules: { maxServerPerHost: 1 } } },
});

function gatherMachines(capo: string, spec: object, more: { readonly [path: string]: object } = {}, overrides = {}) {
  const at = tenantPaths("v1beta1", capo);
  const management = kubernetesRoutes(
    {
      "/apis": apis({
        "cluster.x-k8s.io": ["v1beta1"],
        "infrastructure.cluster.x-k8s.io": [capo],
        "openstack.k-orc.cloud": ["v1alpha1"],
      }),
      [at.cluster]: capiCluster(),
      [at.machines]: [capiMachine(1), capiMachine(2, { controlPlane: false })],
      [at.openStackMachines]: [openStackMachine(1, spec)],
      ...more,
    },
    { overrides },
  );
  const cluster = kubernetesRoutes({ [paths.version]: served("v1.37.2"), [paths.nodes]: [nodeWithId(1)] });
  return gatherManaged({ cluster, management }, ["management/machines"], tenant);
}

const ref = expect.stringMatching(/^server-group-[0-9a-f]{16}$/);
const known = { ref, policy: "anti-affinity", maxServersPerHost: 1 };

describe("machines on OpenStack", () => {
  it.each<[string, object, object]>([
    [
      "v1alpha6",
      { flavor: "SCS-2V-4-20s", serverGroupID: group },
      { flavor: "SCS-2V-4-20s", rootVolume: null, serverGroup: known },
    ],
    [
      "v1alpha7",
      { flavor: "SCS-2V-4", rootVolume: { diskSize: 50, volumeType: "ssd" } },
      { flavor: "SCS-2V-4", rootVolume: { sizeGiB: 50, type: "ssd" } },
    ],
    ["v1alpha7", { flavor: "SCS-2V-4-20s", rootVolume: { diskSize: 0 } }, { flavor: "SCS-2V-4-20s", rootVolume: null }],
    [
      "v1beta1",
      { flavor: "SCS-2V-4-20s", rootVolume: { sizeGiB: 50, type: "__DEFAULT__" }, serverGroup: { id: group } },
      { flavor: "SCS-2V-4-20s", rootVolume: { sizeGiB: 50 }, serverGroup: known },
    ],
    [
      "v1beta2",
      { flavor: { filter: { name: "SCS-2V-4-20s" } }, serverGroup: { filter: { name: "acme-group" } } },
      { flavor: "SCS-2V-4-20s", rootVolume: null, serverGroup: known },
    ],
    ["v1beta2", { flavor: { id: group }, rootVolume: {} }, { rootVolume: {} }],
    [
      "v1beta2",
      { flavor: "\u001b[31mred", serverGroup: { id: "another" } },
      { rootVolume: null, serverGroup: { ref } },
    ],
  ])("of %s: %j", async (capo, spec, expected) => {
    const groups = { [tenantPaths("v1beta1", capo).serverGroups]: [serverGroup("anti-affinity"), {}] };
    const { value, gathering } = await gatherMachines(capo, spec, groups);
    const [first] = value("management/machines").machines.filter(({ controlPlane }) => controlPlane);
    expect(first).toMatchObject({ node: "cp-1", certificatesExpireAt: "2027-09-30T08:00:00Z", deleting: false });
    expect(first?.openStack).toEqual(expected);
    expect(value("management/machines").machines).toHaveLength(2);
    expect(JSON.stringify(gathering)).not.toContain("acme");
    expect(JSON.stringify(gathering)).not.toContain(group);
  });

  it("have a policy only where the resource controller says one that exists", async () => {
    const at = tenantPaths("v1beta1", "v1beta1");
    const spec = { flavor: "m1", serverGroup: { id: group } };
    const policyOf = async (objects: { readonly [path: string]: object }, overrides = {}) => {
      const { value } = await gatherMachines("v1beta1", spec, objects, overrides);
      return value("management/machines").machines.find(({ controlPlane }) => controlPlane)?.openStack?.serverGroup;
    };
    expect(await policyOf({ [at.serverGroups]: [serverGroup("whatever")] })).toEqual({ ref });
    expect(await policyOf({}, { [at.serverGroups]: forbidden() })).toEqual({ ref });
  });

  it("are not half seen: without their specs the whole fact is missing", async () => {
    const at = tenantPaths("v1beta1", "v1beta1");
    const { gathering } = await gatherMachines("v1beta1", {}, {}, { [at.openStackMachines]: forbidden() });
    expect(gathering.items["management/machines"]).toMatchObject({
      reason: "forbidden",
      resolve: expect.stringContaining("list openstackmachines"),
    });
  });
});
