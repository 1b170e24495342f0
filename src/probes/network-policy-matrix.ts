import { read } from "../model/fact.ts";
import { matrixPeers } from "../model/facts/network-paths.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights, serverRights } from "./acting/own-rights.ts";
import { resolverOf } from "./acting/resolver.ts";
import { startServers } from "./acting/server-pods.ts";
import { familiesOf } from "./address-family.ts";
import { eachPeer, numbered, podsIn } from "./network-policy/pods.ts";
import { walk, walkLimits } from "./network-policy/walk.ts";

export const networkPolicyMatrixProbe = defineProbe({
  id: "kube/network-policy-matrix",
  title: "whether NetworkPolicies take effect, between pods of the run",
  tier: "active",
  rights: [...serverRights, ...ownRights(["create", "patch", "delete"], "networkpolicies", "networking.k8s.io")],
  requests: 120,
  makes: {
    objects: { Pod: 5, NetworkPolicy: 4 },
    namespaces: ["policies", "peers"],
    pods: 5,
    cpuMillicores: 50,
    memoryMebibytes: 80,
    seconds: 120 + Math.round(walkLimits.all / 1000),
  },
  async collect({ act }) {
    const home = await act.namespace({ purpose: "policies" });
    if (!home.ok) return home;
    const other = await act.namespace({ purpose: "peers" });
    if (!other.ok) return other;
    const begun = performance.now();
    const now = () => performance.now();
    const since = () => Math.round(now() - begun);
    const servers = await startServers(act, podsIn({ home: home.value, other: other.value }));
    if (!servers.ok) return servers;
    const nothing = { families: [], nodes: [], steps: [] };
    if ("hindrance" in servers.value)
      return read({ ...nothing, hindrance: servers.value.hindrance, milliseconds: since() });
    const { pods } = servers.value;
    const resolver = await resolverOf(act, pods.x);
    const domain = resolver.ok ? `.${resolver.value.clusterDomain}.` : "";
    const addresses = eachPeer((peer) => pods[peer].addresses);
    const steps = await walk({
      act,
      now,
      limits: walkLimits,
      ground: { home: home.value, other: other.value, addresses },
      field: { act, pods, addresses, lookup: `kubernetes.default.svc${domain}` },
    });
    if (!steps.ok) return steps;
    const families = familiesOf(matrixPeers.flatMap((peer) => addresses[peer]));
    return read({ families, nodes: numbered(pods), milliseconds: since(), steps: steps.value });
  },
});
