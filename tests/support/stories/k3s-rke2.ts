/** Clusters of k3s and RKE2: what their servers write about themselves into annotations is all there is to see. */
import { paths, recorded } from "../gathering.ts";
import { forbidden } from "../kubernetes-routes.ts";
import { anyCluster, leases, node, type Objects, readyz, staticPod, storageClass } from "./objects.ts";
import { compacting, throttled, zone } from "./plane.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";
const since = "2026-09-01T08:00:00Z";

interface ServerNode {
  readonly name: string;
  readonly args: readonly string[];
  /** Environment with the prefix of the distribution, secrets masked by it. */
  readonly env?: { readonly [name: string]: string };
  readonly roles?: readonly string[];
}

const handedOn = (option: string, flags: readonly string[]) =>
  flags.flatMap((flag) => [`--${option}`, flag.replace(/^--/, "")]);

function serverNode(distribution: "k3s" | "rke2", kubeletVersion: string, server: ServerNode): object {
  const { name, args, env = {}, roles = ["control-plane"] } = server;
  const labels = Object.fromEntries(roles.map((role) => [`node-role.kubernetes.io/${role}`, "true"]));
  const made = node(
    name,
    since,
    { ...labels, ...zone("region-1", "az1") },
    { kubeletVersion, providerID: `${distribution}://${name}` },
  ) as { metadata: object };
  const annotations = {
    [`${distribution}.io/node-args`]: JSON.stringify(["server", ...args]),
    [`${distribution}.io/node-env`]: JSON.stringify(env),
    [`${distribution}.io/internal-ip`]: "10.8.0.7",
  };
  return { ...made, metadata: { ...made.metadata, annotations } };
}

function cluster(gitVersion: string, distribution: "k3s" | "rke2", servers: readonly ServerNode[]): Objects {
  return {
    ...anyCluster(gitVersion, since, servers.length),
    ...readyz(),
    ...leases(
      at,
      servers.map(({ name }) => name),
    ),
    [paths.nodes]: servers.map((server) => serverNode(distribution, gitVersion, server)),
    [paths.storageClasses]: [storageClass("local-path", since, "rancher.io/local-path")],
  };
}

function k3s(name: string, servers: readonly ServerNode[], objects: Objects = {}): Story {
  const given = { ...cluster("v1.37.2+k3s1", "k3s", servers), ...objects };
  return { name, at, subject: "edge-1.37", minor: "1.37", fairness: true, objects: given };
}

/** RKE2 runs its components as static pods whose flags stand in `args`; those of etcd are in a file. */
function rke2(name: string, servers: readonly (ServerNode & { readonly apiServer: readonly string[] })[]): Story {
  const gitVersion = "v1.36.6+rke2r1";
  const pods = servers.flatMap(({ name: host, apiServer }) => [
    staticPod("kube-apiserver", host, since, ["kube-apiserver", "--authorization-mode=Node,RBAC", ...apiServer]),
    staticPod("etcd", host, since, ["etcd", "--config-file=/var/lib/rancher/rke2/server/db/etcd/config"]),
    staticPod("kube-controller-manager", host, since, ["kube-controller-manager"]),
    staticPod("kube-scheduler", host, since, ["kube-scheduler"]),
  ]);
  const objects = {
    ...cluster(gitVersion, "rke2", servers),
    [paths.pods]: pods,
    [paths.etcdSnapshots]: snapshots(servers.map(({ name: host }) => host)),
    [paths.storageClasses]: [
      storageClass("longhorn", since, "driver.longhorn.io", { parameters: { numberOfReplicas: "3" } }),
    ],
  };
  return { name, at, subject: "rke2-1.36", minor: "1.36", fairness: true, objects };
}

/** A snapshot of every server, of noon and midnight as is the default: files on the servers. */
function snapshots(servers: readonly string[]): readonly object[] {
  return ["2026-11-22T12:00:04Z", "2026-11-23T00:00:05Z"].flatMap((creationTime) =>
    servers.map((nodeName) => ({
      metadata: { name: `local-${nodeName}-${Date.parse(creationTime)}`, creationTimestamp: creationTime },
      spec: {
        snapshotName: `etcd-snapshot-${nodeName}-${Date.parse(creationTime) / 1000}`,
        nodeName,
        location: `file:///var/lib/rancher/rke2/server/db/snapshots/etcd-snapshot-${nodeName}`,
      },
      status: { creationTime, size: "11Mi", readyToUse: true },
    })),
  );
}

const etcdRoles = ["control-plane", "etcd"];
const chosen = [...handedOn("kube-apiserver-arg", throttled), ...handedOn("etcd-arg", compacting)];

export const k3sAndRke2Stories: readonly Story[] = [
  {
    name: "k3s-1.20",
    at,
    subject: "k3s-1.20",
    minor: "1.20",
    fairness: true,
    objects: {
      ...anyCluster("v1.20.6+k3s1", "2021-05-10T21:48:07Z"),
      ...readyz(),
      [paths.nodes]: recorded("k3s-1.20", "nodes.json"),
      [paths.storageClasses]: [storageClass("local-path", "2021-05-10T21:48:20Z", "rancher.io/local-path")],
    },
  },
  {
    name: "k3s-1.31-throttled",
    at: "2025-02-01T12:00:00Z",
    subject: "k3s-1.31",
    minor: "1.31",
    fairness: false,
    objects: {
      ...anyCluster("v1.31.5+k3s1", "2025-01-01T00:00:00Z"),
      ...readyz(false),
      ...leases("2025-02-01T12:00:00Z", ["server-1"]),
      [paths.nodes]: recorded("k3s", "nodes.json"),
    },
  },
  k3s("k3s-edge-sqlite", [{ name: "edge", args: chosen }]),
  k3s("k3s-external-database", [
    { name: "edge", args: chosen, env: { K3S_DATASTORE_ENDPOINT: "********", K3S_TOKEN: "********" } },
  ]),
  k3s("k3s-three-servers", [
    { name: "server-1", args: ["--cluster-init", ...chosen], roles: etcdRoles },
    { name: "server-2", args: ["--server", "https://server-1:6443", ...chosen], roles: etcdRoles },
    { name: "server-3", args: ["--server", "https://server-1:6443", ...chosen], roles: etcdRoles },
  ]),
  rke2("rke2-two-flag-sets", [
    { name: "server-1", args: [...chosen], roles: etcdRoles, apiServer: throttled },
    { name: "server-2", args: ["--server", "https://server-1:9345"], roles: etcdRoles, apiServer: [] },
    {
      name: "server-3",
      args: ["--server", "https://server-1:9345", ...chosen],
      roles: etcdRoles,
      apiServer: throttled,
    },
  ]),
  {
    name: "rke2-1.31-behind-proxy",
    at: "2025-03-19T21:00:00Z",
    subject: "rke2-1.31",
    minor: "1.31",
    fairness: true,
    front: true,
    objects: {
      ...anyCluster("v1.31.6+rke2r1", "2025-03-19T20:40:47Z"),
      ...readyz(),
      ...leases("2025-03-19T21:00:00Z", ["server-1"]),
      [paths.nodes]: recorded("rke2", "nodes.json"),
    },
    overrides: { [paths.pods]: forbidden('pods is forbidden: User "viewer" cannot list resource "pods"') },
  },
];
