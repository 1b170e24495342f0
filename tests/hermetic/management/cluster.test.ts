/** Which cluster there is the one here: proven, or nothing of that view counts. */
import { describe, expect, it } from "vitest";
import type { ObjectName } from "../../../src/model/probe.ts";
import { paths, recorded, served } from "../../support/gathering.ts";
import { forbidden, kubernetesRoutes, notFound } from "../../support/kubernetes-routes.ts";
import { apis, gatherManaged } from "../../support/managed.ts";
import { capiCluster, capiMachine, nodeWithId, tenant, tenantPaths } from "../../support/managed-objects.ts";

const capi = { "cluster.x-k8s.io": ["v1beta2"], "infrastructure.cluster.x-k8s.io": ["v1beta1"] };
const at = tenantPaths();
const other = { namespace: "tenant-b", name: "green" };
const here = { [paths.version]: served("v1.37.2"), [paths.nodes]: [1, 2, 3].map((n) => nodeWithId(n)) };

function gatherCluster(
  management: { readonly [path: string]: object },
  managed?: ObjectName,
  cluster: { readonly [path: string]: object } = here,
  overrides: Parameters<typeof kubernetesRoutes>[1] = {},
) {
  const there = kubernetesRoutes({ "/apis": apis(capi), ...management }, overrides);
  return gatherManaged({ cluster: kubernetesRoutes(cluster), management: there }, ["management/machines"], managed);
}

const machines = [1, 2, 3].map((n) => capiMachine(n));
const strangers = [4, 5].map((n) => capiMachine(n, { cluster: other.name, namespace: other.namespace }));

