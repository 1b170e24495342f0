/** Objects of APIs that come in several versions: which version is asked for, and where its objects are. */
import { type Reading, unread } from "../model/fact.ts";
import type { ManagementApisFact } from "../model/facts/management.ts";
import type { ObjectName, Right } from "../model/probe.ts";

/** A resource with the versions whose fields are known, the preferred one first. */
export interface KnownResource {
  readonly group: string;
  readonly resource: string;
  readonly versions: readonly string[];
  /** Gardener's seeds hold a Shoot inside an object without a namespace, which is called like the Shoot's namespace there. */
  readonly holdsShoot?: true;
}

const clusterApi = ["v1beta2", "v1beta1", "v1alpha4"];
const openStack = ["v1beta2", "v1beta1", "v1alpha7", "v1alpha6"];
const infrastructure = "infrastructure.cluster.x-k8s.io";

export const resources = {
  clusters: { group: "cluster.x-k8s.io", resource: "clusters", versions: clusterApi },
  machines: { group: "cluster.x-k8s.io", resource: "machines", versions: clusterApi },
  kubeadmControlPlanes: {
    group: "controlplane.cluster.x-k8s.io",
    resource: "kubeadmcontrolplanes",
    versions: clusterApi,
  },
  openStackClusters: { group: infrastructure, resource: "openstackclusters", versions: openStack },
  openStackMachines: { group: infrastructure, resource: "openstackmachines", versions: openStack },
  serverGroups: { group: "openstack.k-orc.cloud", resource: "servergroups", versions: ["v1alpha1"] },
  tenantControlPlanes: { group: "kamaji.clastix.io", resource: "tenantcontrolplanes", versions: ["v1alpha1"] },
  shoots: { group: "core.gardener.cloud", resource: "shoots", versions: ["v1beta1"] },
  /** On a seed: what the garden knows of each Shoot that runs there. */
  seedClusters: { group: "extensions.gardener.cloud", resource: "clusters", versions: ["v1alpha1"], holdsShoot: true },
  etcds: { group: "druid.gardener.cloud", resource: "etcds", versions: ["v1alpha1"] },
} as const satisfies { readonly [name: string]: KnownResource };

/** The newest version that is both served and known; undefined when there is none. */
export function servedVersion({ groups }: ManagementApisFact, { group, versions }: KnownResource): string | undefined {
  const served = groups.find((entry) => entry.group === group)?.versions ?? [];
  return versions.find((version) => served.includes(version));
}

/** `/apis/GROUP/VERSION/namespaces/NS/RESOURCE/NAME`; without a namespace, of all of them. */
export function pathOf(apis: ManagementApisFact, known: KnownResource, at: Partial<ObjectName> = {}): Reading<string> {
  const version = servedVersion(apis, known);
  if (version === undefined) {
    return unread("not-served", `the management cluster does not serve ${known.resource} in a version that is known`);
  }
  if (known.holdsShoot) {
    const own = at.namespace === undefined ? "" : `/${encodeURIComponent(at.namespace)}`;
    return { ok: true, value: `/apis/${known.group}/${version}/${known.resource}${own}` };
  }
  const namespace = at.namespace === undefined ? "" : `/namespaces/${encodeURIComponent(at.namespace)}`;
  const name = at.name === undefined ? "" : `/${encodeURIComponent(at.name)}`;
  return { ok: true, value: `/apis/${known.group}/${version}${namespace}/${known.resource}${name}` };
}

export function rightsTo(verbs: readonly ("get" | "list")[], ...known: readonly KnownResource[]): readonly Right[] {
  return known.flatMap(({ group, resource }) =>
    verbs.map((verb): Right => ({ kind: "resource", verb, group, resource })),
  );
}
