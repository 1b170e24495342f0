/** Clusters that Cluster API built on OpenStack: how the servers stand, and what the user may see. */
import { paths } from "../gathering.ts";
import { node, type Objects, volume } from "./objects.ts";
import { allPassed } from "./passed.ts";
import { compacting, type Plane, plane, type Server, throttled, zone } from "./plane.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";
const since = "2025-10-01T08:00:00Z";
const gitVersion = "v1.37.2";
const cinder = "cinder.csi.openstack.org";
const hostId = "topology.openstack.org/host-id";
const oldHostId = "topology.scs.community/host-id";

/** Annotations by which Cluster API marks the nodes it made. */
const machines = (objects: Objects): Objects => ({
  ...objects,
  [paths.nodes]: (objects[paths.nodes] as { metadata: { name: string } }[]).map(({ metadata, ...rest }) => ({
    metadata: { ...metadata, annotations: { "cluster.x-k8s.io/machine": `machine-of-${metadata.name}` } },
    ...rest,
  })),
});

const workers: NonNullable<Plane["workers"]> = [
  { name: "worker-1", labels: zone("region-1", "az1") },
  { name: "worker-2", labels: zone("region-1", "az2") },
];

/** Server of the control plane `cp-INDEX` in the zone of that number. */
export function server(
  index: number,
  labels: Server["labels"] = {},
  given: Omit<Server, "name" | "labels"> = {},
): Server {
  return {
    name: `cp-${index}`,
    labels: { ...zone("region-1", `az${index}`), ...labels },
    apiServer: throttled,
    etcd: compacting,
    ...given,
  };
}

export function openstack(name: string, servers: readonly Server[], over: Partial<Story> = {}): Story {
  const { objects, ...rest } = over;
  return {
    name,
    at,
    subject: "cloud-1.37",
    minor: "1.37",
    fairness: true,
    objects: { ...machines(plane({ gitVersion, at, since, servers, workers })), ...objects },
    ...rest,
  };
}

function csiNode(name: string, drivers: readonly string[]): object {
  const topologyKeys = ["topology.cinder.csi.openstack.org/zone"];
  return {
    metadata: { name },
    spec: { drivers: drivers.map((driver) => ({ name: driver, nodeID: name, topologyKeys })) },
  };
}

/** Three hosts in three zones, every flag of the draft set. */
export const threeHosts: readonly Server[] = [1, 2, 3].map((index) => server(index, { [hostId]: `host-${index}` }));

const conformanceResults = allPassed(gitVersion, "1.37", "2026-11-20T10:00:00Z");

export const openstackStories: readonly Story[] = [
  openstack("cluster-api-openstack-1.37", threeHosts, {
    ...(conformanceResults === undefined ? {} : { conformanceResults }),
    objects: {
      [paths.csiNodes]: ["cp-1", "cp-2", "cp-3", "worker-1", "worker-2"].map((name) => csiNode(name, [cinder])),
      [paths.persistentVolumes]: ["az1", "az3"].map((az) => volume(`pvc-${az}`, "cinder", cinder, az)),
      [paths.services]: [
        {
          metadata: { name: "ingress-nginx-controller", namespace: "ingress-nginx" },
          spec: { type: "LoadBalancer", ipFamilies: ["IPv4"], externalTrafficPolicy: "Cluster" },
          status: { loadBalancer: { ingress: [{ ip: "203.0.113.80" }] } },
        },
      ],
      [paths.ingressClasses]: [
        {
          metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
          spec: { controller: "k8s.io/ingress-nginx" },
        },
      ],
    },
  }),
  openstack("cluster-api-single-server", [server(1, { [hostId]: "host-1" })]),
  openstack(
    "cluster-api-one-host",
    [1, 2, 3].map((index) => server(index, { [hostId]: "host-1" })),
  ),
  openstack(
    "cluster-api-two-of-three-on-one-host",
    [1, 2, 3].map((index) => server(index, { [hostId]: index === 3 ? "host-2" : "host-1" })),
  ),
  openstack(
    "cluster-api-old-host-id",
    [1, 2, 3].map((index) => server(index, { [oldHostId]: `host-${index}` })),
  ),
  openstack("cluster-api-two-flag-sets", [
    server(1, { [hostId]: "host-1" }),
    server(2, { [hostId]: "host-2" }, { apiServer: ["--max-requests-inflight=800"], etcd: [] }),
  ]),
  openstack("cluster-api-gpu-nodes", threeHosts, {
    objects: {
      [paths.nodes]: [
        ...(machines(plane({ gitVersion, at, since, servers: threeHosts, workers }))[paths.nodes] as object[]),
        node(
          "gpu-1",
          since,
          { ...zone("region-1", "az1"), "node.kubernetes.io/instance-type": "baremetal-a100" },
          {
            kubeletVersion: gitVersion,
          },
        ),
      ],
      [paths.csiDrivers]: [{ metadata: { name: "cinder.csi.openstack.org" }, spec: { attachRequired: true } }],
      // the driver runs on virtual machines; nothing can be attached to the physical one
      [paths.csiNodes]: [
        ...["cp-1", "cp-2", "cp-3", "worker-1", "worker-2"].map((name) => csiNode(name, ["cinder.csi.openstack.org"])),
        csiNode("gpu-1", []),
      ],
    },
  }),
];
