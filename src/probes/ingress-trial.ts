import { read } from "../model/fact.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights, serverRights } from "./acting/own-rights.ts";
import { startServers } from "./acting/server-pods.ts";
import { ingressWaits, noIngress, tryIngress } from "./published/try-ingress.ts";

const labels = { "trial-peer": "ingress" };

export const ingressTrialProbe = defineProbe({
  id: "kube/ingress-trial",
  title: "whether an Ingress without a class gets one, an address, and leads to its pod",
  tier: "system",
  rights: [
    ...serverRights,
    ...ownRights(["create"], "services"),
    ...ownRights(["create", "get", "delete"], "ingresses", "networking.k8s.io"),
  ],
  requests: 120,
  makes: {
    objects: { Pod: 1, Service: 1, Ingress: 1 },
    pods: 1,
    cpuMillicores: 10,
    memoryMebibytes: 16,
    seconds: 420,
    cost: "one entry of the ingress controller; on some clouds a load balancer, for minutes",
  },
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const pod = { namespace: namespace.value, purpose: "trial-ingress", labels, ports: [8080] };
    const servers = await startServers(act, { server: pod });
    if (!servers.ok) return servers;
    if ("hindrance" in servers.value) return read({ ...noIngress, hindrance: servers.value.hindrance });
    return tryIngress(act, servers.value.pods.server, labels, ingressWaits);
  },
});
