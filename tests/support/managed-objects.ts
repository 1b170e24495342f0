/** Objects of management clusters in the forms of their API versions: only what probes read, as the APIs document it. */

export const uuids = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `0a1b2c3d-0000-4000-8000-00000000000${n}`);
export const providerId = (n: number): string => `openstack:///${uuids[n - 1]}`;

export const tenant = { namespace: "tenant-acme", name: "acme-blue" } as const;
const labels = { "cluster.x-k8s.io/cluster-name": tenant.name };

export function capiCluster(
  at: { readonly namespace: string; readonly name: string } = tenant,
  host = "10.0.0.5",
): object {
  return {
    apiVersion: "cluster.x-k8s.io/v1beta2",
    kind: "Cluster",
    metadata: { ...at, uid: `uid-of-${at.name}` },
    spec: {
      controlPlaneEndpoint: { host, port: 6443 },
      infrastructureRef: { apiGroup: "infrastructure.cluster.x-k8s.io", kind: "OpenStackCluster", name: at.name },
      controlPlaneRef: { apiGroup: "controlplane.cluster.x-k8s.io", kind: "KubeadmControlPlane", name: at.name },
    },
  };
}

export interface MachineShape {
  readonly controlPlane?: boolean;
  readonly cluster?: string;
  readonly namespace?: string;
  readonly failureDomain?: string;
}

/** Machine number `n`, which has the provider id of number `n` and the name `cp-N` as its node. */
export function capiMachine(n: number, shape: MachineShape = {}): object {
  const { controlPlane = true, cluster = tenant.name, namespace = tenant.namespace, failureDomain = `az${n}` } = shape;
  return {
    metadata: {
      namespace,
      name: `${cluster}-m${n}`,
      labels: {
        "cluster.x-k8s.io/cluster-name": cluster,
        ...(controlPlane ? { "cluster.x-k8s.io/control-plane": "" } : {}),
      },
    },
    spec: {
      clusterName: cluster,
      providerID: providerId(n),
      failureDomain,
      infrastructureRef: { kind: "OpenStackMachine", name: `${cluster}-m${n}` },
    },
    status: {
      nodeRef: { name: controlPlane ? `cp-${n}` : `worker-${n}` },
      ...(controlPlane ? { certificatesExpiryDate: "2027-09-30T08:00:00Z" } : {}),
    },
  };
}

/** An OpenStackMachine of machine `n` with the spec of its API version. */
export function openStackMachine(n: number, spec: object): object {
  return { metadata: { namespace: tenant.namespace, name: `${tenant.name}-m${n}`, labels }, spec };
}

/** A node of the cluster looked at, with the provider id of machine `n`. */
export function nodeWithId(n: number, name = `cp-${n}`): object {
  return {
    metadata: {
      name,
      creationTimestamp: "2026-01-01T00:00:00Z",
      labels: { "node-role.kubernetes.io/control-plane": "" },
    },
    spec: { providerID: providerId(n) },
  };
}

const group = (name: string, version: string) => `/apis/${name}/${version}`;
const inTenant = (base: string, resource: string) => `${base}/namespaces/${tenant.namespace}/${resource}`;

/** Where the objects of `tenant` are, in a version of each API. */
export function tenantPaths(capi = "v1beta2", capo = "v1beta1") {
  const core = group("cluster.x-k8s.io", capi);
  const infrastructure = group("infrastructure.cluster.x-k8s.io", capo);
  return {
    clusters: `${core}/clusters`,
    allMachines: `${core}/machines`,
    cluster: inTenant(core, `clusters/${tenant.name}`),
    machines: inTenant(core, "machines"),
    controlPlane: inTenant(group("controlplane.cluster.x-k8s.io", capi), `kubeadmcontrolplanes/${tenant.name}`),
    openStackCluster: inTenant(infrastructure, `openstackclusters/${tenant.name}`),
    openStackMachines: inTenant(infrastructure, "openstackmachines"),
    serverGroups: inTenant(group("openstack.k-orc.cloud", "v1alpha1"), "servergroups"),
    tenantControlPlanes: `${group("kamaji.clastix.io", "v1alpha1")}/tenantcontrolplanes`,
    tenantControlPlane: inTenant(group("kamaji.clastix.io", "v1alpha1"), `tenantcontrolplanes/${tenant.name}`),
    shoots: `${group("core.gardener.cloud", "v1beta1")}/shoots`,
    shoot: inTenant(group("core.gardener.cloud", "v1beta1"), `shoots/${tenant.name}`),
  };
}
