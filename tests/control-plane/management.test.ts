/** A real API server as the management cluster: definitions of Cluster API in several versions, objects, and the exact rights. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { planFor } from "../../src/app/selected.ts";
import { embeddedScope, parseScope } from "../../src/catalogue/scope.ts";
import { rolesFor } from "../../src/engine/role.ts";
import { connect } from "../../src/kubernetes/connect.ts";
import type { ObjectName, Right } from "../../src/model/probe.ts";
import type { ControlPlane } from "../../testbed/control-plane.ts";
import { waitUntil } from "../../testbed/readiness.ts";
import { bare } from "../../testbed/variants.ts";
import { boundAccount } from "../support/bound-account.ts";
import { checkedOn } from "../support/expected-outcomes.ts";
import { gatherOver } from "../support/gathering.ts";
import { capiCluster, capiMachine, openStackMachine, providerId, tenant } from "../support/managed-objects.ts";

const wanted = ["management/machines", "management/control-plane", "management/api-access"] as const;
const other = { namespace: tenant.namespace, name: "green" };

/** A definition that takes any object; all versions are served, the last one is stored. */
function definition(group: string, kind: string, versions: readonly string[]): object {
  const plural = `${kind.toLowerCase()}s`;
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: `${plural}.${group}`,
      annotations: { "api-approved.kubernetes.io": "unapproved, for tests only" },
    },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === versions.length - 1,
        schema: { openAPIV3Schema: open },
      })),
    },
  };
}

const capi = "cluster.x-k8s.io";
const definitions = [
  [capi, "Cluster", ["v1beta1", "v1beta2"]],
  [capi, "Machine", ["v1beta1", "v1beta2"]],
  [`controlplane.${capi}`, "KubeadmControlPlane", ["v1beta1", "v1beta2"]],
  [`infrastructure.${capi}`, "OpenStackCluster", ["v1alpha7", "v1beta1"]],
  [`infrastructure.${capi}`, "OpenStackMachine", ["v1alpha7", "v1beta1"]],
] as const;

const objects: readonly (readonly [group: string, version: string, kind: string, object: object])[] = [
  [capi, "v1beta2", "Cluster", capiCluster()],
  [capi, "v1beta1", "Cluster", capiCluster(other)],
  ...[1, 2, 3].map((n) => [capi, "v1beta1", "Machine", capiMachine(n)] as const),
  ...[4, 5].map((n) => [capi, "v1beta2", "Machine", capiMachine(n, { cluster: other.name })] as const),
  ...[1, 2, 3].map(
    (n) =>
      [
        `infrastructure.${capi}`,
        "v1beta1",
        "OpenStackMachine",
        openStackMachine(n, { flavor: "SCS-2V-4-20s" }),
      ] as const,
  ),
  [
    `controlplane.${capi}`,
    "v1beta1",
    "KubeadmControlPlane",
    {
      metadata: tenant,
      spec: {
        replicas: 3,
        kubeadmConfigSpec: { clusterConfiguration: { apiServer: { extraArgs: { "min-request-timeout": "300" } } } },
        rolloutBefore: { certificatesExpiryDays: 30 },
      },
      // the API server counts generations from 1
      status: { observedGeneration: 1, replicas: 3, updatedReplicas: 3 },
    },
  ],
  [
    `infrastructure.${capi}`,
    "v1alpha7",
    "OpenStackCluster",
    {
      metadata: tenant,
      spec: { apiServerLoadBalancer: { enabled: true, allowedCidrs: ["203.0.113.0/24"] } },
      status: { network: { apiServerLoadBalancer: { allowedCIDRs: ["203.0.113.0/24"] } } },
    },
  ],
];

