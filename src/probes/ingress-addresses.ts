import type { ClusterReader } from "../model/cluster.ts";
import { read } from "../model/fact.ts";
import type { IngressAddressesFact } from "../model/facts/network.ts";
import { defineProbe, type ProbeContext } from "../model/probe.ts";
import { counted, fullName, type Given, gatewayAddresses, loadBalancerAddresses } from "./given-addresses.ts";
import { reduceList } from "./reading.ts";

const gatewayGroup = "gateway.networking.k8s.io";
type Kind = IngressAddressesFact["groups"][number]["kind"];

export const ingressAddressesProbe = defineProbe({
  id: "kube/ingress-addresses",
  title: "addresses of Ingresses and Gateways",
  tier: "observe",
  rights: [
    { kind: "resource", verb: "list", group: "networking.k8s.io", resource: "ingresses" },
    { kind: "resource", verb: "list", group: gatewayGroup, resource: "gateways" },
  ],
  requests: 2,
  after: ["kube/custom-resources"],
  async collect(context) {
    const ingresses = await listed(context.cluster, "/apis/networking.k8s.io/v1/ingresses", loadBalancerAddresses);
    if (!ingresses.ok) return ingresses;
    const path = `/apis/${gatewayGroup}/v1/gateways`;
    const gateways = (await mayHaveGateways(context))
      ? await listed(context.cluster, path, gatewayAddresses)
      : read({ items: [] });
    if (!gateways.ok && gateways.reason !== "not-served") return gateways;
    const ofGateways = gateways.ok ? gateways.value.items : [];
    return read({
      ingresses: ingresses.value.items.length,
      gateways: ofGateways.length,
      groups: [...grouped("Ingress", ingresses.value.items), ...grouped("Gateway", ofGateways)],
    });
  },
});

async function mayHaveGateways({ fact }: ProbeContext): Promise<boolean> {
  const installed = await fact("kube/custom-resources");
  return installed.status === "unavailable" || installed.value.relevant.includes(`gateways.${gatewayGroup}`);
}

function listed(cluster: ClusterReader, path: string, given: (object: unknown) => Given) {
  return reduceList(cluster, path, { limit: 500 }, (object) => {
    const name = fullName(object);
    return name === undefined ? undefined : { name, about: given(object) };
  });
}

function grouped(kind: Kind, items: readonly { readonly name: string; readonly about: Given }[]) {
  return counted(items).map(({ about, count, examples }) => ({ kind, objects: count, ...about, examples }));
}
