import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights, serverRights } from "./acting/own-rights.ts";
import { type ServerPod, startServers } from "./acting/server-pods.ts";
import { lookAtPaths, type PathPeer, peerLabel } from "./data-path/look.ts";

export const dataPathProbe = defineProbe({
  id: "kube/data-path",
  title: "whether pods of the run reach pods, Services and names, by address family",
  tier: "active",
  rights: [...serverRights, ...ownRights(["create"], "services")],
  requests: 25,
  makes: {
    objects: { Pod: 3, Service: 4 },
    pods: 3,
    cpuMillicores: 30,
    memoryMebibytes: 48,
    seconds: 240,
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const servers = await startServers(act, podsIn(namespace.value));
    if (!servers.ok) return servers;
    const nothing = { podFamilies: [], serviceFamilies: [], paths: [], names: [], searchDomains: 0 };
    if ("hindrance" in servers.value) return read({ ...nothing, hindrance: servers.value.hindrance });
    return lookAtPaths(act, servers.value.pods, () => performance.now());
  },
});

function podsIn(namespace: string) {
  const labels = (peer: PathPeer) => ({ [peerLabel]: peer });
  const pod = (peer: PathPeer, apart?: boolean): ServerPod => ({
    namespace,
    purpose: `path-${peer}`,
    labels: labels(peer),
    ports: [8080],
    ...(apart === undefined ? {} : { near: { namespace, labels: labels("client"), apart } }),
  });
  return { client: pod("client"), beside: pod("beside", false), across: pod("across", true) };
}