async function fill({ api }: ControlPlane): Promise<void> {
  await api.json("POST", "/api/v1/namespaces", { metadata: { name: tenant.namespace } });
  for (const [group, kind, versions] of definitions) {
    await api.json(
      "POST",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      definition(group, kind, versions),
    );
  }
  for (const [group, version, kind, object] of objects) {
    const path = `/apis/${group}/${version}/namespaces/${tenant.namespace}/${kind.toLowerCase()}s`;
    const served = async () => (await api.request("GET", path)).status === 200;
    await waitUntil(`${path} is served`, served, [], Date.now() + 20_000);
    await api.json("POST", path, { ...object, apiVersion: `${group}/${version}`, kind });
  }
  for (const n of [1, 2, 3]) {
    const metadata = { name: `cp-${n}` };
    await api.json("POST", "/api/v1/nodes", { metadata, spec: { providerID: providerId(n) } });
  }
}

describe.skipIf(process.env.SCS_SKIP_CONTROL_PLANE === "1")("a management cluster of Cluster API", () => {
  let cluster: ControlPlane;
  let rights: readonly Right[];
  beforeAll(async () => {
    cluster = await bare({ withControllerManager: false, withScheduler: false, startTimeoutMs: 150_000 });
    await fill(cluster);
    const { id, text } = embeddedScope("scs-compatible-kaas");
    const selection = { only: [], skip: [], tier: "observe", includeProposed: true } as const;
    rights =
      planFor(parseScope({ id, text, file: id }), selection, checkedOn, ["management"]).furtherRights.management ?? [];
  });
  afterAll(() => cluster?.stop());

  /** The cluster is looked at by its administrator, the management cluster, which is the same one here, by `kubeconfig`. */
  async function look(kubeconfig: string, managed?: ObjectName) {
    const [here, there] = await Promise.all([
      connect({ kubeconfig: await cluster.kubeconfig(), environment: {} }),
      connect({ kubeconfig, environment: {} }),
    ]);
    onTestFinished(() => here.close());
    onTestFinished(() => there.close());
    return gatherOver(here, wanted, { management: { ...there, managed } });
  }

  it("shows which of its clusters this is, and how that is told to run, in whichever versions", async () => {
    const { value, gathering } = await look(await cluster.kubeconfig());
    expect(value("management/apis").groups).toEqual([
      { group: capi, versions: ["v1beta2", "v1beta1"] },
      { group: `controlplane.${capi}`, versions: ["v1beta2", "v1beta1"] },
      { group: `infrastructure.${capi}`, versions: ["v1beta1", "v1alpha7"] },
    ]);
    expect(value("management/cluster")).toMatchObject({ candidates: 2, proof: { by: "machines", matched: 3 } });
    const { machines } = value("management/machines");
    expect(machines.map(({ openStack }) => openStack)).toEqual(
      Array(3).fill({ flavor: "SCS-2V-4-20s", rootVolume: null }),
    );
    expect(value("management/control-plane")).toMatchObject({
      rolledOut: true,
      apiServer: { values: { "min-request-timeout": "300" } },
      certificateRolloutDays: 30,
    });
    expect(value("management/api-access")).toMatchObject({
      written: { ranges: 1 },
      applied: { ranges: 1 },
      notApplied: 0,
    });
    expect(gathering.requests.filter(({ view }) => view === "management").length).toBeLessThan(12);
    expect(JSON.stringify(gathering)).not.toContain("acme");
  });

  it("is read with exactly the rights of the plan, and with those of one namespace when the cluster is named", async () => {
    expect(JSON.stringify(rights)).not.toMatch(/secret|\*/);
    const all = await boundAccount(cluster, "management", rolesFor(rights), rights);
    const narrow = rights.map((right) =>
      right.kind === "resource" ? { ...right, namespace: tenant.namespace } : right,
    );
    const one = await boundAccount(cluster, "tenant", rolesFor(narrow), narrow);
    for (const seen of [await look(all), await look(one, tenant)]) {
      expect(wanted.filter((id) => seen.reason(id) !== undefined)).toEqual([]);
    }
    const unnamed = await look(one);
    expect(unnamed.gathering.items["management/cluster"]).toMatchObject({ reason: "forbidden" });
  });
});
