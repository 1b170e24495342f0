/** Clusters of which the management cluster is looked at as well: Cluster API, Kamaji and Gardener. */
import { paths } from "../gathering.ts";
import { forbidden } from "../kubernetes-routes.ts";
import { apis } from "../managed.ts";
import { capiCluster, capiMachine, openStackMachine, providerId, tenant, tenantPaths } from "../managed-objects.ts";
import { hostedStories } from "./hosted.ts";
import { openstackStories } from "./openstack.ts";
import type { Story } from "./story.ts";

const at = tenantPaths();
const served = {
  "cluster.x-k8s.io": ["v1beta2", "v1beta1"],
  "controlplane.cluster.x-k8s.io": ["v1beta2", "v1beta1"],
  "infrastructure.cluster.x-k8s.io": ["v1beta1", "v1alpha7"],
  "kamaji.clastix.io": ["v1alpha1"],
};

/** A story again, with provider ids that prove which machine a node is. */
function again(stories: readonly Story[], original: string, name: string, over: Partial<Story>): Story {
  const story = stories.find((candidate) => candidate.name === original);
  if (story === undefined) throw new Error(`there is no story ${original}`);
  const nodes = (story.objects[paths.nodes] as { spec?: object }[]).map((node, index) => ({
    ...node,
    spec: { ...node.spec, providerID: providerId(index + 1) },
  }));
  return {
    ...story,
    name,
    ...over,
    objects: { ...story.objects, [paths.nodes]: nodes, ...over.objects },
  };
}

const inflight = [
  { name: "max-requests-inflight", value: "800" },
  { name: "max-mutating-requests-inflight", value: "400" },
  { name: "min-request-timeout", value: "300" },
];
const limited = [
  { name: "enable-admission-plugins", value: "NodeRestriction,EventRateLimit" },
  { name: "admission-control-config-file", value: "/etc/kubernetes/admission.yaml" },
];
const admission = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: EventRateLimit
    configuration: {limits: [{type: Server, qps: 5000, burst: 20000}]}
`;

interface Managed {
  readonly machine: object;
  readonly extraArgs: readonly object[];
  readonly balancer: object;
  readonly applied?: readonly string[];
}

/** Three machines of the control plane and two workers, as Cluster API has them. */
function clusterApi({ machine, extraArgs, balancer, applied }: Managed): NonNullable<Story["management"]> {
  const machines = [1, 2, 3, 4, 5].map((n) => capiMachine(n, { controlPlane: n < 4 }));
  return {
    objects: {
      "/apis": apis(served),
      [at.clusters]: [capiCluster()],
      [at.cluster]: capiCluster(),
      [at.machines]: machines,
      [at.openStackMachines]: [1, 2, 3, 4, 5].map((n) => openStackMachine(n, machine)),
      [at.controlPlane]: {
        apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
        metadata: { ...tenant, generation: 2 },
        spec: {
          replicas: 3,
          rollout: { before: { certificatesExpiryDays: 30 } },
          kubeadmConfigSpec: {
            clusterConfiguration: {
              apiServer: { extraArgs },
              etcd: {
                local: {
                  extraArgs: [
                    { name: "auto-compaction-mode", value: "periodic" },
                    { name: "auto-compaction-retention", value: "8h" },
                  ],
                },
              },
            },
            files: [{ path: "/etc/kubernetes/admission.yaml", content: admission }],
          },
        },
        status: { observedGeneration: 2, replicas: 3, upToDateReplicas: 3 },
      },
      [at.openStackCluster]: {
        apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
        metadata: tenant,
        spec: { apiServerLoadBalancer: balancer },
        status: { apiServerLoadBalancer: applied === undefined ? {} : { allowedCIDRs: applied } },
      },
    },
  };
}

const office = "203.0.113.0/24";
const hidden = [paths.pods, paths.kubeadmConfig, paths.metrics, paths.flagz].map(
  (path) => [path, forbidden()] as const,
);

const kamajiMachines = [1, 2].map((n) => capiMachine(n, { controlPlane: false }));
const gardenShoot = tenantPaths().shoot.replace(tenant.name, "crazy-botany");
const shoot = {
  apiVersion: "core.gardener.cloud/v1beta1",
  metadata: { namespace: tenant.namespace, name: "crazy-botany", generation: 4 },
  spec: {
    dns: { domain: "crazy-botany.core.my-custom-domain.com" },
    controlPlane: { highAvailability: { failureTolerance: { type: "node" } } },
    kubernetes: {
      kubeAPIServer: {
        requests: { maxNonMutatingInflight: 400, maxMutatingInflight: 200 },
        admissionPlugins: [{ name: "EventRateLimit", config: { limits: [{ type: "Server", qps: 100, burst: 500 }] } }],
      },
    },
  },
  status: { observedGeneration: 4, lastOperation: { state: "Succeeded" } },
};

export const managedStories: readonly Story[] = [
  again(openstackStories, "cluster-api-openstack-1.37", "cluster-api-openstack-1.37-managed", {
    proposed: true,
    management: clusterApi({
      machine: { flavor: "SCS-2V-4-20s" },
      extraArgs: [...inflight, ...limited],
      balancer: { enabled: true, provider: "amphora", allowedCIDRs: [office] },
      applied: [office, "198.51.100.9/32"],
    }),
  }),
  again(openstackStories, "cluster-api-openstack-1.37", "cluster-api-openstack-1.37-managed-volumes", {
    proposed: true,
    overrides: Object.fromEntries(hidden),
    management: clusterApi({
      machine: { flavor: "SCS-2V-4", rootVolume: { sizeGiB: 50 } },
      extraArgs: inflight,
      balancer: { enabled: true, provider: "ovn", allowedCIDRs: [office] },
    }),
  }),
  again(openstackStories, "cluster-api-openstack-1.37", "cluster-api-another-management-cluster", {
    management: {
      objects: {
        ...clusterApi({ machine: {}, extraArgs: [], balancer: {} }).objects,
        [at.machines]: [6, 7, 8].map((n) => capiMachine(n)),
      },
    },
  }),
  again(hostedStories, "kamaji-1.36", "kamaji-1.36-managed", {
    management: {
      managed: tenant,
      objects: {
        "/apis": apis(served),
        [at.cluster]: {
          ...capiCluster(),
          spec: { controlPlaneRef: { kind: "KamajiControlPlane", name: tenant.name } },
        },
        [at.machines]: kamajiMachines,
        [at.openStackMachines]: [1, 2].map((n) => openStackMachine(n, { flavor: "SCS-4V-16" })),
        [at.tenantControlPlane]: {
          apiVersion: "kamaji.clastix.io/v1alpha1",
          metadata: tenant,
          spec: {
            controlPlane: {
              deployment: { replicas: 2, extraArgs: { apiServer: ["--max-requests-inflight=300"] } },
              service: { serviceType: "LoadBalancer" },
            },
            kubernetes: { admissionControllers: ["NodeRestriction", "PodSecurity"] },
            networkProfile: { loadBalancerSourceRanges: [office] },
          },
          status: { kubernetesResources: { version: { status: "Ready" } } },
        },
      },
    },
  }),
  again(hostedStories, "gardener-1.36", "gardener-1.36-garden", {
    management: {
      objects: {
        "/apis": apis({ "core.gardener.cloud": ["v1beta1"] }),
        [at.shoots]: [shoot],
        [gardenShoot]: shoot,
      },
    },
  }),
];
