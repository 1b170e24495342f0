import type { ClusterReader } from "../model/cluster.ts";
import { type Reading, read } from "../model/fact.ts";
import type { ServiceRangesFact } from "../model/facts/network.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { familiesOf } from "./address-family.ts";
import { reduceList } from "./reading.ts";
import { inOrder, listAt, printable, textAt } from "./untrusted.ts";

type Ranges = Pick<ServiceRangesFact, "apiVersion" | "ranges">;

const versions = ["networking.k8s.io/v1", "networking.k8s.io/v1beta1"] as const;

export const serviceRangesProbe = defineProbe({
  id: "kube/service-ranges",
  title: "address ranges of Services",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "networking.k8s.io", resource: "servicecidrs" },
    { kind: "resource", verb: "get", group: "", resource: "services", namespace: "default", name: "kubernetes" },
    { kind: "resource", verb: "list", group: "", resource: "services", namespace: "kube-system" },
  ],
  requests: 3,
  after: ["kube/version"],
  async collect(context) {
    const { cluster } = context;
    const ranges = await rangesOf(context);
    if (!ranges.ok) return ranges;
    const kubernetes = await cluster.json("/api/v1/namespaces/default/services/kubernetes");
    if (!kubernetes.ok) return kubernetes;
    const path = "/api/v1/namespaces/kube-system/services";
    const dns = await reduceList(cluster, path, { limit: 100, labelSelector: "k8s-app=kube-dns" }, dnsService);
    if (!dns.ok) return dns;
    return read({
      ...ranges.value,
      kubernetes: clusterFamilies(kubernetes.value),
      dns: [...dns.value.items].sort((a, b) => inOrder(a.name, b.name)),
    });
  },
});

async function rangesOf({ cluster, fact }: ProbeContext): Promise<Reading<Ranges>> {
  const version = await fact("kube/version");
  const minor = version.status === "collected" ? /^v?1\.(\d+)/.exec(version.value.gitVersion)?.[1] : undefined;
  // Before 1.31 there are none; asking would only tell whether the right to it is granted.
  if (minor !== undefined && Number(minor) < 31) return read({ ranges: [] });
  for (const apiVersion of versions) {
    const reading = await listRanges(cluster, apiVersion);
    if (reading.ok) return read({ apiVersion, ranges: reading.value });
    if (reading.reason !== "not-served" && reading.reason !== "not-found") return reading;
  }
  return read({ ranges: [] });
}

async function listRanges(cluster: ClusterReader, apiVersion: string): Promise<Reading<Ranges["ranges"]>> {
  const reading = await reduceList(cluster, `/apis/${apiVersion}/servicecidrs`, { limit: 100 }, (object) => {
    const name = textAt(object, "metadata", "name");
    const cidrs = listAt(object, "spec", "cidrs").map(printable);
    return name === undefined ? undefined : { name, families: familiesOf(cidrs) };
  });
  return reading.ok ? read([...reading.value.items].sort((a, b) => inOrder(a.name, b.name))) : reading;
}

function dnsService(object: unknown): ServiceRangesFact["dns"][number] | undefined {
  const name = textAt(object, "metadata", "name");
  return name === undefined ? undefined : { name, families: clusterFamilies(object) };
}

/** Families of the addresses it has, `None` of a headless one is none. */
function clusterFamilies(service: unknown) {
  const addresses = listAt(service, "spec", "clusterIPs").map(printable);
  return familiesOf(addresses.length > 0 ? addresses : [textAt(service, "spec", "clusterIP")]);
}
