import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights, serverRights } from "./acting/own-rights.ts";
import { startServers } from "./acting/server-pods.ts";
import { balancerWaits, noBalancer, tryLoadBalancer } from "./published/try-load-balancer.ts";

const labels = { "trial-peer": "load-balancer" };

export const loadBalancerTrialProbe = defineProbe({
  id: "kube/load-balancer-trial",
  title: "whether a plain Service of type LoadBalancer gets an address and answers",
  tier: "system",
  rights: [...serverRights, ...ownRights(["create", "get", "patch", "delete"], "services")],
  requests: 200,
  makes: {
    objects: { Pod: 1, Service: 1 },
    pods: 1,
    cpuMillicores: 10,
    memoryMebibytes: 16,
    seconds: 660,
    cost: "one load balancer with a public address, for minutes",
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const pod = { namespace: namespace.value, purpose: "trial-load-balancer", labels, ports: [8080] };
    const servers = await startServers(act, { server: pod });
    if (!servers.ok) return servers;
    if ("hindrance" in servers.value) return read({ ...noBalancer, hindrance: servers.value.hindrance });
    return tryLoadBalancer(act, servers.value.pods.server, labels, balancerWaits);
  },
});
