/** Clusters of Cluster API whose OpenStack cloud is looked at as well; their nodes carry no label of the host. */
import { paths } from "../gathering.ts";
import { type CloudContents, project } from "../openstack/imitation.ts";
import { novaServer, serverId } from "../openstack/machines.ts";
import { standardOffer, upstreamFaults } from "../openstack/offer.ts";
import { openstack, server } from "./openstack.ts";
import type { Story } from "./story.ts";

const antiAffinity = "f3d86fe6-4246-4be8-b87c-eb894626c741";
const balancer = "5c4e9a10-0000-4000-8000-000000000001";
const vipPort = "5c4e9a10-0000-4000-8000-000000000002";

/** As Nova lists them. */
function flavors(faults: Parameters<typeof standardOffer>[0] = {}): NonNullable<CloudContents["flavors"]> {
  return standardOffer(faults).flavors.map(({ name, cpus, memoryMib, diskGb, extraSpecs }) => ({
    id: name,
    name,
    vcpus: cpus,
    ram: memoryMib,
    disk: diskGb,
    "os-flavor-access:is_public": true,
    extra_specs: extraSpecs,
  }));
}

const volumeTypes = [
  {
    id: "d63307fb-167a-4aa0-9066-66595ea9fb21",
    name: "ssd",
    description: "[scs:replicated] three copies",
    extra_specs: {},
  },
];

/** In front of the API server, which listens on 127.0.0.1 here; the port is filled in when the story is recorded. */
const inFront = (provider: string, allowed: readonly string[] | null) => ({
  loadBalancers: [{ id: balancer, vip_address: "10.8.0.5", vip_port_id: vipPort, provider, additional_vips: [] }],
  floatingIps: [{ id: "f1", floating_ip_address: "127.0.0.1", port_id: vipPort }],
  listeners: [
    { id: "l1", loadbalancer_id: balancer, loadbalancers: [{ id: balancer }], protocol: "TCP", allowed_cidrs: allowed },
  ],
});

function withCloud(name: string, cloud: CloudContents): Story {
  const servers = [1, 2, 3].map((index) => server(index));
  const story = openstack(name, servers);
  const nodes = (story.objects[paths.nodes] as { spec?: object }[]).map((node, index) => ({
    ...node,
    spec: { ...node.spec, providerID: `openstack:///${serverId(index + 1)}` },
  }));
  return { ...story, proposed: true, objects: { ...story.objects, [paths.nodes]: nodes }, cloud };
}

export const withCloudStories: readonly Story[] = [
  withCloud("cluster-api-openstack-1.37-cloud", {
    servers: ["a", "b", "c", "a", "b"].map((host, n) =>
      novaServer(n + 1, host, { project, groups: n < 3 ? [antiAffinity] : [] }),
    ),
    serverGroups: [{ id: antiAffinity, policy: "anti-affinity", rules: {} }],
    flavors: flavors(),
    volumeTypes,
    defaultVolumeType: "ssd",
    ...inFront("amphora", ["203.0.113.0/24"]),
  }),
  withCloud("cluster-api-openstack-1.37-cloud-one-host", {
    servers: ["a", "a", "a", "b", "b"].map((host, n) =>
      novaServer(n + 1, host, { bootVolume: true, flavor: "SCS-2V-4", hypervisorHost: `compute-${host}` }),
    ),
    hypervisors: ["a", "b"].map((host) => ({
      id: host,
      hypervisor_hostname: `compute-${host}`,
      hypervisor_type: "QEMU",
    })),
    flavors: flavors({ ...upstreamFaults, "SCS-1L-1": undefined }),
    volumeTypes: [{ ...volumeTypes[0], description: null }],
    defaultVolumeType: "ssd",
    ...inFront("ovn", null),
  }),
  withCloud("cluster-api-openstack-1.37-cloud-ironic", {
    servers: [1, 2, 3, 4, 5].map((n) =>
      novaServer(n, "ironic-conductor", {
        flavor: "SCS-16C-64-2x400p_bms",
        extraSpecs: { "resources:VCPU": "0", "resources:CUSTOM_GOLD": "1" },
      }),
    ),
    flavors: [],
    volumeTypes: [],
  }),
];
