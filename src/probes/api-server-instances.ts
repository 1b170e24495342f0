import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import { instantAt, millisecondsOf } from "../model/instant.ts";
import { defineProbe } from "../model/probe.ts";
import { malformed, reduceList } from "./reading.ts";
import { inOrder, instantOf, listAt, printable, textAt } from "./untrusted.ts";

/** Identity leases are renewed every 10 s and stay for an hour after their API server has gone (KEP-1965). */
const liveFor = 60_000;

export const apiServerInstancesProbe = defineProbe({
  id: "kube/api-server-instances",
  title: "API servers by their identity leases",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "coordination.k8s.io", resource: "leases", namespace: "kube-system" },
    {
      kind: "resource",
      verb: "get",
      group: "discovery.k8s.io",
      resource: "endpointslices",
      namespace: "default",
      name: "kubernetes",
    },
  ],
  requests: 2,
  resolve: { forbidden: "the right to list leases in kube-system" },
  async collect({ cluster }) {
    const path = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    const labelSelector = "apiserver.kubernetes.io/identity=kube-apiserver";
    const reading = await reduceList(cluster, path, { limit: 100, labelSelector }, leaseOf);
    if (!reading.ok) return reading;
    // The server's own clock: ours may differ by more than a lease lasts.
    const now = Date.parse(reading.value.serverTime ?? "");
    if (Number.isNaN(now)) return malformed("the Date of the answer");
    const instances = reading.value.items
      .map((lease) => ({ ...lease, live: now - millisecondsOf(lease.renewedAt) <= liveFor }))
      .sort((a, b) => inOrder(a.lease, b.lease));
    const endpoints = await endpointsOf(cluster);
    return read({ serverTime: instantAt(now), instances, ...(endpoints === undefined ? {} : { endpoints }) });
  },
});

function leaseOf(lease: unknown) {
  const name = textAt(lease, "metadata", "name");
  const renewedAt = instantOf(lease, "spec", "renewTime");
  if (name === undefined || renewedAt === undefined) return undefined;
  const hostname = textAt(lease, "metadata", "labels", "kubernetes.io/hostname");
  return { lease: name, ...(hostname === undefined ? {} : { hostname }), renewedAt };
}

/** How many addresses; the addresses themselves are not kept. Undefined when they could not be read. */
async function endpointsOf(cluster: ClusterReader): Promise<number | undefined> {
  const slice = await cluster.json("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes");
  if (!slice.ok) return undefined;
  const addresses = listAt(slice.value, "endpoints").flatMap((endpoint) =>
    listAt(endpoint, "addresses").map(printable),
  );
  return new Set(addresses.filter((address) => address !== undefined)).size;
}