describe("the cluster that is looked at", () => {
  it("is the one of several whose machines are the nodes here, and its names are not kept", async () => {
    const { value, gathering } = await gatherCluster({
      [at.clusters]: [capiCluster(other), capiCluster()],
      [at.allMachines]: [...machines, ...strangers],
      [at.cluster]: capiCluster(),
      [at.machines]: machines,
      [at.openStackMachines]: [],
    });
    expect(value("management/cluster")).toEqual({
      kind: "Cluster",
      apiVersion: "cluster.x-k8s.io/v1beta2",
      ref: expect.stringMatching(/^managed-cluster-[0-9a-f]{16}$/),
      candidates: 2,
      named: false,
      proof: { by: "machines", matched: 3 },
      infrastructure: "OpenStackCluster",
      controlPlane: "KubeadmControlPlane",
    });
    expect(
      value("management/machines")
        .machines.map(({ node, failureDomain }) => [node, failureDomain])
        .sort(),
    ).toEqual([1, 2, 3].map((n) => [`cp-${n}`, `az${n}`]));
    const refs = value("kube/nodes").nodes.map(({ providerRef }) => providerRef);
    expect(
      value("management/machines")
        .machines.map(({ providerRef }) => providerRef)
        .sort(),
    ).toEqual(refs.sort());
    expect(JSON.stringify(gathering)).not.toMatch(/acme|tenant/);
  });

  it("is the one that the caller named, read in its namespace alone", async () => {
    const objects = { [at.cluster]: capiCluster(), [at.machines]: machines };
    const { value, loopback } = await gatherCluster(objects, tenant);
    expect(value("management/cluster")).toMatchObject({ candidates: 1, named: true, proof: { by: "machines" } });
    for (const { path } of loopback.requests) expect(path).toMatch(/^\/apis$|\/namespaces\/tenant-acme\//);
  });

  it.each<[string, { readonly [path: string]: object }, ObjectName | undefined, string, RegExp]>([
    [
      "not the only one there, whose machines are others",
      { [at.clusters]: [capiCluster()], [at.machines]: [4, 5].map((n) => capiMachine(n)), [at.cluster]: capiCluster() },
      undefined,
      "not-visible",
      /^the cluster there is not proven to be this one$/,
    ],
    [
      "not the one named, whose machines are others",
      { [at.cluster]: capiCluster(), [at.machines]: [4].map((n) => capiMachine(n)) },
      tenant,
      "not-visible",
      /^the cluster there is not proven/,
    ],
    [
      "none of several without machines",
      { [at.clusters]: [capiCluster(), capiCluster(other)], [at.allMachines]: [] },
      undefined,
      "not-visible",
      /^none of the 2 clusters there is proven/,
    ],
    [
      "not among none",
      { [at.clusters]: [], [at.allMachines]: [] },
      undefined,
      "not-visible",
      /^none of the 0 clusters/,
    ],
    ["not there under that name", { [at.machines]: machines }, tenant, "not-found", /no cluster of that name/],
  ])("is %s", async (_, objects, managed, reason, message) => {
    const overrides = managed && !(at.cluster in objects) ? { [at.cluster]: notFound() } : {};
    const { gathering } = await gatherCluster(objects, managed, here, { overrides });
    for (const id of ["management/cluster", "management/machines"]) {
      expect(gathering.items[id]).toMatchObject({ reason, message: expect.stringMatching(message) });
    }
    expect(gathering.items["management/cluster"]).toMatchObject({ resolve: expect.stringContaining("--cluster") });
  });

  it("may not be seen: the right to list Clusters, or the nodes here", async () => {
    const objects = { [at.cluster]: capiCluster(), [at.machines]: machines, [at.clusters]: [capiCluster()] };
    const refused = { overrides: { [at.clusters]: forbidden() } };
    expect(
      (await gatherCluster(objects, undefined, here, refused)).gathering.items["management/cluster"],
    ).toMatchObject({
      reason: "forbidden",
      resolve: expect.stringMatching(/list clusters .*on the management cluster$/),
    });
    const blind = { [paths.version]: served("v1.37.2") };
    expect((await gatherCluster(objects, tenant, blind)).reason("management/cluster")).toBe("not-visible");
  });

  it("is a Shoot by the DNS domain that Gardener left in it", async () => {
    const shoot = (domain: string) => ({
      apiVersion: "core.gardener.cloud/v1beta1",
      metadata: { ...tenant, name: "crazy-botany" },
      spec: { dns: { domain } },
    });
    const look = (domain: string) => {
      const there = kubernetesRoutes({
        "/apis": apis({ "core.gardener.cloud": ["v1beta1"] }),
        [at.shoots]: [shoot(domain)],
        [at.shoot.replace(tenant.name, "crazy-botany")]: shoot(domain),
      });
      const cluster = kubernetesRoutes({ ...here, [paths.shootInfo]: recorded("gardener", "shoot-info.json") });
      return gatherManaged({ cluster, management: there }, ["management/cluster"]);
    };
    const { value } = await look("crazy-botany.core.my-custom-domain.com");
    expect(value("management/cluster")).toMatchObject({ kind: "Shoot", proof: { by: "shoot-info" } });
    expect((await look("crazy-botany.core.another-domain.com")).reason("management/cluster")).toBe("not-visible");
  });

  it("is a Shoot that a seed runs, with the etcd that the garden hides", async () => {
    const shoot = {
      metadata: { name: "crazy-botany" },
      spec: { dns: { domain: "crazy-botany.core.my-custom-domain.com" } },
    };
    const held = { metadata: { name: "shoot--acme--crazy-botany" }, spec: { shoot } };
    const base = "/apis/extensions.gardener.cloud/v1alpha1/clusters";
    const etcds = "/apis/druid.gardener.cloud/v1alpha1/namespaces/shoot--acme--crazy-botany/etcds";
    const there = kubernetesRoutes({
      "/apis": apis({ "extensions.gardener.cloud": ["v1alpha1"], "druid.gardener.cloud": ["v1alpha1"] }),
      [base]: [{ metadata: { name: "shoot--b--green" }, spec: { shoot: { metadata: { name: "green" } } } }, held],
      [`${base}/shoot--acme--crazy-botany`]: held,
      [etcds]: [
        {
          metadata: { name: "etcd-main" },
          spec: {
            etcd: { defragmentationSchedule: "30 2 * * *" },
            backup: {
              fullSnapshotSchedule: "0 */24 * * *",
              store: { provider: "swift", container: "acme-bucket", secretRef: { name: "acme-secret" } },
            },
          },
          status: { conditions: [{ type: "BackupReady", status: "True" }] },
        },
        { metadata: { name: "etcd-events" }, spec: { backup: { fullSnapshotSchedule: "@daily; rm -rf" } } },
      ],
    });
    const cluster = kubernetesRoutes({ ...here, [paths.shootInfo]: recorded("gardener", "shoot-info.json") });
    const { value, gathering } = await gatherManaged({ cluster, management: there }, ["management/etcd"]);
    expect(value("management/cluster")).toMatchObject({ kind: "Shoot", candidates: 2, proof: { by: "shoot-info" } });
    expect(value("management/etcd").etcds).toEqual([
      {
        role: "main",
        store: true,
        fullSnapshotSchedule: "0 */24 * * *",
        defragmentationSchedule: "30 2 * * *",
        backupReady: "True",
      },
      { role: "events", store: false },
    ]);
    expect(JSON.stringify(gathering)).not.toContain("acme");
  });

  it("is not there when nothing manages clusters", async () => {
    const there = kubernetesRoutes({ "/apis": apis({ apps: ["v1"] }) });
    const { reason } = await gatherManaged({ cluster: kubernetesRoutes(here), management: there }, [
      "management/machines",
    ]);
    expect(reason("management/cluster")).toBe("not-served");
    expect(reason("management/machines")).toBe("not-served");
  });
});
