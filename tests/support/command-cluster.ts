/** Small clusters on loopback for scenarios of the command line, and release data in which their version is in time. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { paths, served } from "./gathering.ts";
import { kubernetesRoutes } from "./kubernetes-routes.ts";
import { type LoopbackHandler, type LoopbackServer, startLoopbackServer } from "./loopback-server.ts";
import { release } from "./releases.ts";
import { scratchFolder } from "./scratch.ts";

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const day = (time: string): string => time.slice(0, 10);

const node = (name: string, zone: string, labels: object = {}, bootID = `boot-${name}`) => ({
  metadata: {
    name,
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: { "topology.kubernetes.io/zone": zone, "topology.kubernetes.io/region": "here", ...labels },
  },
  status: { nodeInfo: { kubeletVersion: "v1.37.2", osImage: "Flatcar", bootID } },
});
const controlPlane = (host: string) => ({
  "node-role.kubernetes.io/control-plane": "",
  "topology.openstack.org/host-id": host,
});

const lease = (hostname: string) => ({
  metadata: {
    name: `apiserver-${hostname}`,
    labels: { "apiserver.kubernetes.io/identity": "kube-apiserver", "kubernetes.io/hostname": hostname },
  },
  // read at start: a file of tests may take longer than a lease lives
  spec: { holderIdentity: `apiserver-${hostname}`, renewTime: new Date(Date.now() + 3_600_000).toISOString() },
});

/** Three control-plane nodes on three hosts and two workers; runs v1.37.2. */
export const objects: { readonly [path: string]: string | object | readonly object[] } = {
  [paths.version]: served("v1.37.2"),
  [paths.kubeSystem]: {
    metadata: {
      name: "kube-system",
      uid: "0f0e0d0c-1111-4222-8333-444455556666",
      creationTimestamp: "2026-01-01T00:00:00Z",
    },
  },
  [paths.nodes]: [
    node("cp-1", "a", controlPlane("h1")),
    node("cp-2", "b", controlPlane("h2")),
    node("cp-3", "c", controlPlane("h3")),
    node("w-1", "a"),
    node("w-2", "b"),
  ],
  [paths.leases]: [lease("cp-1"), lease("cp-2"), lease("cp-3")],
  [paths.readyz]: "[+]ping ok\n[+]etcd ok\nreadyz check passed\n",
  [paths.storageClasses]: [
    {
      metadata: { name: "standard", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "cinder.csi.openstack.org",
      allowVolumeExpansion: true,
    },
  ],
};

/** Three control-plane nodes that are containers on one machine. */
export const oneMachine: readonly object[] = ["cp-1", "cp-2", "cp-3"].map((name) =>
  node(name, "a", controlPlane("h1"), "one-boot"),
);

/** A server with the handler's answers, closed when the test is over. */
export async function cluster(handler: LoopbackHandler = kubernetesRoutes(objects)): Promise<LoopbackServer> {
  const server = await startLoopbackServer(handler);
  onTestFinished(() => server.close());
  return server;
}

/** Release data as of today: v1.37.2 of ten days ago is the newest of a supported branch, unless a newer one is given. */
export function releaseFile(newer: readonly (readonly [version: string, daysAgo: number])[] = []): string {
  const file = path.join(scratchFolder(), "releases.json");
  const released = [["1.37.1", 100], ["1.37.2", 10], ...newer] as const;
  const value = {
    date: day(daysAgo(0)),
    minors: [{ minor: "1.37", endOfLifePlanned: day(daysAgo(-300)) }],
    releases: released.map(([version, days]) => release(version, daysAgo(days).replace(/\.\d+Z$/, "Z"))),
    cves: [],
  };
  writeFileSync(file, JSON.stringify(value, null, 1));
  return file;
}
